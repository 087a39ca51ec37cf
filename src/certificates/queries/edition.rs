//! What certificates take from an edition, its sessions and its program.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use crate::{
    courses::{EditionId, ProgramId},
    documents::certificate::Signatory,
    enrolment::EnrolmentId,
    people::Department,
};

/// Who issues.
#[derive(Clone, Debug)]
pub(in crate::certificates) struct Issuer {
    pub implementer: String,
    pub funder: String,
}

pub(in crate::certificates) async fn issuer(
    connection: &mut SqliteConnection,
    program: ProgramId,
) -> sqlx::Result<Issuer> {
    query_as!(
        Issuer,
        "SELECT implementer, funder FROM programs WHERE id = ?",
        program
    )
    .fetch_one(connection)
    .await
}

/// Who signs, from left to right.
pub(in crate::certificates) async fn signatories(
    connection: &mut SqliteConnection,
    program: ProgramId,
) -> sqlx::Result<Vec<Signatory>> {
    query_as!(
        Signatory,
        "SELECT name, title AS position, institution FROM program_signatories
         WHERE program_id = ? ORDER BY program_signatories.position",
        program,
    )
    .fetch_all(connection)
    .await
}

/// Minutes of all sessions of an edition.
pub(in crate::certificates) async fn planned_minutes(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<i64> {
    query_scalar!(
        r#"SELECT coalesce(sum(planned_minutes), 0) AS "minutes!: i64"
           FROM sessions WHERE edition_id = ?"#,
        edition,
    )
    .fetch_one(connection)
    .await
}

/// The departments of the venues of an edition's sessions, each once, in INEI's order.
pub(in crate::certificates) async fn session_departments(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<Vec<Department>> {
    query_scalar!(
        r#"SELECT DISTINCT venues.department AS "department!: Department"
           FROM sessions JOIN venues ON venues.id = sessions.venue_id
           WHERE sessions.edition_id = ? AND venues.department IS NOT NULL
           ORDER BY venues.department"#,
        edition,
    )
    .fetch_all(connection)
    .await
}

/// How many sessions an edition has, and when the last one ends.
#[derive(Clone, Debug)]
pub(in crate::certificates) struct Schedule {
    pub sessions: i64,
    /// How many of them are self-paced.
    pub self_paced: i64,
    pub last_end: Option<DateTime<Utc>>,
}

impl Schedule {
    /// Whether all of it is taken at one's own pace.
    pub const fn is_self_paced(&self) -> bool {
        self.sessions > 0 && self.self_paced == self.sessions
    }
}

pub(in crate::certificates) async fn schedule(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<Schedule> {
    query_as!(
        Schedule,
        r#"SELECT count(*) AS "sessions!: i64",
                  coalesce(sum(modality = 'self_paced'), 0) AS "self_paced!: i64",
                  max(ends_at) AS "last_end?: DateTime<Utc>"
           FROM sessions WHERE edition_id = ?"#,
        edition,
    )
    .fetch_one(connection)
    .await
}

/// In how many sessions of an edition each enrolment has minutes to its credit.
pub(in crate::certificates) async fn credited_sessions(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<BTreeMap<EnrolmentId, i64>> {
    let rows = query!(
        r#"SELECT standing.enrolment_id, count(*) AS "credited!: i64"
           FROM sessions
           JOIN attendance_standing AS standing ON standing.session_id = sessions.id
           WHERE sessions.edition_id = ? AND standing.minutes > 0
           GROUP BY standing.enrolment_id"#,
        edition,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.enrolment_id, row.credited))
        .collect())
}
