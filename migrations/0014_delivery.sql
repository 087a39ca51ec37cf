-- Sending the outbox, telling people without e-mail by other means, and calendars.

CREATE TABLE outbox_with_delivery (
    id             INTEGER PRIMARY KEY,
    person_id      INTEGER NOT NULL REFERENCES people (id),
    address        TEXT NOT NULL CHECK (length(address) BETWEEN 3 AND 254),
    kind           TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
    locale         TEXT NOT NULL CHECK (locale IN ('es', 'en')),
    subject        TEXT NOT NULL CHECK (length(subject) BETWEEN 1 AND 200),
    body           TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 10000),
    -- What it tells of: nobody is told the same thing twice. Null: told each time it happens.
    key            TEXT UNIQUE CHECK (length(key) BETWEEN 1 AND 100),
    -- A one-time link, sealed with the key that is not in the database. The body has a mark in its
    -- place. Erased once it was sent or is good for nothing any more.
    secret         BLOB CHECK (length(secret) BETWEEN 1 AND 1000),
    -- The same at every attempt: whoever receives it twice can tell.
    message_id     TEXT NOT NULL UNIQUE CHECK (length(message_id) = 32),
    state          TEXT NOT NULL DEFAULT 'queued' CHECK (state IN (
                       'queued', 'sending', 'sent', 'failed', 'uncertain')),
    tries          INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
    -- Not tried before.
    due_at         TEXT NOT NULL,
    -- Whoever sends it has it until then.
    lease_until    TEXT,
    -- Since when the mail server may have it.
    handed_over_at TEXT,
    -- What stood against it at the last attempt, and what the mail server said.
    trouble        TEXT CHECK (length(trouble) BETWEEN 1 AND 40),
    reply          TEXT CHECK (length(reply) BETWEEN 1 AND 300),
    created_at     TEXT NOT NULL,
    -- Of no use from then on.
    expires_at     TEXT,
    sent_at        TEXT,
    CHECK ((state = 'sending') = (lease_until IS NOT NULL)),
    CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
    CHECK (state NOT IN ('failed', 'uncertain') OR trouble IS NOT NULL)
) STRICT;

-- Links written until now stand in the clear: they are taken out, and the message is sent to
-- nobody; who still needs a link is sent a new one.
INSERT INTO outbox_with_delivery (id, person_id, address, kind, locale, subject, body, message_id,
                                  state, due_at, trouble, created_at, sent_at)
SELECT id, person_id, address, kind, locale, subject,
       CASE WHEN instr(body, '?token=') > 0
            THEN substr(body, 1, instr(body, '?token=') - 1) || substr(body, instr(body, '?token=') + 71)
            ELSE body END,
       lower(hex(randomblob(16))),
       CASE WHEN sent_at IS NOT NULL THEN 'sent'
            WHEN instr(body, '?token=') > 0 THEN 'failed' ELSE 'queued' END,
       created_at,
       CASE WHEN sent_at IS NULL AND instr(body, '?token=') > 0 THEN 'expired' END,
       created_at, sent_at
FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_with_delivery RENAME TO outbox;

CREATE INDEX outbox_due ON outbox (due_at, id) WHERE state = 'queued';
CREATE INDEX outbox_expiring ON outbox (expires_at) WHERE state = 'queued' AND expires_at IS NOT NULL;
CREATE INDEX outbox_leased ON outbox (lease_until) WHERE state = 'sending';
CREATE INDEX outbox_by_state ON outbox (state, id);
CREATE INDEX outbox_secrets ON outbox (expires_at) WHERE secret IS NOT NULL;
CREATE INDEX outbox_by_person ON outbox (person_id, id);

-- What somebody without an e-mail address is to be told, by telephone or by a printed note.
CREATE TABLE notices (
    id         INTEGER PRIMARY KEY,
    edition_id INTEGER NOT NULL REFERENCES editions (id),
    person_id  INTEGER NOT NULL REFERENCES people (id),
    kind       TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
    subject    TEXT NOT NULL CHECK (length(subject) BETWEEN 1 AND 200),
    body       TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 10000),
    key        TEXT UNIQUE CHECK (length(key) BETWEEN 1 AND 100),
    created_at TEXT NOT NULL,
    -- Of no use from then on.
    expires_at TEXT,
    told_at    TEXT,
    -- Null with told_at: no longer true before anybody told it.
    told_by    INTEGER REFERENCES accounts (id),
    CHECK (told_by IS NULL OR told_at IS NOT NULL)
) STRICT;
CREATE INDEX notices_open ON notices (edition_id, id) WHERE told_at IS NULL;
CREATE INDEX notices_told ON notices (edition_id, told_at, id) WHERE told_at IS NOT NULL;
CREATE INDEX notices_by_person ON notices (person_id, id);

-- The private address of somebody's calendar: found by its hash, shown to its owner alone.
CREATE TABLE calendar_addresses (
    account_id   INTEGER PRIMARY KEY REFERENCES accounts (id),
    token_hash   BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    -- Sealed with the key that is not in the database.
    token_sealed BLOB NOT NULL CHECK (length(token_sealed) BETWEEN 1 AND 200),
    created_at   TEXT NOT NULL
) STRICT;

-- Sessions that were deleted: calendars that hold them are told to strike them out.
CREATE TABLE deleted_sessions (
    id         INTEGER PRIMARY KEY,
    session_id INTEGER NOT NULL,
    edition_id INTEGER NOT NULL REFERENCES editions (id),
    title      TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    modality   TEXT NOT NULL,
    starts_at  TEXT NOT NULL,
    ends_at    TEXT NOT NULL,
    -- The session's version when it was deleted.
    version    INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    deleted_at TEXT NOT NULL
) STRICT;
CREATE INDEX deleted_sessions_by_edition ON deleted_sessions (edition_id, id);
