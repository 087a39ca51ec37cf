-- Participant reports of video calls.

CREATE TABLE video_reports (
    id         INTEGER PRIMARY KEY,
    session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    service    TEXT NOT NULL CHECK (service IN ('zoom', 'teams', 'meet')),
    -- Who was there and when, as sealed JSON; gone once somebody has decided.
    content    BLOB,
    -- Lines that could not be read.
    unread     INTEGER NOT NULL CHECK (unread >= 0),
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    created_at TEXT NOT NULL,
    -- discarded: given up, replaced by another, or left alone for thirty days.
    state      TEXT NOT NULL CHECK (state IN ('waiting', 'applied', 'discarded')),
    state_at   TEXT NOT NULL,
    CHECK ((state = 'waiting') = (content IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX video_reports_waiting ON video_reports (session_id) WHERE state = 'waiting';
CREATE INDEX video_reports_by_session ON video_reports (session_id, id);
CREATE INDEX video_reports_open ON video_reports (created_at) WHERE state = 'waiting';
