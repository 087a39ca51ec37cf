//! Editions: one as a record, many as lines of lists.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use crate::{
    courses::{
        CourseId, CourseKind, EditionId, EditionState, Language, Modality, ProgramId, VenueId,
        edition::{EditionRecord, NewEdition},
    },
    people::Department,
};

/// An edition in a list.
#[derive(Clone, Debug)]
pub(crate) struct EditionLine {
    pub id: EditionId,
    pub course: CourseId,
    pub course_title: String,
    pub kind: CourseKind,
    pub number: i64,
    pub state: EditionState,
    pub modality: Modality,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub venue: Option<String>,
    pub department: Option<Department>,
    pub seats: Option<i64>,
    pub enrol_until: NaiveDate,
    pub enrolled: i64,
    pub waiting: i64,
}

/// Lines of editions; the rest of the statement begins with `WHERE`.
macro_rules! edition_lines {
    ($rest:tt $(, $value:expr)* $(,)?) => {
        query_as!(
            EditionLine,
            r#"SELECT editions.id, editions.course_id AS course, courses.title AS course_title,
                      courses.kind, editions.number, editions.state, editions.modality,
                      editions.starts_on, editions.ends_on, venues.name AS "venue?",
                      editions.department, editions.seats, editions.enrol_until,
                      (SELECT count(*) FROM enrolments WHERE edition_id = editions.id
                       AND state IN ('enrolled', 'completed', 'not_completed', 'no_show'))
                          AS "enrolled!: i64",
                      (SELECT count(*) FROM enrolments WHERE edition_id = editions.id
                       AND state = 'waiting') AS "waiting!: i64"
               FROM editions
               JOIN courses ON courses.id = editions.course_id
               LEFT JOIN venues ON venues.id = editions.venue_id "# + $rest
            $(, $value)*
        )
    };
}

/// The editions of a program from the latest down, behind the last one seen.
pub(crate) async fn program_editions(
    connection: &mut SqliteConnection,
    program: ProgramId,
    after: (NaiveDate, i64),
    limit: i64,
) -> sqlx::Result<Vec<EditionLine>> {
    edition_lines!(
        "WHERE courses.program_id = ? AND (editions.starts_on, editions.id) < (?, ?)
         ORDER BY editions.starts_on DESC, editions.id DESC LIMIT ?",
        program,
        after.0,
        after.1,
        limit,
    )
    .fetch_all(connection)
    .await
}

/// The editions of a course from the latest down, behind the last one seen; drafts only where they
/// may be seen.
pub(crate) async fn course_editions(
    connection: &mut SqliteConnection,
    course: CourseId,
    with_drafts: bool,
    after: (NaiveDate, i64),
    limit: i64,
) -> sqlx::Result<Vec<EditionLine>> {
    edition_lines!(
        "WHERE editions.course_id = ? AND (? OR editions.state <> 'draft')
           AND (editions.starts_on, editions.id) < (?, ?)
         ORDER BY editions.starts_on DESC, editions.id DESC LIMIT ?",
        course,
        with_drafts,
        after.0,
        after.1,
        limit,
    )
    .fetch_all(connection)
    .await
}

/// How many editions of a course are over: closed or cancelled.
pub(crate) async fn past_editions(
    connection: &mut SqliteConnection,
    course: CourseId,
) -> sqlx::Result<i64> {
    query_scalar!(
        r#"SELECT count(*) AS "n!: i64" FROM editions
           WHERE course_id = ? AND state IN ('closed', 'cancelled')"#,
        course,
    )
    .fetch_one(connection)
    .await
}

/// The latest edition of a course that one can enrol in on that day.
pub(crate) async fn open_edition_of_course(
    connection: &mut SqliteConnection,
    course: CourseId,
    today: NaiveDate,
) -> sqlx::Result<Option<EditionId>> {
    query_scalar!(
        "SELECT id FROM editions
         WHERE course_id = ?1 AND state = 'enrolling' AND enrol_from <= ?2 AND enrol_until >= ?2
         ORDER BY starts_on DESC, id DESC LIMIT 1",
        course,
        today,
    )
    .fetch_optional(connection)
    .await
}

/// Published editions of several courses (a JSON list of ids), from the latest down.
pub(crate) async fn editions_of_courses(
    connection: &mut SqliteConnection,
    courses: &str,
) -> sqlx::Result<Vec<EditionLine>> {
    edition_lines!(
        "WHERE editions.course_id IN (SELECT value FROM json_each(?))
           AND editions.state IN ('announced', 'enrolling', 'running')
         ORDER BY editions.starts_on, editions.id",
        courses,
    )
    .fetch_all(connection)
    .await
}

/// Editions that one can enrol in on that day, the soonest to close first.
pub(crate) async fn open_editions(
    connection: &mut SqliteConnection,
    today: NaiveDate,
    limit: i64,
) -> sqlx::Result<Vec<EditionLine>> {
    edition_lines!(
        "WHERE editions.state = 'enrolling' AND editions.enrol_from <= ?1
           AND editions.enrol_until >= ?1
         ORDER BY editions.enrol_until, editions.starts_on, editions.id LIMIT ?2",
        today,
        limit,
    )
    .fetch_all(connection)
    .await
}

/// What the audit trail keeps of an edition.
pub(crate) async fn edition_record(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<Option<EditionRecord>> {
    query_as!(
        EditionRecord,
        r#"SELECT id, number, modality, language AS "language: Language", starts_on, ends_on,
                  venue_id, department, seats, waiting_list, offer_hours, needs_approval, enrol_from,
                  enrol_until, notes
           FROM editions WHERE id = ?"#,
        edition,
    )
    .fetch_optional(connection)
    .await
}

/// Adds a draft; its number follows the course's last one.
pub(in crate::courses) async fn insert_edition(
    connection: &mut SqliteConnection,
    course: CourseId,
    new: &NewEdition,
    venue: Option<VenueId>,
    now: DateTime<Utc>,
) -> sqlx::Result<EditionId> {
    let notes = new.notes.as_str();
    query_scalar!(
        r#"INSERT INTO editions (course_id, number, modality, language, starts_on, ends_on,
                                 venue_id, department, seats, waiting_list, needs_approval,
                                 enrol_from, enrol_until, notes, state_at, created_at, offer_hours)
           VALUES (?1, (SELECT coalesce(max(number), 0) + 1 FROM editions WHERE course_id = ?1),
                   ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?14, ?15)
           RETURNING id AS "id!: EditionId""#,
        course,
        new.modality,
        new.language,
        new.starts_on,
        new.ends_on,
        venue,
        new.department,
        new.seats,
        new.waiting_list,
        new.needs_approval,
        new.enrol_from,
        new.enrol_until,
        notes,
        now,
        new.offer_hours,
    )
    .fetch_one(connection)
    .await
}

/// Whether the edition stood at that version and was changed.
pub(in crate::courses) async fn update_edition(
    connection: &mut SqliteConnection,
    edition: EditionId,
    version: i64,
    new: &NewEdition,
    venue: Option<VenueId>,
) -> sqlx::Result<bool> {
    let notes = new.notes.as_str();
    let done = query!(
        "UPDATE editions SET modality = ?, language = ?, starts_on = ?, ends_on = ?, venue_id = ?,
                             department = ?, seats = ?, waiting_list = ?, needs_approval = ?,
                             enrol_from = ?, enrol_until = ?, notes = ?, offer_hours = ?,
                             version = version + 1
         WHERE id = ? AND version = ?",
        new.modality,
        new.language,
        new.starts_on,
        new.ends_on,
        venue,
        new.department,
        new.seats,
        new.waiting_list,
        new.needs_approval,
        new.enrol_from,
        new.enrol_until,
        notes,
        new.offer_hours,
        edition,
        version,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The first and the last day on which an edition meets; none without sessions. Self-paced
/// sessions count from the day they open to the day they close.
pub(in crate::courses) async fn session_days(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<Option<(NaiveDate, NaiveDate)>> {
    let row = query!(
        r#"SELECT min(held_on) AS "first?: NaiveDate",
                  date(max(ends_at), '-5 hours') AS "last?: NaiveDate"
           FROM sessions WHERE edition_id = ?"#,
        edition,
    )
    .fetch_one(connection)
    .await?;
    Ok(row.first.zip(row.last))
}
