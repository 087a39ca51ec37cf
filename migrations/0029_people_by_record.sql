-- The register from the newest record down.
CREATE INDEX people_by_record ON people (created_at, id);
