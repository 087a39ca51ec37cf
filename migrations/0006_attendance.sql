-- Who said what, when, from which source, about one enrolment in one session.

-- Appended, never changed.
CREATE TABLE attendance_marks (
    id           INTEGER PRIMARY KEY,
    enrolment_id INTEGER NOT NULL REFERENCES enrolments (id),
    session_id   INTEGER NOT NULL REFERENCES sessions (id),
    -- 'not_taken' takes an earlier mark back.
    status       TEXT NOT NULL CHECK (status IN ('present', 'late', 'partial', 'excused', 'absent', 'not_taken')),
    -- Minutes attended; for 'partial' as said by the marker, otherwise as the status implies.
    minutes      INTEGER NOT NULL CHECK (minutes BETWEEN 0 AND 6000),
    source       TEXT NOT NULL CHECK (source IN ('form', 'grid', 'self_paced', 'demo')),
    -- Null: the system (self-paced credit).
    account_id   INTEGER REFERENCES accounts (id),
    marked_at    TEXT NOT NULL,
    -- Made by the client, so that a repeated request appends nothing.
    client_key   TEXT UNIQUE CHECK (length(client_key) BETWEEN 8 AND 64),
    -- The newest mark of the cell when the marker looked; null: none.
    seen_mark_id INTEGER REFERENCES attendance_marks (id),
    CHECK (status <> 'partial' OR minutes > 0)
) STRICT;
CREATE INDEX attendance_marks_by_cell ON attendance_marks (enrolment_id, session_id, id);
CREATE INDEX attendance_marks_by_session ON attendance_marks (session_id, id);

-- What stands for each cell: derived from the marks, written with them in one transaction, and
-- compared with a recount by `capacita check`. No row: not taken.
CREATE TABLE attendance_standing (
    enrolment_id INTEGER NOT NULL REFERENCES enrolments (id),
    session_id   INTEGER NOT NULL REFERENCES sessions (id),
    mark_id      INTEGER NOT NULL REFERENCES attendance_marks (id),
    status       TEXT NOT NULL CHECK (status IN ('present', 'late', 'partial', 'excused', 'absent')),
    minutes      INTEGER NOT NULL CHECK (minutes BETWEEN 0 AND 6000),
    -- Another marker said otherwise without having seen the newest mark; settled by the next mark that has.
    conflict     INTEGER NOT NULL DEFAULT 0 CHECK (conflict IN (0, 1)),
    PRIMARY KEY (enrolment_id, session_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX attendance_standing_by_session ON attendance_standing (session_id, enrolment_id);

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
