-- After everybody has signed in (5 is the facilitator's sign-in, 4 the other coordinator's): a phone
-- that was offline, in each program: a mark of each waits for a decision. The second's person
-- belongs to the other program. Nobody has the tokens.
INSERT INTO offline_rosters (id, account_id, sign_in_id, session_id, phone, token_hash, taken_at, expires_at, last_seen_at) VALUES
 (1, 4, 5, 1, 'Celular de campo', CAST('901-901-901-901-901-901-901-901-' AS BLOB), '2026-11-21T13:30:00+00:00', '2026-11-22T18:00:00+00:00', '2026-11-21T14:30:00+00:00'),
 (2, 7, 4, 3, 'SECRETO', CAST('902-902-902-902-902-902-902-902-' AS BLOB), '2026-11-21T13:30:00+00:00', '2026-11-22T18:00:00+00:00', '2026-11-21T14:30:00+00:00');
INSERT INTO offline_marks (id, uuid, roster_id, edition_id, seq, session_id, enrolment_id, status, marked_at, corrected_at, received_at, outcome, reason) VALUES
 (1, '00000000-0000-0000-0000-000000000001', 1, 1, 1, 1, 2, 'present', '2026-11-21T14:10:00+00:00', '2026-11-21T14:10:00+00:00', '2026-11-21T14:30:00+00:00', 'refused', 'not_enrolled'),
 (2, '00000000-0000-0000-0000-000000000002', 2, 3, 1, 3, 2, 'present', '2026-11-21T14:10:00+00:00', '2026-11-21T14:10:00+00:00', '2026-11-21T14:30:00+00:00', 'refused', 'own_record');
