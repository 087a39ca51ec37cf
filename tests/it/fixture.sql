-- The small world of the tests. Today is Saturday 2026-11-21, 10:00 in Lima (15:00 UTC).
--
-- Program 1 is coordinated by `coordinator`, program 2 by `stranger-coordinator`.
-- Edition 1 (program 1, enrolling) is taught by `facilitator`; `participant` is enrolled in it.
-- Edition 2 (program 1) is a draft. Edition 3 (program 2) is running; `other` is enrolled in it.
-- Edition 4 (program 1, running, self-paced) has `participant` enrolled; session 5 has three steps.
-- Nobody whose name holds SECRETO may ever be seen by somebody who has no business with them.

INSERT INTO institutions (id, name, short_name, sector, country, folded_name, created_at) VALUES
 (1, 'Fiscalía Especializada en Materia Ambiental', 'FEMA', 'prosecution', 'PE', 'fiscalia especializada en materia ambiental', '2026-01-01T00:00:00+00:00'),
 (2, 'Policía de Prueba', 'PPRUEBA', 'police', 'PE', 'policia de prueba', '2026-01-01T00:00:00+00:00');

INSERT INTO people (id, document_kind, no_document_reason, given_names, paternal_surname, maternal_surname, sex, email, sort_name, created_at) VALUES
 (1, 'none', 'prueba', 'Ada', 'Administradora', NULL, 'f', 'admin@capacita.test', 'administradora ada', '2026-01-01T00:00:00+00:00'),
 (2, 'none', 'prueba', 'Gil', 'Gerente', NULL, 'm', 'manager@capacita.test', 'gerente gil', '2026-01-01T00:00:00+00:00'),
 (3, 'none', 'prueba', 'Carla', 'Coordinadora', NULL, 'f', 'coordinator@capacita.test', 'coordinadora carla', '2026-01-01T00:00:00+00:00'),
 (4, 'none', 'prueba', 'Daniel', 'Docente', NULL, 'm', 'facilitator@capacita.test', 'docente daniel', '2026-01-01T00:00:00+00:00'),
 (5, 'none', 'prueba', 'Rosa', 'Núñez', 'Quispe', 'f', 'participant@capacita.test', 'nunez quispe rosa', '2026-01-01T00:00:00+00:00'),
 (6, 'none', 'prueba', 'Otilia', 'SECRETO', 'Rojas', 'f', 'other@capacita.test', 'secreto rojas otilia', '2026-01-01T00:00:00+00:00'),
 (7, 'none', 'prueba', 'Cosme', 'Ajeno', NULL, 'm', 'stranger-coordinator@capacita.test', 'ajeno cosme', '2026-01-01T00:00:00+00:00'),
 (8, 'none', 'prueba', 'Wari', 'Sin Cuenta', NULL, 'm', NULL, 'sin cuenta wari', '2026-01-01T00:00:00+00:00');
-- Whoever may find her by name need not for that be told how to reach her.
UPDATE people SET phone = '900 SECRETO 6' WHERE id = 6;
INSERT INTO affiliations (id, person_id, institution_id, position, department, since, created_at) VALUES
 (1, 5, 1, 'Fiscal adjunta', '16', '2025-01-01', '2026-01-01T00:00:00+00:00'),
 (2, 6, 2, 'Suboficial', '25', '2025-01-01', '2026-01-01T00:00:00+00:00');

INSERT INTO people_search (rowid, words)
 SELECT people.id, people.sort_name || ' ' || coalesce(institutions.folded_name, '') || ' ' || coalesce(institutions.short_name, '')
 FROM people LEFT JOIN affiliations ON affiliations.person_id = people.id AND affiliations.until IS NULL
 LEFT JOIN institutions ON institutions.id = affiliations.institution_id;

INSERT INTO accounts (id, person_id, email, created_at)
 SELECT id, id, email, created_at FROM people WHERE email IS NOT NULL;

INSERT INTO programs (id, name, implementer, funder, starts_on, ends_on, created_at) VALUES
 (1, 'Programa propio', 'Capacita', 'Fondo Uno', '2026-01-01', '2027-12-31', '2026-01-01T00:00:00+00:00'),
 (2, 'Programa ajeno', 'Otra', 'Fondo Dos', '2026-01-01', '2027-12-31', '2026-01-01T00:00:00+00:00');
INSERT INTO program_signatories (program_id, position, name, title, institution) VALUES
 (1, 1, 'Elena Firmante', 'Directora', 'Capacita');

INSERT INTO role_grants (account_id, role, program_id, granted_at) VALUES
 (1, 'administrator', 0, '2026-01-01T00:00:00+00:00'),
 (2, 'manager', 0, '2026-01-01T00:00:00+00:00'),
 (3, 'coordinator', 1, '2026-01-01T00:00:00+00:00'),
 (7, 'coordinator', 2, '2026-01-01T00:00:00+00:00');

INSERT INTO courses (id, program_id, title, kind, summary, planned_minutes, folded_title, created_at) VALUES
 (1, 1, 'Cadena de custodia', 'workshop', 'Cómo asegurar la prueba.', 480, 'cadena de custodia', '2026-01-01T00:00:00+00:00'),
 (2, 2, 'Litigación oral', 'intensive', 'Audiencias.', 600, 'litigacion oral', '2026-01-01T00:00:00+00:00'),
 (3, 1, 'Delitos contra la fauna', 'virtual', 'A su ritmo.', 120, 'delitos contra la fauna', '2026-01-01T00:00:00+00:00');

INSERT INTO venues (id, name, department, folded_name, created_at) VALUES
 (1, 'Auditorio de Iquitos', '16', 'auditorio de iquitos', '2026-01-01T00:00:00+00:00');

INSERT INTO editions (id, course_id, number, state, modality, starts_on, ends_on, venue_id, department, seats, enrol_from, enrol_until, state_at, created_at) VALUES
 (1, 1, 1, 'enrolling', 'in_person', '2026-11-21', '2026-12-05', 1, '16', 2, '2026-11-01', '2026-11-30', '2026-11-01T00:00:00+00:00', '2026-01-01T00:00:00+00:00'),
 (2, 1, 2, 'draft', 'in_person', '2027-02-01', '2027-02-05', NULL, NULL, 30, '2027-01-01', '2027-01-20', '2026-11-01T00:00:00+00:00', '2026-01-01T00:00:00+00:00'),
 (3, 2, 1, 'running', 'in_person', '2026-11-01', '2026-11-30', NULL, '25', 30, '2026-10-01', '2026-10-31', '2026-11-01T00:00:00+00:00', '2026-01-01T00:00:00+00:00'),
 (4, 3, 1, 'running', 'self_paced', '2026-11-01', '2026-12-31', NULL, NULL, NULL, '2026-10-01', '2026-12-15', '2026-11-01T00:00:00+00:00', '2026-01-01T00:00:00+00:00');

INSERT INTO edition_facilitators (edition_id, person_id, assigned_at) VALUES (1, 4, '2026-11-01T00:00:00+00:00');

INSERT INTO sessions (id, edition_id, title, modality, starts_at, ends_at, planned_minutes, created_at) VALUES
 (1, 1, 'Primera', 'in_person', '2026-11-21T14:00:00+00:00', '2026-11-21T18:00:00+00:00', 240, '2026-01-01T00:00:00+00:00'),
 (2, 1, 'Segunda', 'in_person', '2026-11-28T14:00:00+00:00', '2026-11-28T18:00:00+00:00', 240, '2026-01-01T00:00:00+00:00'),
 (3, 3, 'Ajena', 'in_person', '2026-11-14T14:00:00+00:00', '2026-11-14T18:00:00+00:00', 240, '2026-01-01T00:00:00+00:00'),
 (4, 2, 'Borrador', 'in_person', '2027-02-01T14:00:00+00:00', '2027-02-01T18:00:00+00:00', 240, '2026-01-01T00:00:00+00:00'),
 (5, 4, 'Autónoma', 'self_paced', '2026-11-01T05:00:00+00:00', '2027-01-01T04:59:00+00:00', 120, '2026-01-01T00:00:00+00:00');

INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, institution_id, institution_name, sector, position, department, sex) VALUES
 (1, 1, 5, 'enrolled', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', 1, 'Fiscalía Especializada en Materia Ambiental', 'prosecution', 'Fiscal adjunta', '16', 'f'),
 (2, 3, 6, 'enrolled', '2026-10-02T00:00:00+00:00', '2026-10-02T00:00:00+00:00', 2, 'Policía de Prueba', 'police', 'Suboficial', '25', 'f'),
 (3, 4, 5, 'enrolled', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', 1, 'Fiscalía Especializada en Materia Ambiental', 'prosecution', 'Fiscal adjunta', '16', 'f');
INSERT INTO enrolment_events (enrolment_id, at, to_state) SELECT id, requested_at, state FROM enrolments;

INSERT INTO steps (id, session_id, position, kind, title, body, link, created_at) VALUES
 (1, 5, 1, 'text', 'Bienvenida', 'Lea **esto**.', NULL, '2026-01-01T00:00:00+00:00'),
 (2, 5, 2, 'link', 'Ley', 'La ley.', 'https://www.gob.pe/', '2026-01-01T00:00:00+00:00'),
 (3, 5, 3, 'question', 'Pregunta', '¿Qué es la cadena de custodia?', NULL, '2026-01-01T00:00:00+00:00');
INSERT INTO step_options (id, step_id, position, answer, correct, feedback) VALUES
 (1, 3, 1, 'Un documento', 0, 'Es un procedimiento.'),
 (2, 3, 2, 'Un procedimiento', 1, 'Correcto.');

-- Lists of people: one to be enrolled in each program, one enrolled from, one whose columns nobody
-- knows. Their lines say nothing: what they say of people is sealed.
INSERT INTO nominations (id, edition_id, file_name, file_digest, state, state_at, account_id, created_at, fields) VALUES
 (1, 1, 'lista.csv', zeroblob(32), 'checked', '2026-11-20T00:00:00+00:00', 3, '2026-11-20T00:00:00+00:00', '["paternal_surname","given_names"]'),
 (2, 3, 'SECRETO.csv', zeroblob(32), 'checked', '2026-11-20T00:00:00+00:00', 7, '2026-11-20T00:00:00+00:00', '["paternal_surname","given_names"]'),
 (3, 1, 'inscrita.csv', zeroblob(32), 'applied', '2026-11-20T00:00:00+00:00', 3, '2026-11-20T00:00:00+00:00', '["paternal_surname","given_names"]'),
 (4, 1, 'columnas.csv', zeroblob(32), 'columns', '2026-11-20T00:00:00+00:00', 3, '2026-11-20T00:00:00+00:00', '[null,null]');
INSERT INTO nomination_lines (nomination_id, line, verdict, decision) VALUES
 (1, 2, 'new', 'take'), (2, 2, 'new', 'take'), (3, 2, 'new', 'take'), (4, 1, 'unread', 'leave');

-- Who came without being enrolled: one in each program. What was written is sealed with no key of ours.
INSERT INTO walk_ins (id, session_id, entry, digest, account_id, created_at, state) VALUES
 (1, 1, x'00', zeroblob(32), 4, '2026-11-21T14:30:00+00:00', 'waiting'),
 (2, 3, x'00', zeroblob(32), 7, '2026-11-21T14:30:00+00:00', 'waiting');

-- Reports of video calls: one waiting in each program. What was in the files is sealed with no key of ours.
INSERT INTO video_reports (id, session_id, service, content, unread, account_id, created_at, state, state_at) VALUES
 (1, 1, 'zoom', x'00', 0, 4, '2026-11-21T14:30:00+00:00', 'waiting', '2026-11-21T14:30:00+00:00'),
 (2, 3, 'meet', x'00', 0, 7, '2026-11-21T14:30:00+00:00', 'waiting', '2026-11-21T14:30:00+00:00');

-- Scans and letters: one in each program. What was in them is sealed with no key of ours.
INSERT INTO attachments (id, session_id, nomination_id, kind, file_name, size, digest, account_id, created_at, content) VALUES
 (1, 1, NULL, 'pdf', 'hoja.pdf', 1, zeroblob(32), 4, '2026-11-21T14:30:00+00:00', x'00'),
 (2, 3, NULL, 'pdf', 'SECRETO.pdf', 1, zeroblob(32), 7, '2026-11-21T14:30:00+00:00', x'00'),
 (3, NULL, 1, 'pdf', 'oficio.pdf', 1, zeroblob(32), 3, '2026-11-21T14:30:00+00:00', x'00'),
 (4, NULL, 2, 'pdf', 'SECRETO.pdf', 1, zeroblob(32), 7, '2026-11-21T14:30:00+00:00', x'00');
