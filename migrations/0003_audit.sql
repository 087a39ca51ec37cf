-- Who changed what, when, from what to what. Written in the transaction of the change itself.

CREATE TABLE audit_events (
    id            INTEGER PRIMARY KEY,
    at            TEXT NOT NULL,
    -- Null: the system itself (a command, a timer).
    account_id    INTEGER REFERENCES accounts (id),
    action        TEXT NOT NULL CHECK (length(action) BETWEEN 1 AND 60),
    subject_kind  TEXT NOT NULL CHECK (length(subject_kind) BETWEEN 1 AND 40),
    subject_id    INTEGER NOT NULL,
    program_id    INTEGER,
    -- JSON objects with the fields that changed. Document numbers never stand here.
    before        TEXT,
    after         TEXT,
    -- BLAKE3 of before and after: they may be erased later without breaking the chain.
    detail_digest BLOB NOT NULL CHECK (length(detail_digest) = 32),
    -- BLAKE3 of the previous event's hash and of every column above but before and after.
    chain_hash    BLOB NOT NULL CHECK (length(chain_hash) = 32)
) STRICT;
CREATE INDEX audit_events_by_subject ON audit_events (subject_kind, subject_id, id);
CREATE INDEX audit_events_by_account ON audit_events (account_id, id);
CREATE INDEX audit_events_by_action ON audit_events (action, id);
CREATE INDEX audit_events_by_program ON audit_events (program_id, id) WHERE program_id IS NOT NULL;
CREATE INDEX audit_events_by_time ON audit_events (at, id);
