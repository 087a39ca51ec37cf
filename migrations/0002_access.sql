-- Accounts, what they may do, where they are signed in, and one-time links.

CREATE TABLE accounts (
    id            INTEGER PRIMARY KEY,
    person_id     INTEGER NOT NULL UNIQUE REFERENCES people (id),
    -- Lower case; what the person types to sign in.
    email         TEXT NOT NULL UNIQUE CHECK (length(email) BETWEEN 3 AND 254 AND email = lower(email)),
    -- Argon2id in PHC form; null until an invitation is accepted.
    password_hash TEXT,
    locale        TEXT NOT NULL DEFAULT 'es' CHECK (locale IN ('es', 'en')),
    -- Made by the demo program: refused on an address that is not loopback.
    demo          INTEGER NOT NULL DEFAULT 0 CHECK (demo IN (0, 1)),
    disabled_at   TEXT,
    created_at    TEXT NOT NULL
) STRICT;
CREATE INDEX accounts_without_password ON accounts (id) WHERE password_hash IS NULL AND disabled_at IS NULL;

-- Coordinators are scoped to programs; administrators and managers are not.
-- Facilitators follow from edition_facilitators, participants from having an account.
CREATE TABLE role_grants (
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    role       TEXT NOT NULL CHECK (role IN ('administrator', 'manager', 'coordinator')),
    -- 0 where the role is not scoped.
    program_id INTEGER NOT NULL DEFAULT 0,
    granted_at TEXT NOT NULL,
    PRIMARY KEY (account_id, role, program_id),
    CHECK ((role = 'coordinator') = (program_id <> 0))
) STRICT, WITHOUT ROWID;
CREATE INDEX role_grants_by_role ON role_grants (role, program_id, account_id);

CREATE TABLE sign_ins (
    id           INTEGER PRIMARY KEY,
    account_id   INTEGER NOT NULL REFERENCES accounts (id),
    -- BLAKE3 of the 256-bit token in the cookie.
    token_hash   BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    -- What the browser said of itself, shortened: the owner recognises the device by it.
    device       TEXT NOT NULL CHECK (length(device) <= 200),
    created_at   TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    expires_at   TEXT NOT NULL,
    ended_at     TEXT
) STRICT;
CREATE INDEX sign_ins_by_account ON sign_ins (account_id) WHERE ended_at IS NULL;

-- Failed sign-ins per account and per address, kept so that a restart forgives nothing.
-- Keys are keyed hashes: neither e-mails nor addresses are stored.
CREATE TABLE sign_in_failures (
    key_hash      BLOB PRIMARY KEY CHECK (length(key_hash) = 32),
    failures      INTEGER NOT NULL CHECK (failures > 0),
    last_at       TEXT NOT NULL,
    blocked_until TEXT
) STRICT, WITHOUT ROWID;
-- To forget what is old, and to say how many wait now.
CREATE INDEX sign_in_failures_by_time ON sign_in_failures (last_at);
CREATE INDEX sign_in_failures_blocked ON sign_in_failures (blocked_until) WHERE blocked_until IS NOT NULL;

CREATE TABLE one_time_links (
    id         INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    purpose    TEXT NOT NULL CHECK (purpose IN ('invitation', 'password_reset')),
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at    TEXT
) STRICT;
CREATE INDEX one_time_links_by_account ON one_time_links (account_id, created_at);

CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- An academic hour (hora lectiva) in minutes: 45 or 60.
INSERT INTO settings (name, value) VALUES ('academic_minutes', '45');
