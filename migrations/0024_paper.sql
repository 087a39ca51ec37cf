-- What comes back from a session on paper: how many people were counted, and files that are kept
-- sealed (a signed sheet's scan, the letter of a list).

-- Appended, never changed: the last of a session stands.
CREATE TABLE headcounts (
    id             INTEGER PRIMARY KEY,
    session_id     INTEGER NOT NULL REFERENCES sessions (id),
    women          INTEGER NOT NULL CHECK (women BETWEEN 0 AND 2000),
    men            INTEGER NOT NULL CHECK (men BETWEEN 0 AND 2000),
    unstated       INTEGER NOT NULL CHECK (unstated BETWEEN 0 AND 2000),
    -- How many were named when it was written: an explanation holds while they still are.
    named_women    INTEGER NOT NULL CHECK (named_women >= 0),
    named_men      INTEGER NOT NULL CHECK (named_men >= 0),
    named_unstated INTEGER NOT NULL CHECK (named_unstated >= 0),
    -- Why the two differ; null where they do not.
    explanation    TEXT CHECK (length(explanation) BETWEEN 10 AND 500),
    -- Null: the demonstration.
    account_id     INTEGER REFERENCES accounts (id),
    counted_at     TEXT NOT NULL,
    CHECK ((explanation IS NULL)
           = (women = named_women AND men = named_men AND unstated = named_unstated))
) STRICT;
CREATE INDEX headcounts_by_session ON headcounts (session_id, id);

CREATE TRIGGER headcounts_do_not_change BEFORE UPDATE ON headcounts
BEGIN
    SELECT RAISE(ABORT, 'a headcount does not change');
END;

-- Participants who attended a session and are known by name, once each.
CREATE VIEW named_attendances AS
SELECT standing.session_id, standing.enrolment_id, enrolments.sex
FROM attendance_standing AS standing
JOIN enrolments ON enrolments.id = standing.enrolment_id
WHERE standing.status IN ('present', 'late', 'partial')
  AND enrolments.role = 'participant' AND enrolments.merged_into IS NULL;

-- Files as they were sent, sealed with a key that is not in the database. Of one that was removed
-- the row stays, and nothing of what was in it.
CREATE TABLE attachments (
    id             INTEGER PRIMARY KEY,
    -- What it belongs to: one of the two.
    session_id     INTEGER REFERENCES sessions (id),
    nomination_id  INTEGER REFERENCES nominations (id),
    kind           TEXT NOT NULL CHECK (kind IN ('pdf', 'jpeg', 'png')),
    file_name      TEXT NOT NULL CHECK (length(file_name) BETWEEN 1 AND 160),
    size           INTEGER NOT NULL CHECK (size BETWEEN 1 AND 10485760),
    -- SHA-256 of the file.
    digest         BLOB NOT NULL CHECK (length(digest) = 32),
    account_id     INTEGER NOT NULL REFERENCES accounts (id),
    created_at     TEXT NOT NULL,
    removed_at     TEXT,
    removed_by     INTEGER REFERENCES accounts (id),
    removed_reason TEXT CHECK (length(removed_reason) BETWEEN 1 AND 500),
    -- Last, so that whoever lists the files does not walk through what is in them.
    content        BLOB,
    CHECK ((session_id IS NULL) <> (nomination_id IS NULL)),
    CHECK ((removed_at IS NULL) = (content IS NOT NULL)),
    CHECK ((removed_at IS NULL) = (removed_by IS NULL)),
    CHECK ((removed_at IS NULL) = (removed_reason IS NULL))
) STRICT;
CREATE INDEX attachments_by_session ON attachments (session_id, id) WHERE session_id IS NOT NULL;
CREATE INDEX attachments_by_nomination ON attachments (nomination_id, id) WHERE nomination_id IS NOT NULL;
