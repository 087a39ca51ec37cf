-- A register of realistic size: numbers alone, for the planner.
PRAGMA defer_foreign_keys = ON;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)
INSERT INTO people (id, document_kind, no_document_reason, given_names, paternal_surname, sex, email, sort_name, created_at)
 SELECT i, 'none', 'x', 'g' || i, 'p' || (i % 900), 'f', 'e' || i || '@x.pe', 'p' || (i % 900) || ' g' || i, '2026-01-01T00:00:00+00:00' FROM n;
INSERT INTO institutions (id, name, sector, folded_name, created_at)
 SELECT id, 'I' || id, 'police', 'i' || id, created_at FROM people WHERE id <= 12;
INSERT INTO people_search (rowid, words) SELECT id, given_names || ' ' || paternal_surname FROM people;
INSERT INTO affiliations (person_id, institution_id, since, created_at)
 SELECT id, 1 + id % 12, '2026-01-01', created_at FROM people;
INSERT INTO personal_codes (person_id, version) SELECT id, 1 FROM people WHERE id % 7 = 0;
INSERT INTO accounts (person_id, email, password_hash, disabled_at, created_at)
 SELECT id, email, CASE WHEN id % 50 THEN 'x' END, CASE WHEN id % 70 = 0 THEN created_at END, created_at FROM people WHERE id <= 3000;
INSERT INTO programs (id, name, implementer, funder, starts_on, ends_on, created_at)
 SELECT id, 'P' || id, 'x', 'x', '2020-01-01', '2027-01-01', '' FROM people WHERE id <= 8;
INSERT INTO role_grants (account_id, role, program_id, granted_at)
 SELECT id, 'coordinator', 1 + id % 8, '' FROM accounts WHERE id <= 40;
INSERT INTO sign_ins (account_id, token_hash, device, created_at, last_seen_at, expires_at, ended_at)
 SELECT id, randomblob(32), '', created_at, created_at, created_at, CASE WHEN id % 3 THEN created_at END FROM accounts;
INSERT INTO sign_in_failures (key_hash, failures, last_at, blocked_until)
 SELECT randomblob(32), 1, created_at, CASE WHEN id % 90 = 0 THEN created_at END FROM accounts;
INSERT INTO one_time_links (account_id, purpose, token_hash, created_at, expires_at)
 SELECT id, 'invitation', randomblob(32), created_at, created_at FROM accounts;
INSERT INTO registrations (token_hash, email_hash, entry, created_at, expires_at)
 SELECT randomblob(32), randomblob(32), x'00', created_at, created_at FROM accounts;
INSERT INTO courses (id, program_id, title, kind, planned_minutes, folded_title, created_at)
 SELECT id, 1 + id % 8, 'C' || id, 'workshop', 480, 'c' || id, '' FROM people WHERE id <= 80;
INSERT INTO venues (id, name, department, folded_name, created_at)
 SELECT id, 'V' || id, '16', 'v' || id, '' FROM people WHERE id <= 60;
INSERT INTO editions (id, course_id, number, state, modality, starts_on, ends_on, venue_id, department, seats, enrol_from, enrol_until, state_at, created_at)
 SELECT id, 1 + id % 80, 1 + id / 80, CASE id % 5 WHEN 0 THEN 'enrolling' WHEN 1 THEN 'running' ELSE 'closed' END, 'in_person',
        date('2022-01-01', '+' || (id * 2) || ' days'), date('2022-01-01', '+' || (id * 2 + 9) || ' days'), 1 + id % 60, '16', 40,
        date('2022-01-01', (id * 2 - 30) || ' days'), date('2022-01-01', '+' || (id * 2) || ' days'), '', ''
 FROM people WHERE id <= 800;
INSERT INTO edition_facilitators (edition_id, person_id, assigned_at) SELECT id, 1 + id % 200, '' FROM editions;
INSERT INTO sessions (edition_id, title, modality, starts_at, ends_at, planned_minutes, created_at)
 SELECT editions.id, 'S', 'in_person', starts_on || 'T14:00:00+00:00', starts_on || 'T18:00:00+00:00', 240, ''
 FROM editions, (SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3);
INSERT INTO enrolments (edition_id, person_id, state, state_at, requested_at, institution_id, sector, sex)
 SELECT editions.id, 1 + (editions.id * 37 + k.id * 53) % 4000, CASE k.id % 9 WHEN 0 THEN 'waiting' WHEN 1 THEN 'requested' ELSE 'completed' END,
        '2026-01-01T00:00:00+00:00', '2026-01-01T00:00:00+00:00', 1 + k.id % 12, 'police', 'f'
 FROM editions, people AS k WHERE k.id <= 20;
INSERT INTO enrolment_events (enrolment_id, at, to_state) SELECT id, requested_at, state FROM enrolments;
INSERT INTO attendance_marks (enrolment_id, session_id, status, minutes, source, marked_at)
 SELECT enrolments.id, sessions.id, 'present', 240, 'grid', '2026-01-01T00:00:00+00:00'
 FROM enrolments JOIN sessions ON sessions.edition_id = enrolments.edition_id;
INSERT INTO attendance_standing (enrolment_id, session_id, mark_id, status, minutes, conflict)
 SELECT enrolment_id, session_id, id, status, minutes, id % 400 = 0 FROM attendance_marks;
INSERT INTO files (name, media_type, digest, content, created_at)
 SELECT 'f', 'application/pdf', zeroblob(32), x'00', '' FROM people WHERE id <= 300;
INSERT INTO steps (session_id, position, kind, title, created_at)
 SELECT 1 + id % 300, 1 + id / 300, 'text', 'T', '' FROM people WHERE id <= 2400;
INSERT INTO steps_done (enrolment_id, step_id, done_at)
 SELECT 1 + id % 900, id, '' FROM steps;
INSERT INTO certificates (code, enrolment_id, kind, state_at, issued_at, content, content_digest)
 SELECT printf('%026d', id), id, 'constancia', '', '', '{}', zeroblob(32) FROM enrolments WHERE state = 'completed';
INSERT INTO audit_events (at, account_id, action, subject_kind, subject_id, program_id, detail_digest, chain_hash)
 SELECT datetime('2026-01-01', '+' || id || ' minutes'), 1 + id % 50, 'a' || (id % 40), 'k' || (id % 12), id, 1 + id % 8, zeroblob(32), zeroblob(32) FROM enrolments;
INSERT INTO outbox (person_id, address, kind, locale, subject, body, key, message_id, state, due_at, created_at, sent_at, trouble, expires_at)
 SELECT id, email, 'x', 'es', 's', 'b', 'x:' || id, printf('%032d', id), CASE WHEN id % 40 THEN 'sent' WHEN id % 80 THEN 'queued' ELSE 'failed' END, '', '',
        CASE WHEN id % 40 THEN '' END, CASE WHEN id % 80 THEN NULL ELSE 'rejected' END, '' FROM people;
INSERT INTO notices (edition_id, person_id, kind, subject, body, key, created_at, told_at)
 SELECT 1 + id % 300, id, 'x', 's', 'b', 'x:' || id, '', CASE WHEN id % 40 THEN '' END FROM people;
INSERT INTO calendar_addresses (account_id, token_hash, token_sealed, created_at)
 SELECT id, CAST(printf('%032d', id) AS BLOB), x'00', '' FROM accounts;
INSERT INTO deleted_sessions (session_id, edition_id, title, modality, starts_at, ends_at, version, created_at, deleted_at)
 SELECT id, edition_id, 't', 'in_person', '', '', 1, '', '' FROM sessions WHERE id % 10 = 0;
INSERT INTO closing_records (edition_id, year, number, closed_at, content, content_digest)
 SELECT id, 2026, id, '2026-01-01T00:00:00+00:00', '{}', zeroblob(32) FROM editions WHERE state = 'closed';
INSERT INTO duplicate_pairs (person_id, other_id, reasons, weight, found_at)
 SELECT id, id + 1, '[]', 10 + id % 60, '' FROM people WHERE id < 3000;
INSERT INTO merges (kept_id, gone_id, merged_at, merged_by, last_certificate, last_record)
 SELECT id, id + 1, '', 1, 0, 0 FROM people WHERE id % 20 = 0 AND id < 3900;
INSERT INTO merge_changes (merge_id, step, kind, table_name, row_key, column_name)
 SELECT merges.id, n.id, 'update', 'enrolments', '{"id":' || n.id || '}', 'person_id' FROM merges, people AS n WHERE n.id <= 12;
UPDATE people SET phone = '90000' || id, compared_version = CASE WHEN id % 100 THEN 1 END, merged_into = CASE WHEN id % 20 = 1 AND id > 20 THEN id - 1 END;
UPDATE enrolments SET merged_into = id - 1 WHERE id % 500 = 7;
INSERT INTO offline_rosters (account_id, sign_in_id, session_id, phone, token_hash, taken_at, expires_at, last_seen_at)
 SELECT 1 + id % 50, 1 + id % 50, 1 + id % 800, 'x', CAST(printf('%032d', id) AS BLOB), '', '', '' FROM people;
INSERT INTO offline_marks (uuid, roster_id, edition_id, seq, session_id, enrolment_id, status, marked_at, corrected_at, received_at, outcome, reason)
 SELECT printf('%036d', id), 1 + id % 2000, 1 + id % 300, id, 1 + id % 800, id, 'present', '', '', '', CASE WHEN id % 40 THEN 'superseded' ELSE 'refused' END, CASE WHEN id % 40 THEN NULL ELSE 'revoked' END FROM people;
ANALYZE;
INSERT INTO walk_ins (session_id, digest, entry, account_id, created_at, state)
 SELECT 1 + id % 800, randomblob(32), CASE WHEN id % 30 = 0 THEN x'00' END, 1 + id % 50, '2026-01-01T00:00:00+00:00', CASE WHEN id % 30 = 0 THEN 'waiting' ELSE 'rejected' END FROM people;
INSERT INTO video_reports (session_id, service, content, unread, account_id, created_at, state, state_at)
 SELECT id, 'zoom', CASE WHEN id % 30 = 0 THEN x'00' END, 0, 1 + id % 50, '2026-01-01T00:00:00+00:00', CASE WHEN id % 30 = 0 THEN 'waiting' ELSE 'applied' END, '2026-01-01T00:00:00+00:00' FROM sessions;
INSERT INTO headcounts (session_id, women, men, unstated, named_women, named_men, named_unstated, explanation, account_id, counted_at)
 SELECT id, 12, 8, 0, 10, 8, 0, 'Dos no firmaron', 1, '2026-01-01T00:00:00+00:00' FROM sessions WHERE id % 3 = 0;
INSERT INTO attachments (session_id, kind, file_name, size, digest, account_id, created_at, content)
 SELECT id, 'pdf', 'f.pdf', 1, zeroblob(32), 1, '', x'00' FROM sessions;
