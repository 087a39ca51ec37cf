//! All SQL of checking in.

mod own_data;
mod walk_ins;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

pub(crate) use self::own_data::own_data;
pub use self::walk_ins::*;
use crate::{attendance::MarkStatus, courses::EditionId, people::PersonId, sessions::SessionId};

/// A session that people check in to now, with somebody who takes part in it.
#[derive(Clone, Debug)]
pub(super) struct OpenSession {
    pub id: SessionId,
    pub edition: EditionId,
    pub title: String,
    pub course_title: String,
    pub number: i64,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    /// What stands of the person.
    pub status: Option<MarkStatus>,
    /// Since when it was said.
    pub marked_at: Option<DateTime<Utc>>,
}

/// The sessions of a person that begin before `opens_until` and end after `now`, the first to begin
/// first.
pub(super) async fn open_sessions(
    connection: &mut SqliteConnection,
    person: PersonId,
    now: DateTime<Utc>,
    opens_until: DateTime<Utc>,
) -> sqlx::Result<Vec<OpenSession>> {
    query_as!(
        OpenSession,
        r#"SELECT sessions.id, sessions.edition_id AS edition, sessions.title,
                  courses.title AS course_title, editions.number, sessions.starts_at,
                  sessions.ends_at, standing.status AS "status?: MarkStatus",
                  marks.marked_at AS "marked_at?: DateTime<Utc>"
           FROM enrolments
           JOIN editions ON editions.id = enrolments.edition_id
           JOIN courses ON courses.id = editions.course_id
           JOIN sessions ON sessions.edition_id = editions.id
           LEFT JOIN attendance_standing AS standing
             ON standing.enrolment_id = enrolments.id AND standing.session_id = sessions.id
           LEFT JOIN attendance_marks AS marks ON marks.id = standing.mark_id
           WHERE enrolments.person_id = ?1
             AND enrolments.state IN ('enrolled', 'completed', 'not_completed', 'no_show')
             AND editions.state NOT IN ('draft', 'closed', 'cancelled')
             AND sessions.modality <> 'self_paced'
             AND sessions.starts_at <= ?3 AND sessions.ends_at > ?2
           ORDER BY sessions.starts_at, sessions.id"#,
        person,
        now,
        opens_until,
    )
    .fetch_all(connection)
    .await
}

/// How many attend a session so far, and how many take part in its edition.
pub(super) async fn arrived(
    connection: &mut SqliteConnection,
    session: SessionId,
    edition: EditionId,
) -> sqlx::Result<(i64, i64)> {
    let row = query!(
        r#"SELECT (SELECT count(*) FROM attendance_standing
                   WHERE session_id = ?1 AND status IN ('present', 'late', 'partial')) AS "arrived!: i64",
                  (SELECT count(*) FROM enrolments
                   WHERE edition_id = ?2
                     AND state IN ('enrolled', 'completed', 'not_completed', 'no_show')) AS "all!: i64""#,
        session,
        edition,
    )
    .fetch_one(connection)
    .await?;
    Ok((row.arrived, row.all))
}

/// The version of a person's code: 0 until they renew it.
pub(super) async fn code_version(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> sqlx::Result<i64> {
    let version = query_scalar!(
        "SELECT version FROM personal_codes WHERE person_id = ?",
        person
    )
    .fetch_optional(connection)
    .await?;
    Ok(version.unwrap_or(0))
}

/// The versions of the codes of those in an edition who have renewed theirs.
pub(super) async fn code_versions(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<HashMap<PersonId, i64>> {
    let rows = query!(
        "SELECT personal_codes.person_id, personal_codes.version FROM enrolments
         JOIN personal_codes ON personal_codes.person_id = enrolments.person_id
         WHERE enrolments.edition_id = ?",
        edition,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.person_id, row.version))
        .collect())
}

/// Renews a person's code; the one before is dead.
pub(super) async fn renew_code(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> sqlx::Result<()> {
    query!(
        "INSERT INTO personal_codes (person_id, version) VALUES (?, 1)
         ON CONFLICT (person_id) DO UPDATE SET version = version + 1",
        person,
    )
    .execute(connection)
    .await?;
    Ok(())
}
