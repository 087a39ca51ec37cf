-- People, the institutions they serve in, and who they were with at one time.
-- Times are RFC 3339 text in UTC, whole seconds; dates are ISO 8601 text; both sort as text.

CREATE TABLE institutions (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    short_name  TEXT CHECK (length(short_name) BETWEEN 1 AND 40),
    sector      TEXT NOT NULL CHECK (sector IN (
                    'police', 'prosecution', 'judiciary', 'administrative_agency',
                    'local_justice_and_community', 'indigenous_people', 'public_defence',
                    'press', 'civil_society', 'other')),
    country     TEXT NOT NULL DEFAULT 'PE' CHECK (length(country) = 2),
    -- Lower case without accents: search and uniqueness.
    folded_name TEXT NOT NULL,
    version     INTEGER NOT NULL DEFAULT 1,
    created_at  TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX institutions_by_name ON institutions (folded_name, country);

CREATE TABLE institution_units (
    id             INTEGER PRIMARY KEY,
    institution_id INTEGER NOT NULL REFERENCES institutions (id),
    name           TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    UNIQUE (institution_id, name)
) STRICT;

CREATE TABLE people (
    id                 INTEGER PRIMARY KEY,
    document_kind      TEXT NOT NULL CHECK (document_kind IN ('dni', 'foreigner_card', 'passport', 'none')),
    -- XChaCha20-Poly1305 of the number (nonce first); the key is in a file outside the database.
    document_sealed    BLOB,
    -- Keyed hash of kind and number: uniqueness and exact lookup without the plain number.
    document_hash      BLOB CHECK (length(document_hash) = 32),
    no_document_reason TEXT CHECK (length(no_document_reason) BETWEEN 1 AND 200),
    given_names        TEXT NOT NULL CHECK (length(given_names) BETWEEN 1 AND 120),
    paternal_surname   TEXT NOT NULL CHECK (length(paternal_surname) BETWEEN 1 AND 80),
    maternal_surname   TEXT CHECK (length(maternal_surname) BETWEEN 1 AND 80),
    sex                TEXT NOT NULL CHECK (sex IN ('f', 'm', 'unstated')),
    birth_year         INTEGER CHECK (birth_year BETWEEN 1900 AND 2100),
    nationality        TEXT NOT NULL DEFAULT 'PE' CHECK (length(nationality) = 2),
    email              TEXT CHECK (length(email) BETWEEN 3 AND 254),
    phone              TEXT CHECK (length(phone) BETWEEN 5 AND 30),
    -- Self-identification is kept only with consent.
    ethnic_identity    TEXT CHECK (length(ethnic_identity) BETWEEN 1 AND 80),
    disability         TEXT CHECK (length(disability) BETWEEN 1 AND 120),
    consented_at       TEXT,
    -- 'paternal maternal given', lower case without accents: the order of every list of people.
    sort_name          TEXT NOT NULL,
    version            INTEGER NOT NULL DEFAULT 1,
    created_at         TEXT NOT NULL,
    CHECK ((document_kind = 'none') = (document_hash IS NULL)),
    CHECK ((document_hash IS NULL) = (document_sealed IS NULL)),
    CHECK ((document_kind = 'none') = (no_document_reason IS NOT NULL)),
    CHECK (consented_at IS NOT NULL OR (ethnic_identity IS NULL AND disability IS NULL))
) STRICT;
CREATE UNIQUE INDEX people_by_document ON people (document_hash) WHERE document_hash IS NOT NULL;
CREATE INDEX people_by_sort_name ON people (sort_name, id);
CREATE INDEX people_by_email ON people (email) WHERE email IS NOT NULL;

CREATE TABLE affiliations (
    id                INTEGER PRIMARY KEY,
    person_id         INTEGER NOT NULL REFERENCES people (id),
    institution_id    INTEGER REFERENCES institutions (id),
    unit_id           INTEGER REFERENCES institution_units (id),
    position          TEXT CHECK (length(position) BETWEEN 1 AND 120),
    -- INEI UBIGEO department code; RENIEC numbers departments differently, so the scheme is recorded.
    department        TEXT CHECK (department BETWEEN '01' AND '25' AND length(department) = 2),
    department_scheme TEXT NOT NULL DEFAULT 'inei' CHECK (department_scheme IN ('inei', 'reniec')),
    country           TEXT NOT NULL DEFAULT 'PE' CHECK (length(country) = 2),
    -- Free text, for countries other than Peru.
    region            TEXT CHECK (length(region) BETWEEN 1 AND 120),
    since             TEXT NOT NULL CHECK (since IS date(since)),
    until             TEXT CHECK (until IS NULL OR (until IS date(until) AND until >= since)),
    created_at        TEXT NOT NULL
) STRICT;
-- At most one affiliation of a person is current.
CREATE UNIQUE INDEX affiliations_current ON affiliations (person_id) WHERE until IS NULL;
CREATE INDEX affiliations_by_person ON affiliations (person_id, since);
CREATE INDEX affiliations_by_institution ON affiliations (institution_id);

-- Search by any part of a name or of the current institution; accents do not matter.
CREATE VIRTUAL TABLE people_search USING fts5 (
    words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
