//! Who serves where a list says: what was chosen, and which affiliations began by it.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_scalar};

use crate::{
    nomination::NominationId,
    people::{PersonId, operations::Begun},
};

/// Whether this person serves where the list says: not if the line is about another one. `false`:
/// there is no such line, or nobody in the register that it may be about.
pub async fn set_moves(
    connection: &mut SqliteConnection,
    nomination: NominationId,
    line: u32,
    person: Option<PersonId>,
) -> sqlx::Result<bool> {
    let done = query!(
        "UPDATE nomination_lines SET moves = coalesce(person_id = ?, 0)
         WHERE nomination_id = ? AND line = ? AND verdict IN ('known', 'possible', 'conflict')",
        person,
        nomination,
        line,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whom a list moved, and which affiliations began and ended by it, the last first.
pub async fn begun(
    connection: &mut SqliteConnection,
    nomination: NominationId,
) -> sqlx::Result<Vec<(PersonId, Begun)>> {
    let rows = query!(
        r#"SELECT affiliations.person_id, affiliations.id, ended_affiliation_id
           FROM nomination_lines AS lines
           JOIN affiliations ON affiliations.id = lines.affiliation_id
           WHERE lines.nomination_id = ? ORDER BY line DESC"#,
        nomination,
    )
    .fetch_all(connection)
    .await?;
    let begun = |affiliation, ended| Begun { affiliation, ended };
    Ok(rows
        .into_iter()
        .map(|row| (row.person_id, begun(row.id, row.ended_affiliation_id)))
        .collect())
}

/// How many of the affiliations that a list began are history by now: they ended otherwise than by
/// another line, somebody entered an edition with one since, or its person's record was put together
/// with another.
pub async fn begun_in_use(
    connection: &mut SqliteConnection,
    nomination: NominationId,
    applied_at: DateTime<Utc>,
) -> sqlx::Result<i64> {
    query_scalar!(
        r#"SELECT count(*) AS "n!: i64" FROM nomination_lines AS lines
           JOIN affiliations AS begun ON begun.id = lines.affiliation_id
           WHERE lines.nomination_id = ?1
             AND (begun.until IS NOT NULL AND NOT EXISTS (
                      SELECT 1 FROM nomination_lines AS other
                      WHERE other.ended_affiliation_id = begun.id AND other.nomination_id = ?1)
                  OR EXISTS (
                      SELECT 1 FROM enrolments
                      JOIN enrolment_events AS entry ON entry.enrolment_id = enrolments.id
                                                    AND entry.from_state IS NULL AND entry.at >= ?2
                      WHERE enrolments.person_id = begun.person_id
                        AND enrolments.institution_id = begun.institution_id
                        AND NOT EXISTS (
                            SELECT 1 FROM nomination_lines AS own
                            WHERE own.enrolment_id = enrolments.id AND own.nomination_id = ?1))
                  OR EXISTS (
                      SELECT 1 FROM merges
                      WHERE merges.kept_id = begun.person_id AND merges.merged_at >= ?2
                        AND merges.undone_at IS NULL))"#,
        nomination,
        applied_at,
    )
    .fetch_one(connection)
    .await
}
