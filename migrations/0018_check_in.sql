-- Checking in by phone, and people who come to a session without being enrolled.

-- The code by which somebody is scanned at the door follows from the person and this number; no row:
-- it was never renewed.
CREATE TABLE personal_codes (
    person_id INTEGER PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    version   INTEGER NOT NULL CHECK (version > 0)
) STRICT;

-- People who came to a session without being enrolled, as they or somebody else wrote them down.
CREATE TABLE walk_ins (
    id           INTEGER PRIMARY KEY,
    session_id   INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    -- What was written, as sealed JSON; gone once somebody has decided.
    entry        BLOB,
    -- A keyed hash of it: the same twice is one.
    digest       BLOB NOT NULL CHECK (length(digest) = 32),
    -- Who wrote it; null: the person themselves, on their own phone.
    account_id   INTEGER REFERENCES accounts (id),
    created_at   TEXT NOT NULL,
    -- lapsed: nobody decided for thirty days.
    state        TEXT NOT NULL CHECK (state IN ('waiting', 'accepted', 'rejected', 'lapsed')),
    decided_at   TEXT,
    decided_by   INTEGER REFERENCES accounts (id),
    -- Why somebody was not enrolled.
    reason       TEXT CHECK (length(reason) BETWEEN 1 AND 500),
    person_id    INTEGER REFERENCES people (id) ON DELETE SET NULL,
    enrolment_id INTEGER REFERENCES enrolments (id) ON DELETE SET NULL,
    UNIQUE (session_id, digest),
    CHECK ((state = 'waiting') = (entry IS NOT NULL))
) STRICT;
CREATE INDEX walk_ins_by_session ON walk_ins (session_id, state, id);
CREATE INDEX walk_ins_waiting ON walk_ins (created_at) WHERE state = 'waiting';
-- For the foreign keys: a person or an enrolment that goes is looked for here.
CREATE INDEX walk_ins_by_person ON walk_ins (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX walk_ins_by_enrolment ON walk_ins (enrolment_id) WHERE enrolment_id IS NOT NULL;
