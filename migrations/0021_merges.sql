-- Two records of one person: pairs that may be one, and records that were put together, with every
-- change that this made, so that it can be taken back.

-- Where a person's record went: everything that referred to it refers to this one.
ALTER TABLE people ADD COLUMN merged_into INTEGER REFERENCES people (id);
CREATE INDEX people_merged ON people (merged_into) WHERE merged_into IS NOT NULL;
-- The version at which the record was last compared with the others.
ALTER TABLE people ADD COLUMN compared_version INTEGER;
CREATE INDEX people_to_compare ON people (compared_version, id) WHERE compared_version IS NULL AND merged_into IS NULL;
CREATE INDEX people_by_phone ON people (phone) WHERE phone IS NOT NULL;

-- Whoever is changed, or serves somewhere else, is compared again.
CREATE TRIGGER people_changed AFTER UPDATE OF version ON people
WHEN NEW.version <> OLD.version AND NEW.compared_version IS NOT NULL
BEGIN
    UPDATE people SET compared_version = NULL WHERE id = NEW.id;
END;
CREATE TRIGGER people_moved AFTER INSERT ON affiliations
BEGIN
    UPDATE people SET compared_version = NULL WHERE id = NEW.person_id AND compared_version IS NOT NULL;
END;

-- An enrolment that stands for nothing any more: its person was enrolled twice, as two records.
-- Its marks stay with it.
ALTER TABLE enrolments ADD COLUMN merged_into INTEGER REFERENCES enrolments (id);
CREATE INDEX enrolments_merged ON enrolments (merged_into) WHERE merged_into IS NOT NULL;

-- People who may be one, the lower number first.
CREATE TABLE duplicate_pairs (
    id           INTEGER PRIMARY KEY,
    person_id    INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    other_id     INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    -- Why, as a JSON list of words, and how much that says.
    reasons      TEXT NOT NULL CHECK (json_valid(reasons)),
    weight       INTEGER NOT NULL CHECK (weight > 0),
    found_at     TEXT NOT NULL,
    -- Somebody said for good that they are two.
    dismissed_at TEXT,
    dismissed_by INTEGER REFERENCES accounts (id),
    UNIQUE (person_id, other_id),
    CHECK (person_id < other_id),
    CHECK ((dismissed_at IS NULL) = (dismissed_by IS NULL))
) STRICT;
CREATE INDEX duplicate_pairs_open ON duplicate_pairs (weight DESC, id) WHERE dismissed_at IS NULL;
CREATE INDEX duplicate_pairs_by_other ON duplicate_pairs (other_id);

CREATE TABLE merges (
    id        INTEGER PRIMARY KEY,
    -- Which record stayed, and which went.
    kept_id   INTEGER NOT NULL REFERENCES people (id),
    gone_id   INTEGER NOT NULL REFERENCES people (id),
    merged_at TEXT NOT NULL,
    merged_by INTEGER NOT NULL REFERENCES accounts (id),
    -- The newest certificate and closing record then: what came later may depend on it.
    last_certificate INTEGER NOT NULL,
    last_record      INTEGER NOT NULL,
    undone_at TEXT,
    undone_by INTEGER REFERENCES accounts (id),
    CHECK (kept_id <> gone_id),
    CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX merges_standing ON merges (gone_id) WHERE undone_at IS NULL;
CREATE INDEX merges_by_kept ON merges (kept_id, id);
-- For the foreign key: a person who goes is looked for here.
CREATE INDEX merges_by_gone ON merges (gone_id);

-- Everything that a merge changed, in its order. A step is one row of one table.
CREATE TABLE merge_changes (
    merge_id    INTEGER NOT NULL REFERENCES merges (id),
    step        INTEGER NOT NULL,
    -- update: one column from before to after. insert, delete: the whole row as JSON, in after or
    -- in before.
    kind        TEXT NOT NULL CHECK (kind IN ('update', 'insert', 'delete')),
    table_name  TEXT NOT NULL,
    -- The columns that find the row, as a JSON object.
    row_key     TEXT NOT NULL CHECK (json_valid(row_key)),
    -- Empty where it is about the whole row.
    column_name TEXT NOT NULL DEFAULT '',
    before      ANY,
    after       ANY,
    PRIMARY KEY (merge_id, step, column_name)
) STRICT, WITHOUT ROWID;
