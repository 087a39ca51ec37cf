-- The completion rule that an edition was announced under. People enrol on its word: what changes
-- in the course afterwards holds for editions that are drafts still.

CREATE TABLE edition_rules (
    edition_id         INTEGER PRIMARY KEY REFERENCES editions (id),
    min_share_permille INTEGER NOT NULL CHECK (min_share_permille BETWEEN 1 AND 1000),
    min_grade_tenths   INTEGER CHECK (min_grade_tenths BETWEEN 0 AND 200),
    excused_counts     INTEGER NOT NULL CHECK (excused_counts IN (0, 1))
) STRICT;

INSERT INTO edition_rules (edition_id, min_share_permille, min_grade_tenths, excused_counts)
SELECT editions.id, courses.min_share_permille, courses.min_grade_tenths, courses.excused_counts
FROM editions JOIN courses ON courses.id = editions.course_id
WHERE editions.state <> 'draft';

-- Whatever takes an edition out of its draft keeps the rule of that moment.
CREATE TRIGGER edition_leaves_draft AFTER UPDATE OF state ON editions
WHEN OLD.state = 'draft' AND NEW.state <> 'draft'
BEGIN
    INSERT INTO edition_rules (edition_id, min_share_permille, min_grade_tenths, excused_counts)
    SELECT NEW.id, min_share_permille, min_grade_tenths, excused_counts
    FROM courses WHERE id = NEW.course_id
    ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER edition_begins_announced AFTER INSERT ON editions
WHEN NEW.state <> 'draft'
BEGIN
    INSERT INTO edition_rules (edition_id, min_share_permille, min_grade_tenths, excused_counts)
    SELECT NEW.id, min_share_permille, min_grade_tenths, excused_counts
    FROM courses WHERE id = NEW.course_id
    ON CONFLICT DO NOTHING;
END;

-- The rule of every edition: its own, or while it is a draft that of its course.
CREATE VIEW rules_in_force AS
SELECT editions.id AS edition_id,
       coalesce(own.min_share_permille, courses.min_share_permille) AS min_share_permille,
       CASE WHEN own.edition_id IS NULL THEN courses.min_grade_tenths
            ELSE own.min_grade_tenths END AS min_grade_tenths,
       coalesce(own.excused_counts, courses.excused_counts) AS excused_counts
FROM editions
JOIN courses ON courses.id = editions.course_id
LEFT JOIN edition_rules AS own ON own.edition_id = editions.id;
