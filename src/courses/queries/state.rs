//! The state of editions.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use crate::courses::{CourseId, EditionId, EditionState, ProgramId};

/// An edition as the rules of its state see it.
#[derive(Debug)]
pub(in crate::courses) struct EditionStanding {
    pub program: ProgramId,
    pub state: EditionState,
    pub enrol_until: NaiveDate,
    pub sessions: i64,
    pub last_session_ends: Option<DateTime<Utc>>,
}

pub(in crate::courses) async fn standing(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<Option<EditionStanding>> {
    query_as!(
        EditionStanding,
        r#"SELECT courses.program_id AS program, editions.state, editions.enrol_until,
                  (SELECT count(*) FROM sessions WHERE edition_id = editions.id)
                      AS "sessions!: i64",
                  (SELECT max(ends_at) FROM sessions
                   WHERE edition_id = editions.id AND modality <> 'self_paced')
                      AS "last_session_ends?: DateTime<Utc>"
           FROM editions JOIN courses ON courses.id = editions.course_id
           WHERE editions.id = ?"#,
        edition,
    )
    .fetch_optional(connection)
    .await
}

pub(in crate::courses) async fn set_state(
    connection: &mut SqliteConnection,
    edition: EditionId,
    state: EditionState,
    reason: Option<&str>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "UPDATE editions SET state = ?, state_reason = ?, state_at = ?, version = version + 1
         WHERE id = ?",
        state,
        reason,
        now,
        edition,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Whether strangers may know of a course: one of its editions is not a draft.
pub(in crate::courses) async fn is_course_public(
    connection: &mut SqliteConnection,
    course: CourseId,
) -> sqlx::Result<bool> {
    query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM editions WHERE course_id = ? AND state <> 'draft')
               AS "public!: bool""#,
        course,
    )
    .fetch_one(connection)
    .await
}

/// How many editions of a course keep the rule that they were announced under.
pub(in crate::courses) async fn announced_editions(
    connection: &mut SqliteConnection,
    course: CourseId,
) -> sqlx::Result<i64> {
    query_scalar!(
        r#"SELECT count(*) AS "n!: i64" FROM editions
           WHERE course_id = ? AND state NOT IN ('draft', 'cancelled')"#,
        course,
    )
    .fetch_one(connection)
    .await
}
