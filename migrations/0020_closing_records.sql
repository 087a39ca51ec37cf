-- The closing record (acta de cierre): what an edition said when it was closed. Numbered by year,
-- never changed; a reopening sets it aside, and the next closing writes another.

CREATE TABLE closing_records (
    id                INTEGER PRIMARY KEY,
    edition_id        INTEGER NOT NULL REFERENCES editions (id),
    -- The year of the closing in Lima, and the number in it: 1, 2, 3 …
    year              INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 2200),
    number            INTEGER NOT NULL CHECK (number > 0),
    closed_at         TEXT NOT NULL,
    -- Null: the demonstration.
    closed_by         INTEGER REFERENCES accounts (id),
    -- Everything the record says, as JSON, and its SHA-256.
    content           TEXT NOT NULL CHECK (json_valid(content)),
    content_digest    BLOB NOT NULL CHECK (length(content_digest) = 32),
    -- Since when it does not stand any more, and why the edition was reopened.
    superseded_at     TEXT,
    superseded_reason TEXT CHECK (length(superseded_reason) BETWEEN 1 AND 500),
    UNIQUE (year, number),
    CHECK ((superseded_at IS NULL) = (superseded_reason IS NULL))
) STRICT;
-- At most one record of an edition stands.
CREATE UNIQUE INDEX closing_records_standing ON closing_records (edition_id) WHERE superseded_at IS NULL;
CREATE INDEX closing_records_by_edition ON closing_records (edition_id, id);

CREATE TRIGGER closing_records_do_not_change
BEFORE UPDATE OF id, edition_id, year, number, closed_at, closed_by, content, content_digest ON closing_records
BEGIN
    SELECT RAISE(ABORT, 'a closing record does not change');
END;
CREATE TRIGGER closing_records_do_not_come_back
BEFORE UPDATE ON closing_records WHEN OLD.superseded_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'a closing record that was set aside does not change');
END;
