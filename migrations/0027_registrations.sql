-- Registrations that wait until the link of a letter was answered, and letters to whoever is nobody
-- here yet.

CREATE TABLE registrations (
    -- BLAKE3 of the 256-bit token in the letter.
    token_hash BLOB NOT NULL PRIMARY KEY CHECK (length(token_hash) = 32),
    -- A keyed hash of the address: what one address is sent is counted.
    email_hash BLOB NOT NULL CHECK (length(email_hash) = 32),
    -- What was typed and the hash of the password, as sealed JSON; gone once it was refused.
    entry      BLOB CHECK (length(entry) BETWEEN 1 AND 200000),
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    -- When its link was answered and no account could be made.
    refused_at TEXT,
    CHECK ((refused_at IS NULL) = (entry IS NOT NULL))
) STRICT;
CREATE INDEX registrations_by_email ON registrations (email_hash, created_at);
CREATE INDEX registrations_expiring ON registrations (expires_at);

-- A letter may be to nobody in the register: SQLite lets a column be null by making the table anew.
-- Nothing refers to it.
CREATE TABLE outbox_to_anybody (
    id             INTEGER PRIMARY KEY,
    -- Null: whoever reads mail at the address; who that is shows once they answer.
    person_id      INTEGER REFERENCES people (id),
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
    CHECK (state NOT IN ('failed', 'uncertain') OR trouble IS NOT NULL),
    -- A letter to nobody does not stay for ever.
    CHECK (person_id IS NOT NULL OR expires_at IS NOT NULL)
) STRICT;
INSERT INTO outbox_to_anybody (id, person_id, address, kind, locale, subject, body, key, secret,
    message_id, state, tries, due_at, lease_until, handed_over_at, trouble, reply, created_at,
    expires_at, sent_at)
SELECT id, person_id, address, kind, locale, subject, body, key, secret, message_id, state, tries,
    due_at, lease_until, handed_over_at, trouble, reply, created_at, expires_at, sent_at
FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_to_anybody RENAME TO outbox;

CREATE INDEX outbox_due ON outbox (due_at, id) WHERE state = 'queued';
CREATE INDEX outbox_expiring ON outbox (expires_at) WHERE state = 'queued' AND expires_at IS NOT NULL;
CREATE INDEX outbox_leased ON outbox (lease_until) WHERE state = 'sending';
CREATE INDEX outbox_by_state ON outbox (state, id);
CREATE INDEX outbox_secrets ON outbox (expires_at) WHERE secret IS NOT NULL;
CREATE INDEX outbox_by_person ON outbox (person_id, id);
CREATE INDEX outbox_to_nobody ON outbox (expires_at) WHERE person_id IS NULL;
