-- What a participation was, as it was then: as what, and who paid for it.

-- Facilitators and staff are not counted as participants.
ALTER TABLE enrolments ADD COLUMN role TEXT NOT NULL DEFAULT 'participant'
    CHECK (role IN ('participant', 'facilitator', 'staff'));

-- The program's funder when the person enrolled: a program may find another one later.
ALTER TABLE enrolments ADD COLUMN funder TEXT;

UPDATE enrolments SET funder = (
    SELECT programs.funder FROM editions
    JOIN courses ON courses.id = editions.course_id
    JOIN programs ON programs.id = courses.program_id
    WHERE editions.id = enrolments.edition_id);

-- Who coordinated the program, or taught the edition, when they enrolled was never a participant.
UPDATE enrolments SET role = 'staff' WHERE EXISTS (
    SELECT 1 FROM accounts
    JOIN role_grants ON role_grants.account_id = accounts.id
    JOIN editions ON editions.id = enrolments.edition_id
    JOIN courses ON courses.id = editions.course_id
    WHERE accounts.person_id = enrolments.person_id AND role_grants.role = 'coordinator'
      AND role_grants.program_id = courses.program_id
      AND role_grants.granted_at <= enrolments.requested_at);
UPDATE enrolments SET role = 'facilitator' WHERE EXISTS (
    SELECT 1 FROM edition_facilitators AS teaches
    WHERE teaches.edition_id = enrolments.edition_id AND teaches.person_id = enrolments.person_id
      AND teaches.assigned_at <= enrolments.requested_at);
