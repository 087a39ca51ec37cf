-- Lists of people whom an institution names for an edition, as they come in: a workbook or a text
-- file, read, checked line by line, and then enrolled as a whole.

CREATE TABLE nominations (
    id             INTEGER PRIMARY KEY,
    edition_id     INTEGER NOT NULL REFERENCES editions (id),
    -- Who sent the list: where a line names no institution, its people serve there.
    institution_id INTEGER REFERENCES institutions (id),
    -- The number of the letter it came with.
    letter         TEXT CHECK (length(letter) BETWEEN 1 AND 80),
    file_name      TEXT NOT NULL CHECK (length(file_name) BETWEEN 1 AND 160),
    file_digest    BLOB NOT NULL CHECK (length(file_digest) = 32),
    -- columns: somebody must say what is in which column. checked: every line has its verdict.
    state          TEXT NOT NULL CHECK (state IN ('columns', 'checked', 'applied', 'undone', 'discarded')),
    state_at       TEXT NOT NULL,
    account_id     INTEGER NOT NULL REFERENCES accounts (id),
    created_at     TEXT NOT NULL,
    -- The cells of the headings' line as sealed JSON: a list without headings has a person there.
    headings       BLOB,
    -- What each column holds: a JSON list of words, null for a column that is left out.
    fields         TEXT NOT NULL CHECK (json_valid(fields)),
    -- When the people on it were told that they are enrolled.
    told_at        TEXT
) STRICT;
CREATE INDEX nominations_by_edition ON nominations (edition_id, id);
CREATE INDEX nominations_open ON nominations (state_at) WHERE state IN ('columns', 'checked');

CREATE TABLE nomination_lines (
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
    outcome       TEXT CHECK (outcome IN ('enrolled', 'waiting', 'unchanged', 'refused', 'left')),
    -- Why it was refused: the reason as JSON.
    refusal       TEXT CHECK (json_valid(refusal)),
    enrolment_id  INTEGER REFERENCES enrolments (id) ON DELETE SET NULL,
    -- Whether this line brought the person into the register.
    added_person  INTEGER NOT NULL DEFAULT 0 CHECK (added_person IN (0, 1)),
    PRIMARY KEY (nomination_id, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX nomination_lines_by_verdict ON nomination_lines (nomination_id, verdict, line);
-- For the foreign keys: a person or an enrolment that goes is looked for here.
CREATE INDEX nomination_lines_by_person ON nomination_lines (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX nomination_lines_by_enrolment ON nomination_lines (enrolment_id) WHERE enrolment_id IS NOT NULL;

-- What an institution's headings mean, as somebody said it the last time.
CREATE TABLE nomination_headings (
    institution_id INTEGER NOT NULL REFERENCES institutions (id),
    -- Folded.
    heading        TEXT NOT NULL CHECK (length(heading) BETWEEN 1 AND 200),
    field          TEXT NOT NULL CHECK (length(field) BETWEEN 1 AND 40),
    PRIMARY KEY (institution_id, heading)
) STRICT, WITHOUT ROWID;

-- A list that is taken back takes people out of the register: whoever names one is looked for.
CREATE INDEX sessions_by_facilitator ON sessions (facilitator_id) WHERE facilitator_id IS NOT NULL;
