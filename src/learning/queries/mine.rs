//! What a person is studying.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query_as};

use crate::{courses::EditionId, people::PersonId, sessions::SessionId};

/// A self-paced session that is open to a person and not finished. `paths::learn(session)` leads
/// to where they left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InProgress {
    /// The session.
    pub session: SessionId,
    /// Its title.
    pub title: String,
    /// Its edition.
    pub edition: EditionId,
    /// The course's title.
    pub course_title: String,
    /// Until when it can be done.
    pub closes_at: DateTime<Utc>,
    /// What finishing it is worth, in minutes.
    pub planned_minutes: i64,
    /// Steps done.
    pub done: i64,
    /// Steps in all, one or more.
    pub total: i64,
}

/// The self-paced sessions of a person's own enrolments that are open now and not finished, the
/// first to close first.
///
/// Bounded by one person's life: not paged.
pub async fn in_progress(
    connection: &mut SqliteConnection,
    person: PersonId,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<InProgress>> {
    query_as!(
        InProgress,
        r#"SELECT sessions.id AS session, sessions.title, sessions.edition_id AS edition,
                  courses.title AS course_title, sessions.ends_at AS closes_at,
                  sessions.planned_minutes,
                  (SELECT count(*) FROM steps_done JOIN steps ON steps.id = steps_done.step_id
                   WHERE steps_done.enrolment_id = enrolments.id AND steps.session_id = sessions.id)
                      AS "done!: i64",
                  (SELECT count(*) FROM steps WHERE steps.session_id = sessions.id) AS "total!: i64"
           FROM enrolments
           JOIN editions ON editions.id = enrolments.edition_id
           JOIN courses ON courses.id = editions.course_id
           JOIN sessions ON sessions.edition_id = editions.id
           WHERE enrolments.person_id = ?1
             AND enrolments.state IN ('enrolled', 'completed', 'not_completed', 'no_show')
             AND editions.state IN ('enrolling', 'running')
             AND sessions.modality = 'self_paced'
             AND sessions.starts_at <= ?2 AND sessions.ends_at >= ?2
             AND EXISTS (SELECT 1 FROM steps WHERE steps.session_id = sessions.id)
             AND NOT EXISTS (SELECT 1 FROM attendance_marks
                             WHERE attendance_marks.enrolment_id = enrolments.id
                               AND attendance_marks.session_id = sessions.id
                               AND attendance_marks.account_id IS NULL)
           ORDER BY sessions.ends_at, sessions.id"#,
        person,
        now,
    )
    .fetch_all(connection)
    .await
}
