-- Seats kept for a group of people, or the most that a group may take.

CREATE TABLE edition_quotas (
    id             INTEGER PRIMARY KEY,
    edition_id     INTEGER NOT NULL REFERENCES editions (id),
    -- The group: exactly one of these.
    sector         TEXT CHECK (sector IN (
                       'police', 'prosecution', 'judiciary', 'administrative_agency',
                       'local_justice_and_community', 'indigenous_people', 'public_defence',
                       'press', 'civil_society', 'other')),
    institution_id INTEGER REFERENCES institutions (id),
    department     TEXT CHECK (department BETWEEN '01' AND '25' AND length(department) = 2),
    sex            TEXT CHECK (sex IN ('f', 'm', 'unstated')),
    -- Seats that nobody else gets while the group has taken fewer.
    reserved       INTEGER NOT NULL CHECK (reserved BETWEEN 0 AND 100000),
    -- Null: as many as there are seats.
    at_most        INTEGER CHECK (at_most BETWEEN reserved AND 100000),
    CHECK ((sector IS NOT NULL) + (institution_id IS NOT NULL)
           + (department IS NOT NULL) + (sex IS NOT NULL) = 1),
    CHECK (reserved > 0 OR at_most IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX edition_quotas_by_group ON edition_quotas (
    edition_id, coalesce(sector, ''), coalesce(institution_id, 0), coalesce(department, ''),
    coalesce(sex, ''));
CREATE INDEX edition_quotas_by_institution ON edition_quotas (institution_id)
    WHERE institution_id IS NOT NULL;
