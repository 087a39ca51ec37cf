-- What is to be told to people. Written with the change it tells of; sent afterwards.

CREATE TABLE outbox (
    id         INTEGER PRIMARY KEY,
    person_id  INTEGER NOT NULL REFERENCES people (id),
    address    TEXT NOT NULL CHECK (length(address) BETWEEN 3 AND 254),
    kind       TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
    locale     TEXT NOT NULL CHECK (locale IN ('es', 'en')),
    subject    TEXT NOT NULL CHECK (length(subject) BETWEEN 1 AND 200),
    body       TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 10000),
    created_at TEXT NOT NULL,
    sent_at    TEXT
) STRICT;
CREATE INDEX outbox_by_time ON outbox (id) WHERE sent_at IS NULL;
