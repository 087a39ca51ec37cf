-- A person in an edition. History is kept in enrolment_events, never overwritten.

CREATE TABLE enrolments (
    id               INTEGER PRIMARY KEY,
    edition_id       INTEGER NOT NULL REFERENCES editions (id),
    person_id        INTEGER NOT NULL REFERENCES people (id),
    state            TEXT NOT NULL CHECK (state IN (
                         'requested', 'enrolled', 'waiting', 'declined', 'withdrawn',
                         'completed', 'not_completed', 'no_show')),
    -- When the present state was entered: the order of the waiting list.
    state_at         TEXT NOT NULL,
    requested_at     TEXT NOT NULL,
    -- The person's affiliation as it was then: officials rotate, last year's report must not change.
    institution_id   INTEGER REFERENCES institutions (id),
    institution_name TEXT,
    sector           TEXT CHECK (sector IN (
                         'police', 'prosecution', 'judiciary', 'administrative_agency',
                         'local_justice_and_community', 'indigenous_people', 'public_defence',
                         'press', 'civil_society', 'other')),
    unit_name        TEXT,
    position         TEXT,
    department       TEXT CHECK (department BETWEEN '01' AND '25' AND length(department) = 2),
    country          TEXT NOT NULL DEFAULT 'PE' CHECK (length(country) = 2),
    sex              TEXT NOT NULL CHECK (sex IN ('f', 'm', 'unstated')),
    -- Results, in tenths of 0–20.
    pre_test_tenths  INTEGER CHECK (pre_test_tenths BETWEEN 0 AND 200),
    post_test_tenths INTEGER CHECK (post_test_tenths BETWEEN 0 AND 200),
    grade_tenths     INTEGER CHECK (grade_tenths BETWEEN 0 AND 200),
    materials        INTEGER NOT NULL DEFAULT 0 CHECK (materials IN (0, 1)),
    version          INTEGER NOT NULL DEFAULT 1
) STRICT;
-- One active enrolment per person and edition.
CREATE UNIQUE INDEX enrolments_active ON enrolments (edition_id, person_id)
    WHERE state IN ('requested', 'enrolled', 'waiting', 'completed', 'not_completed', 'no_show');
CREATE INDEX enrolments_by_edition ON enrolments (edition_id, state, state_at, id);
CREATE INDEX enrolments_by_person ON enrolments (person_id, edition_id);

CREATE TABLE enrolment_events (
    id           INTEGER PRIMARY KEY,
    enrolment_id INTEGER NOT NULL REFERENCES enrolments (id),
    at           TEXT NOT NULL,
    account_id   INTEGER REFERENCES accounts (id),
    -- Null: the first event.
    from_state   TEXT,
    to_state     TEXT NOT NULL,
    reason       TEXT CHECK (length(reason) BETWEEN 1 AND 500)
) STRICT;
CREATE INDEX enrolment_events_by_enrolment ON enrolment_events (enrolment_id, id);
