//! All SQL of the homes: what needs somebody now.

mod offline_marks;
mod system;
mod walk_ins;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{SqliteConnection, query_as};

pub use self::{
    offline_marks::offline_marks,
    system::{SystemCounts, system_counts},
    walk_ins::walk_ins,
};

use crate::{
    courses::{CourseKind, EditionId, EditionState, Modality, ProgramId},
    people::PersonId,
    sessions::SessionId,
};

/// A session on a home, with how far its attendance is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionLine {
    /// The session.
    pub id: SessionId,
    /// Its edition.
    pub edition: EditionId,
    /// The edition's number within the course.
    pub number: i64,
    /// The course's title.
    pub course: String,
    /// The course's kind.
    pub kind: CourseKind,
    /// The session's title.
    pub title: String,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
    /// Where, if anywhere.
    pub venue: Option<String>,
    /// People taking part.
    pub people: i64,
    /// Of those, how many are marked.
    pub marked: i64,
}

/// An edition that needs somebody, and how often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditionLine {
    /// The edition.
    pub edition: EditionId,
    /// Its number within the course.
    pub number: i64,
    /// The course's title.
    pub course: String,
    /// How many.
    pub count: i64,
}

/// An edition of the weeks to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upcoming {
    /// The edition.
    pub edition: EditionId,
    /// Its number within the course.
    pub number: i64,
    /// The course's title.
    pub course: String,
    /// The course's kind.
    pub kind: CourseKind,
    /// Where it stands.
    pub state: EditionState,
    /// How it is held.
    pub modality: Modality,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Where, if anywhere.
    pub venue: Option<String>,
    /// Seats; none without limit.
    pub seats: Option<i64>,
    /// People with a seat.
    pub enrolled: i64,
    /// People waiting for one.
    pub waiting: i64,
}

/// Ids as the JSON list that the queries below unpack.
fn list(programs: &[ProgramId]) -> String {
    serde_json::to_string(programs).expect("numbers are JSON")
}

/// All programs, for those who see everything.
pub async fn all_programs(connection: &mut SqliteConnection) -> sqlx::Result<Vec<ProgramId>> {
    sqlx::query_scalar!("SELECT id FROM programs ORDER BY id")
        .fetch_all(connection)
        .await
}

/// Live sessions of these programs that overlap a span of time, in their order.
pub async fn sessions_of_programs(
    connection: &mut SqliteConnection,
    programs: &[ProgramId],
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> sqlx::Result<Vec<SessionLine>> {
    let programs = list(programs);
    query_as!(
        SessionLine,
        r#"SELECT sessions.id, sessions.edition_id AS edition, editions.number, courses.title AS course, courses.kind,
                  sessions.title, sessions.starts_at, sessions.ends_at, venues.name AS "venue?",
                  (SELECT count(*) FROM enrolments WHERE enrolments.edition_id = editions.id
                      AND enrolments.state IN ('enrolled', 'completed', 'not_completed', 'no_show')) AS "people!: i64",
                  (SELECT count(*) FROM attendance_standing
                      JOIN enrolments ON enrolments.id = attendance_standing.enrolment_id
                      WHERE attendance_standing.session_id = sessions.id
                      AND enrolments.state IN ('enrolled', 'completed', 'not_completed', 'no_show')) AS "marked!: i64"
           FROM sessions
           JOIN editions ON editions.id = sessions.edition_id
           JOIN courses ON courses.id = editions.course_id
           LEFT JOIN venues ON venues.id = coalesce(sessions.venue_id, editions.venue_id)
           WHERE sessions.starts_at >= ?1 AND sessions.starts_at < ?2 AND sessions.modality <> 'self_paced'
             AND editions.state IN ('announced', 'enrolling', 'running')
             AND courses.program_id IN (SELECT value FROM json_each(?3))
           ORDER BY sessions.starts_at, sessions.id LIMIT 100"#,
        from,
        to,
        programs,
    )
    .fetch_all(connection)
    .await
}

/// Live sessions that this person teaches within a span of time, in their order.
pub async fn sessions_of_facilitator(
    connection: &mut SqliteConnection,
    person: PersonId,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> sqlx::Result<Vec<SessionLine>> {
    query_as!(
        SessionLine,
        r#"SELECT sessions.id, sessions.edition_id AS edition, editions.number, courses.title AS course, courses.kind,
                  sessions.title, sessions.starts_at, sessions.ends_at, venues.name AS "venue?",
                  (SELECT count(*) FROM enrolments WHERE enrolments.edition_id = editions.id
                      AND enrolments.state IN ('enrolled', 'completed', 'not_completed', 'no_show')) AS "people!: i64",
                  (SELECT count(*) FROM attendance_standing
                      JOIN enrolments ON enrolments.id = attendance_standing.enrolment_id
                      WHERE attendance_standing.session_id = sessions.id
                      AND enrolments.state IN ('enrolled', 'completed', 'not_completed', 'no_show')) AS "marked!: i64"
           FROM edition_facilitators
           JOIN editions ON editions.id = edition_facilitators.edition_id
           JOIN sessions ON sessions.edition_id = editions.id
           JOIN courses ON courses.id = editions.course_id
           LEFT JOIN venues ON venues.id = coalesce(sessions.venue_id, editions.venue_id)
           WHERE edition_facilitators.person_id = ?1 AND sessions.modality <> 'self_paced'
             AND editions.state IN ('announced', 'enrolling', 'running')
             AND sessions.starts_at >= ?2 AND sessions.starts_at < ?3
             AND coalesce(sessions.facilitator_id, ?1) = ?1
           ORDER BY sessions.starts_at, sessions.id LIMIT 100"#,
        person,
        from,
        to,
    )
    .fetch_all(connection)
    .await
}

/// Editions with requests to decide, the longest waiting first.
pub async fn requests(
    connection: &mut SqliteConnection,
    programs: &[ProgramId],
) -> sqlx::Result<Vec<EditionLine>> {
    let programs = list(programs);
    query_as!(
        EditionLine,
        r#"SELECT editions.id AS "edition!: EditionId", editions.number AS "number!: i64",
                  courses.title AS "course!: String", count(*) AS "count!: i64"
           FROM editions
           JOIN courses ON courses.id = editions.course_id
           JOIN enrolments ON enrolments.edition_id = editions.id AND enrolments.state = 'requested'
           WHERE editions.state IN ('announced', 'enrolling', 'running')
             AND courses.program_id IN (SELECT value FROM json_each(?))
           GROUP BY editions.id ORDER BY min(enrolments.state_at) LIMIT 50"#,
        programs,
    )
    .fetch_all(connection)
    .await
}

/// Editions with people without e-mail whom somebody must tell something.
pub async fn notices(
    connection: &mut SqliteConnection,
    programs: &[ProgramId],
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<EditionLine>> {
    let programs = list(programs);
    query_as!(
        EditionLine,
        r#"SELECT editions.id AS "edition!: EditionId", editions.number AS "number!: i64",
                  courses.title AS "course!: String", count(*) AS "count!: i64"
           FROM courses
           JOIN editions ON editions.course_id = courses.id
           JOIN notices ON notices.edition_id = editions.id AND notices.told_at IS NULL
           WHERE courses.program_id IN (SELECT value FROM json_each(?1))
             AND (notices.expires_at IS NULL OR notices.expires_at > ?2)
           GROUP BY editions.id ORDER BY min(notices.id) LIMIT 50"#,
        programs,
        now,
    )
    .fetch_all(connection)
    .await
}

/// Editions with live sessions that are over and not fully marked.
pub async fn unmarked(
    connection: &mut SqliteConnection,
    programs: &[ProgramId],
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<EditionLine>> {
    let programs = list(programs);
    query_as!(
        EditionLine,
        r#"SELECT editions.id AS "edition!: EditionId", editions.number AS "number!: i64",
                  courses.title AS "course!: String", count(*) AS "count!: i64"
           FROM editions
           JOIN courses ON courses.id = editions.course_id
           JOIN sessions ON sessions.edition_id = editions.id
           WHERE editions.state IN ('announced', 'enrolling', 'running')
             AND courses.program_id IN (SELECT value FROM json_each(?1))
             AND sessions.modality <> 'self_paced' AND sessions.ends_at < ?2
             AND EXISTS (
                 SELECT 1 FROM enrolments
                 LEFT JOIN attendance_standing AS standing
                     ON standing.enrolment_id = enrolments.id AND standing.session_id = sessions.id
                 WHERE enrolments.edition_id = editions.id
                   AND enrolments.state IN ('enrolled', 'completed', 'not_completed', 'no_show')
                   AND standing.mark_id IS NULL)
           GROUP BY editions.id ORDER BY min(sessions.ends_at) LIMIT 50"#,
        programs,
        now,
    )
    .fetch_all(connection)
    .await
}

/// Editions to come or running in which nobody teaches.
pub async fn without_facilitator(
    connection: &mut SqliteConnection,
    programs: &[ProgramId],
    today: NaiveDate,
) -> sqlx::Result<Vec<EditionLine>> {
    let programs = list(programs);
    query_as!(
        EditionLine,
        r#"SELECT editions.id AS edition, editions.number, courses.title AS course, 1 AS "count!: i64"
           FROM editions JOIN courses ON courses.id = editions.course_id
           WHERE editions.state IN ('announced', 'enrolling', 'running') AND editions.ends_on >= ?2
             AND editions.modality <> 'self_paced'
             AND courses.program_id IN (SELECT value FROM json_each(?1))
             AND NOT EXISTS (SELECT 1 FROM edition_facilitators WHERE edition_facilitators.edition_id = editions.id)
           ORDER BY editions.starts_on LIMIT 50"#,
        programs,
        today,
    )
    .fetch_all(connection)
    .await
}

/// Editions to come or running that people must go to, and do not know where.
pub async fn without_venue(
    connection: &mut SqliteConnection,
    programs: &[ProgramId],
    today: NaiveDate,
) -> sqlx::Result<Vec<EditionLine>> {
    let programs = list(programs);
    query_as!(
        EditionLine,
        r#"SELECT editions.id AS edition, editions.number, courses.title AS course, 1 AS "count!: i64"
           FROM editions JOIN courses ON courses.id = editions.course_id
           WHERE editions.state IN ('announced', 'enrolling', 'running') AND editions.ends_on >= ?2
             AND editions.modality IN ('in_person', 'hybrid') AND editions.venue_id IS NULL
             AND courses.program_id IN (SELECT value FROM json_each(?1))
           ORDER BY editions.starts_on LIMIT 50"#,
        programs,
        today,
    )
    .fetch_all(connection)
    .await
}

/// Marks that contradict each other.
pub async fn conflicts(
    connection: &mut SqliteConnection,
    programs: &[ProgramId],
) -> sqlx::Result<Vec<EditionLine>> {
    let programs = list(programs);
    query_as!(
        EditionLine,
        r#"SELECT editions.id AS "edition!: EditionId", editions.number AS "number!: i64",
                  courses.title AS "course!: String", count(*) AS "count!: i64"
           FROM editions
           JOIN courses ON courses.id = editions.course_id
           JOIN sessions ON sessions.edition_id = editions.id
           JOIN attendance_standing AS standing ON standing.session_id = sessions.id AND standing.conflict = 1
           WHERE editions.state IN ('announced', 'enrolling', 'running')
             AND courses.program_id IN (SELECT value FROM json_each(?))
           GROUP BY editions.id ORDER BY editions.starts_on LIMIT 50"#,
        programs,
    )
    .fetch_all(connection)
    .await
}

/// Editions that run now or begin by a day, in the order of their dates.
pub async fn upcoming(
    connection: &mut SqliteConnection,
    programs: &[ProgramId],
    today: NaiveDate,
    until: NaiveDate,
) -> sqlx::Result<Vec<Upcoming>> {
    let programs = list(programs);
    query_as!(
        Upcoming,
        r#"SELECT editions.id AS edition, editions.number, courses.title AS course, courses.kind, editions.state,
                  editions.modality, editions.starts_on, editions.ends_on, venues.name AS "venue?", editions.seats,
                  (SELECT count(*) FROM enrolments WHERE enrolments.edition_id = editions.id
                      AND enrolments.state IN ('enrolled', 'completed', 'not_completed', 'no_show')) AS "enrolled!: i64",
                  (SELECT count(*) FROM enrolments WHERE enrolments.edition_id = editions.id
                      AND enrolments.state = 'waiting') AS "waiting!: i64"
           FROM editions
           JOIN courses ON courses.id = editions.course_id
           LEFT JOIN venues ON venues.id = editions.venue_id
           WHERE editions.state IN ('draft', 'announced', 'enrolling', 'running')
             AND editions.starts_on <= ?3 AND editions.ends_on >= ?2
             AND courses.program_id IN (SELECT value FROM json_each(?1))
           ORDER BY editions.starts_on, editions.id LIMIT 100"#,
        programs,
        today,
        until,
    )
    .fetch_all(connection)
    .await
}
