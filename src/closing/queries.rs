//! All SQL of closing.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use super::{
    checklist::{Cell, Cells},
    model::RecordId,
};
use crate::{
    access::AccountId,
    courses::{EditionId, EditionState, ProgramId},
    enrolment::EnrolmentId,
};

/// What stands in an edition, cell by cell.
pub(super) async fn cells(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<Cells> {
    let rows = query!(
        "SELECT standing.enrolment_id, standing.session_id, standing.status, standing.minutes,
                standing.conflict
         FROM sessions JOIN attendance_standing AS standing ON standing.session_id = sessions.id
         WHERE sessions.edition_id = ?",
        edition,
    )
    .fetch_all(connection)
    .await?;
    let cell = |status, minutes, conflict| Cell {
        status,
        minutes,
        conflict,
    };
    Ok(rows
        .into_iter()
        .map(|row| {
            let key = (row.enrolment_id, row.session_id);
            (key, cell(row.status, row.minutes, row.conflict))
        })
        .collect())
}

/// Who carries a program out, and who pays for it.
pub(super) async fn funding(
    connection: &mut SqliteConnection,
    program: ProgramId,
) -> sqlx::Result<(String, String)> {
    let row = query!(
        "SELECT implementer, funder FROM programs WHERE id = ?",
        program
    )
    .fetch_one(connection)
    .await?;
    Ok((row.implementer, row.funder))
}

/// A record as it is stored.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    pub id: RecordId,
    pub edition: EditionId,
    pub year: i64,
    pub number: i64,
    pub closed_at: DateTime<Utc>,
    pub content: String,
    pub content_digest: Vec<u8>,
    pub superseded_at: Option<DateTime<Utc>>,
    pub superseded_reason: Option<String>,
}

/// The records of an edition, the last first. Bounded by how often one edition is closed.
pub(super) async fn of_edition(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<Vec<Stored>> {
    query_as!(
        Stored,
        "SELECT id, edition_id AS edition, year, number, closed_at, content, content_digest,
                superseded_at, superseded_reason
         FROM closing_records WHERE edition_id = ? ORDER BY id DESC",
        edition,
    )
    .fetch_all(connection)
    .await
}

/// At most `limit` records behind the given one, by number.
pub(super) async fn stored_after(
    connection: &mut SqliteConnection,
    after: RecordId,
    limit: i64,
) -> sqlx::Result<Vec<(Stored, EditionState)>> {
    let rows = query!(
        "SELECT records.id, records.edition_id, records.year, records.number, records.closed_at,
                records.content, records.content_digest, records.superseded_at,
                records.superseded_reason, editions.state
         FROM closing_records AS records JOIN editions ON editions.id = records.edition_id
         WHERE records.id > ? ORDER BY records.id LIMIT ?",
        after,
        limit,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let stored = Stored {
                id: row.id,
                edition: row.edition_id,
                year: row.year,
                number: row.number,
                closed_at: row.closed_at,
                content: row.content,
                content_digest: row.content_digest,
                superseded_at: row.superseded_at,
                superseded_reason: row.superseded_reason,
            };
            (stored, row.state)
        })
        .collect())
}

/// The next number of a year. Records are never deleted, and there is one writer.
pub(super) async fn next_number(connection: &mut SqliteConnection, year: i64) -> sqlx::Result<i64> {
    query_scalar!(
        r#"SELECT coalesce(max(number), 0) + 1 AS "number!: i64"
           FROM closing_records WHERE year = ?"#,
        year,
    )
    .fetch_one(connection)
    .await
}

/// A record to be written.
#[derive(Debug)]
pub(super) struct NewRecord<'a> {
    pub edition: EditionId,
    pub year: i64,
    pub number: i64,
    pub closed_at: DateTime<Utc>,
    pub closed_by: Option<AccountId>,
    pub content: &'a str,
    pub content_digest: &'a [u8],
}

pub(super) async fn insert(
    connection: &mut SqliteConnection,
    new: NewRecord<'_>,
) -> sqlx::Result<RecordId> {
    query_scalar!(
        r#"INSERT INTO closing_records (edition_id, year, number, closed_at, closed_by, content,
                                        content_digest)
           VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id AS "id!: RecordId""#,
        new.edition,
        new.year,
        new.number,
        new.closed_at,
        new.closed_by,
        new.content,
        new.content_digest,
    )
    .fetch_one(connection)
    .await
}

/// Sets the record of an edition aside, and says which it was; none where there is none.
pub(super) async fn supersede(
    connection: &mut SqliteConnection,
    edition: EditionId,
    reason: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<RecordId>> {
    query_scalar!(
        r#"UPDATE closing_records SET superseded_at = ?, superseded_reason = ?
           WHERE edition_id = ? AND superseded_at IS NULL RETURNING id AS "id!: RecordId""#,
        now,
        reason,
        edition,
    )
    .fetch_optional(connection)
    .await
}

/// The enrolments of an edition that were put together, because one person was enrolled twice.
pub(super) async fn joined(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<Vec<EnrolmentId>> {
    query_scalar!(
        r#"SELECT id AS "id!: EnrolmentId" FROM enrolments
           WHERE edition_id = ?1 AND merged_into IS NOT NULL
           UNION SELECT merged_into FROM enrolments
           WHERE edition_id = ?1 AND merged_into IS NOT NULL"#,
        edition,
    )
    .fetch_all(connection)
    .await
}

/// Every closed edition and when it was closed, after its last session, in that order: for the
/// demonstration.
pub(super) async fn closed_editions(
    connection: &mut SqliteConnection,
) -> sqlx::Result<Vec<(EditionId, DateTime<Utc>)>> {
    let rows = query!(
        r#"SELECT editions.id, max(editions.state_at, coalesce(
                      (SELECT max(ends_at) FROM sessions WHERE edition_id = editions.id), ''))
                      AS "at!: DateTime<Utc>"
           FROM editions WHERE editions.state = 'closed' ORDER BY 2, editions.id"#
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.at)).collect())
}
