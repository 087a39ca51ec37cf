-- Attendance without a connection: lists that phones hold, and the marks that they hand in later.

-- One list on one phone. It has a token of its own, which opens nothing but handing in marks of this
-- one session: who finds a phone finds no more than that.
CREATE TABLE offline_rosters (
    id           INTEGER PRIMARY KEY,
    account_id   INTEGER NOT NULL REFERENCES accounts (id),
    -- Where it was taken: when that device is signed out from elsewhere, the list is revoked.
    sign_in_id   INTEGER NOT NULL REFERENCES sign_ins (id),
    session_id   INTEGER NOT NULL REFERENCES sessions (id),
    -- As its owner calls it.
    phone        TEXT NOT NULL CHECK (length(phone) BETWEEN 1 AND 60),
    -- BLAKE3 of the 256-bit token that only the phone has.
    token_hash   BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    taken_at     TEXT NOT NULL,
    -- The newest mark of the session when it was taken: what its owner has seen.
    seen_mark_id INTEGER REFERENCES attendance_marks (id),
    expires_at   TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    -- The phone said that it has erased the list. What it marked may still come in.
    ended_at     TEXT,
    revoked_at   TEXT,
    -- Null with revoked_at: by a sign-out from elsewhere or a disabled account.
    revoked_by   INTEGER REFERENCES accounts (id)
) STRICT;
CREATE INDEX offline_rosters_by_session ON offline_rosters (session_id, id);
CREATE INDEX offline_rosters_by_account ON offline_rosters (account_id, sign_in_id);
CREATE INDEX offline_rosters_by_sign_in ON offline_rosters (sign_in_id);

-- What phones handed in, each mark once, whatever became of it. Never deleted.
CREATE TABLE offline_marks (
    id           INTEGER PRIMARY KEY,
    -- Made by the phone: the same mark twice is one.
    uuid         TEXT NOT NULL UNIQUE CHECK (length(uuid) = 36),
    roster_id    INTEGER NOT NULL REFERENCES offline_rosters (id),
    -- The edition whose coordinator decides: that of the list.
    edition_id   INTEGER NOT NULL REFERENCES editions (id),
    -- The phone's own count: the order in which it was said.
    seq          INTEGER NOT NULL CHECK (seq >= 0),
    -- About which session and whom, as far as there are such.
    session_id   INTEGER REFERENCES sessions (id),
    enrolment_id INTEGER REFERENCES enrolments (id),
    -- A personal code that was on no list, sealed.
    code         BLOB,
    status       TEXT NOT NULL CHECK (status IN ('present', 'late', 'partial', 'excused', 'absent', 'not_taken')),
    -- As said.
    minutes      INTEGER CHECK (minutes BETWEEN 0 AND 6000),
    -- By the phone's clock, and by ours.
    marked_at    TEXT NOT NULL,
    corrected_at TEXT NOT NULL,
    received_at  TEXT NOT NULL,
    -- superseded: its maker has said something newer of the same cell.
    outcome      TEXT NOT NULL CHECK (outcome IN ('applied', 'superseded', 'refused')),
    reason       TEXT CHECK (reason IN ('revoked', 'not_allowed', 'foreign_session', 'unknown_code',
                     'not_enrolled', 'own_record', 'edition_closed', 'too_early', 'too_late', 'bad_minutes')),
    mark_id      INTEGER UNIQUE REFERENCES attendance_marks (id),
    -- What the coordinator decided about a refused one.
    decision     TEXT CHECK (decision IN ('accepted', 'dismissed')),
    decided_at   TEXT,
    decided_by   INTEGER REFERENCES accounts (id),
    note         TEXT CHECK (length(note) BETWEEN 1 AND 500),
    CHECK ((outcome = 'applied') = (mark_id IS NOT NULL)),
    CHECK (outcome <> 'refused' OR reason IS NOT NULL)
) STRICT;
CREATE INDEX offline_marks_by_roster ON offline_marks (roster_id, seq);
CREATE INDEX offline_marks_waiting ON offline_marks (edition_id, id) WHERE outcome = 'refused' AND decision IS NULL;
-- For the foreign keys: a session or an enrolment that goes is looked for here.
CREATE INDEX offline_marks_by_session ON offline_marks (session_id) WHERE session_id IS NOT NULL;
CREATE INDEX offline_marks_by_enrolment ON offline_marks (enrolment_id) WHERE enrolment_id IS NOT NULL;

-- What stands in a cell no longer depends on the order in which marks arrive that knew nothing of
-- each other: everybody's last word counts, unless somebody who has seen it said otherwise. Cells of
-- several markers are counted again by that rule. (SQLite takes the columns beside min() from the row
-- of the minimum: the word that has been there longest.)
DELETE FROM attendance_standing WHERE EXISTS (
    SELECT 1 FROM attendance_marks AS one
    JOIN attendance_marks AS other
      ON other.enrolment_id = one.enrolment_id AND other.session_id = one.session_id
    WHERE one.id = attendance_standing.mark_id AND other.account_id IS NOT one.account_id);

INSERT INTO attendance_standing (enrolment_id, session_id, mark_id, status, minutes, conflict)
SELECT said.enrolment_id, said.session_id, min(said.id), said.status,
       CASE said.status
           WHEN 'partial' THEN min(sessions.planned_minutes, said.minutes)
           WHEN 'present' THEN sessions.planned_minutes
           WHEN 'late' THEN sessions.planned_minutes
           ELSE 0 END,
       count(DISTINCT said.status || CASE said.status WHEN 'partial' THEN said.minutes ELSE '' END) > 1
FROM (
    SELECT word.* FROM attendance_marks AS word
    WHERE word.status <> 'not_taken'
      AND NOT EXISTS (
          SELECT 1 FROM attendance_standing AS standing
          WHERE standing.enrolment_id = word.enrolment_id AND standing.session_id = word.session_id)
      AND NOT EXISTS (
          SELECT 1 FROM attendance_marks AS later
          WHERE later.enrolment_id = word.enrolment_id AND later.session_id = word.session_id
            AND later.id > word.id
            AND (later.account_id IS word.account_id OR later.seen_mark_id >= word.id))
) AS said
JOIN sessions ON sessions.id = said.session_id
GROUP BY said.enrolment_id, said.session_id;
