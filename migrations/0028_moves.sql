-- A list may name a known person at another institution than the register does. Whoever reviews it
-- may choose, line by line, that this is where they serve now.

-- Whether that was chosen.
ALTER TABLE nomination_lines ADD COLUMN moves INTEGER NOT NULL DEFAULT 0 CHECK (moves IN (0, 1));
-- The affiliation that the line began, and the one that ended by it: taken back with the list.
ALTER TABLE nomination_lines ADD COLUMN affiliation_id INTEGER REFERENCES affiliations (id) ON DELETE SET NULL;
ALTER TABLE nomination_lines ADD COLUMN ended_affiliation_id INTEGER REFERENCES affiliations (id) ON DELETE SET NULL;

-- For the foreign keys: an affiliation that goes is looked for here.
CREATE INDEX nomination_lines_by_affiliation ON nomination_lines (affiliation_id)
    WHERE affiliation_id IS NOT NULL;
CREATE INDEX nomination_lines_by_ended_affiliation ON nomination_lines (ended_affiliation_id)
    WHERE ended_affiliation_id IS NOT NULL;
