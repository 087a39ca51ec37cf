-- Vetting: some funders want to know who is trained before people of certain sectors are.

-- The sectors that are vetted in a program.
CREATE TABLE vetting_rules (
    program_id INTEGER NOT NULL REFERENCES programs (id),
    sector     TEXT NOT NULL CHECK (sector IN (
                   'police', 'prosecution', 'judiciary', 'administrative_agency',
                   'local_justice_and_community', 'indigenous_people', 'public_defence',
                   'press', 'civil_society', 'other')),
    PRIMARY KEY (program_id, sector)
) STRICT, WITHOUT ROWID;

-- Where somebody stands with a program's funder. No row: their data must still be sent.
CREATE TABLE vettings (
    person_id     INTEGER NOT NULL REFERENCES people (id),
    program_id    INTEGER NOT NULL REFERENCES programs (id),
    state         TEXT NOT NULL CHECK (state IN ('to_submit', 'submitted', 'cleared', 'denied')),
    -- The last day on which somebody is cleared.
    cleared_until TEXT,
    state_at      TEXT NOT NULL,
    PRIMARY KEY (person_id, program_id),
    CHECK ((state = 'cleared') = (cleared_until IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- Who must not be given a seat: vetted, and not cleared to the edition's last day.
CREATE VIEW uncleared_enrolments AS
SELECT enrolments.id AS enrolment_id, enrolments.edition_id, enrolments.state
FROM enrolments
JOIN editions ON editions.id = enrolments.edition_id
JOIN courses ON courses.id = editions.course_id
JOIN vetting_rules AS rules ON rules.program_id = courses.program_id
                           AND rules.sector = enrolments.sector
WHERE NOT EXISTS (
    SELECT 1 FROM vettings
    WHERE vettings.person_id = enrolments.person_id
      AND vettings.program_id = courses.program_id
      AND vettings.cleared_until >= editions.ends_on);

-- Whoever a list names and is not cleared asks for a seat and waits for the answer.
CREATE TABLE nomination_lines_with_requests (
    nomination_id INTEGER NOT NULL REFERENCES nominations (id),
    -- Its number in the file, as a person sees it there.
    line          INTEGER NOT NULL CHECK (line > 0),
    -- The cells as sealed JSON; gone once the line is applied, and with a list that was given up.
    cells         BLOB,
    verdict       TEXT NOT NULL CHECK (verdict IN (
                      'unread', 'new', 'known', 'possible', 'enrolled', 'repeated', 'faulty')),
    -- take: enrol. leave: do not. another: enrol as somebody who is not in the register yet,
    -- though the names are there.
    decision      TEXT NOT NULL CHECK (decision IN ('take', 'leave', 'another')),
    -- Who it is: known by the document, or said to be.
    person_id     INTEGER REFERENCES people (id) ON DELETE SET NULL,
    -- The earlier line with the same person.
    first_line    INTEGER,
    outcome       TEXT CHECK (outcome IN (
                      'enrolled', 'waiting', 'requested', 'unchanged', 'refused', 'left')),
    -- Why it was refused: the reason as JSON.
    refusal       TEXT CHECK (json_valid(refusal)),
    enrolment_id  INTEGER REFERENCES enrolments (id) ON DELETE SET NULL,
    -- Whether this line brought the person into the register.
    added_person  INTEGER NOT NULL DEFAULT 0 CHECK (added_person IN (0, 1)),
    PRIMARY KEY (nomination_id, line)
) STRICT, WITHOUT ROWID;
INSERT INTO nomination_lines_with_requests (nomination_id, line, cells, verdict, decision, person_id,
    first_line, outcome, refusal, enrolment_id, added_person)
SELECT nomination_id, line, cells, verdict, decision, person_id, first_line, outcome, refusal,
    enrolment_id, added_person FROM nomination_lines;
DROP TABLE nomination_lines;
ALTER TABLE nomination_lines_with_requests RENAME TO nomination_lines;
CREATE INDEX nomination_lines_by_verdict ON nomination_lines (nomination_id, verdict, line);
-- For the foreign keys: a person or an enrolment that goes is looked for here.
CREATE INDEX nomination_lines_by_person ON nomination_lines (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX nomination_lines_by_enrolment ON nomination_lines (enrolment_id) WHERE enrolment_id IS NOT NULL;
