-- What was issued never changes; only its state does, with a reason and a date.

CREATE TABLE certificates (
    id             INTEGER PRIMARY KEY,
    -- 26 characters of Crockford's base 32: 130 random bits.
    code           TEXT NOT NULL UNIQUE CHECK (length(code) = 26),
    enrolment_id   INTEGER NOT NULL REFERENCES enrolments (id),
    kind           TEXT NOT NULL CHECK (kind IN ('constancia', 'certificado')),
    state          TEXT NOT NULL DEFAULT 'valid' CHECK (state IN ('valid', 'replaced', 'revoked')),
    state_reason   TEXT CHECK (length(state_reason) BETWEEN 1 AND 500),
    state_at       TEXT NOT NULL,
    -- Deferred: the old one must make room before the new one is written.
    replaced_by    INTEGER REFERENCES certificates (id) DEFERRABLE INITIALLY DEFERRED,
    issued_at      TEXT NOT NULL,
    issued_by      INTEGER REFERENCES accounts (id),
    -- Everything the sheet shows, as JSON, frozen at issue, and its BLAKE3.
    content        TEXT NOT NULL,
    content_digest BLOB NOT NULL CHECK (length(content_digest) = 32),
    CHECK ((state = 'replaced') = (replaced_by IS NOT NULL)),
    CHECK (state = 'valid' OR state_reason IS NOT NULL)
) STRICT;
-- One valid certificate per enrolment: a certificado replaces the constancia it follows.
CREATE UNIQUE INDEX certificates_valid ON certificates (enrolment_id) WHERE state = 'valid';
CREATE INDEX certificates_by_enrolment ON certificates (enrolment_id, id);
