-- A line whose document is held by somebody of other names, sex or year of birth: nobody is enrolled
-- before somebody says that both are one person.
CREATE TABLE nomination_lines_with_conflicts (
    nomination_id INTEGER NOT NULL REFERENCES nominations (id),
    -- Its number in the file, as a person sees it there.
    line          INTEGER NOT NULL CHECK (line > 0),
    -- The cells as sealed JSON; gone once the line is applied, and with a list that was given up.
    cells         BLOB,
    verdict       TEXT NOT NULL CHECK (verdict IN (
                      'unread', 'new', 'known', 'possible', 'conflict', 'enrolled', 'repeated', 'faulty')),
    -- take: enrol. leave: do not. another: enrol as somebody who is not in the register yet,
    -- though the names are there; never against the document.
    decision      TEXT NOT NULL CHECK (decision IN ('take', 'leave', 'another')
                                       AND (verdict <> 'conflict' OR decision <> 'another')),
    -- Who it is: known by the document, or said to be; in a conflict, who holds the document.
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
INSERT INTO nomination_lines_with_conflicts (nomination_id, line, cells, verdict, decision, person_id,
    first_line, outcome, refusal, enrolment_id, added_person)
SELECT nomination_id, line, cells, verdict, decision, person_id, first_line, outcome, refusal,
    enrolment_id, added_person FROM nomination_lines;
DROP TABLE nomination_lines;
ALTER TABLE nomination_lines_with_conflicts RENAME TO nomination_lines;
CREATE INDEX nomination_lines_by_verdict ON nomination_lines (nomination_id, verdict, line);
-- For the foreign keys: a person or an enrolment that goes is looked for here.
CREATE INDEX nomination_lines_by_person ON nomination_lines (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX nomination_lines_by_enrolment ON nomination_lines (enrolment_id) WHERE enrolment_id IS NOT NULL;
