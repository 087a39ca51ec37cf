-- Self-paced sessions: ordered steps, done once per enrolment.

CREATE TABLE files (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 160),
    media_type TEXT NOT NULL CHECK (length(media_type) BETWEEN 3 AND 100),
    digest     BLOB NOT NULL CHECK (length(digest) = 32),
    content    BLOB NOT NULL CHECK (length(content) BETWEEN 1 AND 10485760),
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE steps (
    id         INTEGER PRIMARY KEY,
    session_id INTEGER NOT NULL REFERENCES sessions (id),
    position   INTEGER NOT NULL CHECK (position > 0),
    kind       TEXT NOT NULL CHECK (kind IN ('text', 'file', 'link', 'question')),
    title      TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 160),
    -- Markdown: the text, the description of the file or link, or the question.
    body       TEXT NOT NULL DEFAULT '' CHECK (length(body) <= 20000),
    link       TEXT CHECK (length(link) BETWEEN 8 AND 500),
    file_id    INTEGER REFERENCES files (id),
    version    INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    CHECK ((kind = 'link') = (link IS NOT NULL)),
    CHECK ((kind = 'file') = (file_id IS NOT NULL))
) STRICT;
CREATE INDEX steps_by_session ON steps (session_id, position);
CREATE INDEX steps_by_file ON steps (file_id) WHERE file_id IS NOT NULL;

CREATE TABLE step_options (
    id       INTEGER PRIMARY KEY,
    step_id  INTEGER NOT NULL REFERENCES steps (id),
    position INTEGER NOT NULL CHECK (position BETWEEN 1 AND 8),
    answer   TEXT NOT NULL CHECK (length(answer) BETWEEN 1 AND 500),
    correct  INTEGER NOT NULL CHECK (correct IN (0, 1)),
    feedback TEXT NOT NULL DEFAULT '' CHECK (length(feedback) <= 1000),
    UNIQUE (step_id, position)
) STRICT;

CREATE TABLE steps_done (
    enrolment_id INTEGER NOT NULL REFERENCES enrolments (id),
    step_id      INTEGER NOT NULL REFERENCES steps (id),
    done_at      TEXT NOT NULL,
    PRIMARY KEY (enrolment_id, step_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX steps_done_by_step ON steps_done (step_id);
