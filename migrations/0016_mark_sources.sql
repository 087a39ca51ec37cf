-- no-transaction
-- More ways for a mark to come about: a check-in by phone (the room's code, a scanned personal code,
-- the form for walk-ins), a signed sheet, a phone that was offline, the report of a video call.
--
-- SQLite changes a CHECK by making the table anew. Foreign keys are off meanwhile, which works
-- outside a transaction alone; the change itself is one, so a crash leaves the old or the new table.

PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;

DROP TRIGGER attendance_follows_session;

-- Appended, never changed.
CREATE TABLE marks_with_more_sources (
    id           INTEGER PRIMARY KEY,
    enrolment_id INTEGER NOT NULL REFERENCES enrolments (id),
    session_id   INTEGER NOT NULL REFERENCES sessions (id),
    -- 'not_taken' takes an earlier mark back.
    status       TEXT NOT NULL CHECK (status IN ('present', 'late', 'partial', 'excused', 'absent', 'not_taken')),
    -- Minutes attended; for 'partial' as said by the marker, otherwise as the status implies.
    minutes      INTEGER NOT NULL CHECK (minutes BETWEEN 0 AND 6000),
    source       TEXT NOT NULL CHECK (source IN (
                     'form', 'grid', 'self_paced', 'demo',
                     'room_code', 'personal_code', 'walk_in', 'sheet', 'offline', 'video_call')),
    -- Null: the system (self-paced credit).
    account_id   INTEGER REFERENCES accounts (id),
    marked_at    TEXT NOT NULL,
    -- Made by the client, so that a repeated request appends nothing.
    client_key   TEXT UNIQUE CHECK (length(client_key) BETWEEN 8 AND 64),
    -- The newest mark of the cell when the marker looked; null: none.
    seen_mark_id INTEGER REFERENCES attendance_marks (id),
    -- Why somebody was marked present in a self-paced session whose steps they had not done.
    reason       TEXT CHECK (length(reason) BETWEEN 1 AND 500),
    CHECK (status <> 'partial' OR minutes > 0)
) STRICT;

INSERT INTO marks_with_more_sources (id, enrolment_id, session_id, status, minutes, source,
    account_id, marked_at, client_key, seen_mark_id, reason)
SELECT id, enrolment_id, session_id, status, minutes, source,
    account_id, marked_at, client_key, seen_mark_id, reason
FROM attendance_marks;

DROP TABLE attendance_marks;
ALTER TABLE marks_with_more_sources RENAME TO attendance_marks;

CREATE INDEX attendance_marks_by_cell ON attendance_marks (enrolment_id, session_id, id);
CREATE INDEX attendance_marks_by_session ON attendance_marks (session_id, id);

-- Present and late are worth the whole session, partial no more than it: a session that is made
-- longer or shorter carries the minutes of its cells along.
CREATE TRIGGER attendance_follows_session AFTER UPDATE OF planned_minutes ON sessions
WHEN NEW.planned_minutes <> OLD.planned_minutes
BEGIN
    UPDATE attendance_standing
    SET minutes = CASE status
        WHEN 'partial' THEN min(NEW.planned_minutes,
            (SELECT said.minutes FROM attendance_marks AS said WHERE said.id = mark_id))
        ELSE NEW.planned_minutes END
    WHERE session_id = NEW.id AND status IN ('present', 'late', 'partial');
END;

COMMIT;
PRAGMA foreign_keys = ON;
