-- Programs own courses, courses have editions, editions have sessions.

CREATE TABLE programs (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 160),
    summary     TEXT NOT NULL DEFAULT '' CHECK (length(summary) <= 2000),
    implementer TEXT NOT NULL CHECK (length(implementer) BETWEEN 1 AND 160),
    funder      TEXT NOT NULL CHECK (length(funder) BETWEEN 1 AND 160),
    starts_on   TEXT NOT NULL CHECK (starts_on IS date(starts_on)),
    ends_on     TEXT NOT NULL CHECK (ends_on IS date(ends_on) AND ends_on >= starts_on),
    version     INTEGER NOT NULL DEFAULT 1,
    created_at  TEXT NOT NULL
) STRICT;

-- Who signs a program's certificates, in the order of the sheet.
CREATE TABLE program_signatories (
    program_id  INTEGER NOT NULL REFERENCES programs (id),
    position    INTEGER NOT NULL CHECK (position BETWEEN 1 AND 3),
    name        TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    title       TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 120),
    institution TEXT NOT NULL CHECK (length(institution) BETWEEN 1 AND 160),
    PRIMARY KEY (program_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE courses (
    id                 INTEGER PRIMARY KEY,
    program_id         INTEGER NOT NULL REFERENCES programs (id),
    title              TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    kind               TEXT NOT NULL CHECK (kind IN (
                           'workshop', 'intensive', 'virtual', 'conference', 'study_visit', 'rights_talk')),
    summary            TEXT NOT NULL DEFAULT '' CHECK (length(summary) <= 500),
    audience           TEXT NOT NULL DEFAULT '' CHECK (length(audience) <= 500),
    -- Markdown: what one will be able to do, and the syllabus.
    outcomes           TEXT NOT NULL DEFAULT '' CHECK (length(outcomes) <= 4000),
    syllabus           TEXT NOT NULL DEFAULT '' CHECK (length(syllabus) <= 20000),
    planned_minutes    INTEGER NOT NULL CHECK (planned_minutes BETWEEN 1 AND 60000),
    -- Completion rule: constancia at this share of the planned minutes (in thousandths) …
    min_share_permille INTEGER NOT NULL DEFAULT 800 CHECK (min_share_permille BETWEEN 1 AND 1000),
    -- … certificado when also at this grade (in tenths of 0–20); null: the course is not graded.
    min_grade_tenths   INTEGER DEFAULT 140 CHECK (min_grade_tenths BETWEEN 0 AND 200),
    -- Whether excused minutes count as attended.
    excused_counts     INTEGER NOT NULL DEFAULT 0 CHECK (excused_counts IN (0, 1)),
    folded_title       TEXT NOT NULL,
    version            INTEGER NOT NULL DEFAULT 1,
    created_at         TEXT NOT NULL,
    UNIQUE (program_id, title)
) STRICT;
CREATE INDEX courses_by_kind ON courses (kind);
CREATE INDEX courses_by_title ON courses (folded_title, id);

-- A completed (not merely attended) enrolment in required_course_id is needed to be enrolled in course_id.
CREATE TABLE course_prerequisites (
    course_id          INTEGER NOT NULL REFERENCES courses (id),
    required_course_id INTEGER NOT NULL REFERENCES courses (id),
    PRIMARY KEY (course_id, required_course_id),
    CHECK (course_id <> required_course_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE venues (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 160),
    department  TEXT CHECK (department BETWEEN '01' AND '25' AND length(department) = 2),
    address     TEXT CHECK (length(address) BETWEEN 1 AND 200),
    folded_name TEXT NOT NULL,
    created_at  TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX venues_by_name ON venues (folded_name, coalesce(department, ''));

CREATE TABLE editions (
    id                INTEGER PRIMARY KEY,
    course_id         INTEGER NOT NULL REFERENCES courses (id),
    -- 1, 2, 3 … within the course.
    number            INTEGER NOT NULL CHECK (number > 0),
    state             TEXT NOT NULL DEFAULT 'draft' CHECK (state IN (
                          'draft', 'announced', 'enrolling', 'running', 'closed', 'cancelled')),
    modality          TEXT NOT NULL CHECK (modality IN ('in_person', 'live_online', 'hybrid', 'self_paced')),
    language          TEXT NOT NULL DEFAULT 'es' CHECK (length(language) BETWEEN 2 AND 3),
    starts_on         TEXT NOT NULL CHECK (starts_on IS date(starts_on)),
    ends_on           TEXT NOT NULL CHECK (ends_on IS date(ends_on) AND ends_on >= starts_on),
    venue_id          INTEGER REFERENCES venues (id),
    -- Where it takes place, for filters and totals; null for editions that are nowhere in particular.
    department        TEXT CHECK (department BETWEEN '01' AND '25' AND length(department) = 2),
    -- Null: no limit.
    seats             INTEGER CHECK (seats BETWEEN 0 AND 100000),
    waiting_list      INTEGER NOT NULL DEFAULT 1 CHECK (waiting_list IN (0, 1)),
    needs_approval    INTEGER NOT NULL DEFAULT 0 CHECK (needs_approval IN (0, 1)),
    -- The enrolment window (convocatoria): first and last day, Lima's time.
    enrol_from        TEXT NOT NULL CHECK (enrol_from IS date(enrol_from)),
    enrol_until       TEXT NOT NULL CHECK (enrol_until IS date(enrol_until) AND enrol_until >= enrol_from),
    notes             TEXT NOT NULL DEFAULT '' CHECK (length(notes) <= 2000),
    -- Why it was cancelled, or last reopened.
    state_reason      TEXT CHECK (length(state_reason) BETWEEN 1 AND 500),
    state_at          TEXT NOT NULL,
    version           INTEGER NOT NULL DEFAULT 1,
    created_at        TEXT NOT NULL,
    UNIQUE (course_id, number),
    CHECK (enrol_until <= ends_on)
) STRICT;
CREATE INDEX editions_by_start ON editions (starts_on, id);
CREATE INDEX editions_by_state ON editions (state, starts_on, id);

CREATE TABLE edition_facilitators (
    edition_id INTEGER NOT NULL REFERENCES editions (id),
    person_id  INTEGER NOT NULL REFERENCES people (id),
    assigned_at TEXT NOT NULL,
    PRIMARY KEY (edition_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX edition_facilitators_by_person ON edition_facilitators (person_id, edition_id);

CREATE TABLE sessions (
    id              INTEGER PRIMARY KEY,
    edition_id      INTEGER NOT NULL REFERENCES editions (id),
    title           TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    modality        TEXT NOT NULL CHECK (modality IN ('in_person', 'live_online', 'hybrid', 'self_paced')),
    -- A self-paced session is open from starts_at to ends_at.
    starts_at       TEXT NOT NULL,
    ends_at         TEXT NOT NULL CHECK (ends_at > starts_at),
    -- What attending the whole session is worth; breaks are not counted.
    planned_minutes INTEGER NOT NULL CHECK (planned_minutes BETWEEN 1 AND 6000),
    -- Null: the edition's venue.
    venue_id        INTEGER REFERENCES venues (id),
    meeting_link    TEXT CHECK (length(meeting_link) BETWEEN 8 AND 500),
    -- Null: all facilitators of the edition.
    facilitator_id  INTEGER REFERENCES people (id),
    -- The day of the session in Lima (UTC-5 all year since 1994): what reports mean by its date.
    held_on         TEXT NOT NULL GENERATED ALWAYS AS (date(starts_at, '-5 hours')) STORED,
    version         INTEGER NOT NULL DEFAULT 1,
    created_at      TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_by_edition ON sessions (edition_id, starts_at);
CREATE INDEX sessions_by_start ON sessions (starts_at, id);
CREATE INDEX sessions_by_day ON sessions (held_on, edition_id);
