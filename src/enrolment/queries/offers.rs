//! Offers of seats.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use super::rules::{Standing, standings};
use crate::{courses::EditionId, enrolment::EnrolmentId};

/// Offers a seat to who waits and has no offer; `false`: they do not.
pub(in crate::enrolment) async fn set_offer(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
    until: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = query!(
        "UPDATE enrolments SET offered_until = ?, version = version + 1
         WHERE id = ? AND state = 'waiting' AND offered_until IS NULL",
        until,
        enrolment,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The offers of an edition whose time is over, the oldest first.
pub(in crate::enrolment) async fn offers_over(
    connection: &mut SqliteConnection,
    edition: EditionId,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Standing>> {
    standings!(
        "WHERE enrolments.edition_id = ? AND enrolments.offered_until <= ?
         ORDER BY enrolments.offered_until, enrolments.id",
        edition,
        now,
    )
    .fetch_all(connection)
    .await
}

/// The editions in which the time of an offer is over.
pub async fn editions_with_offers_over(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<EditionId>> {
    query_scalar!(
        "SELECT DISTINCT edition_id FROM enrolments WHERE offered_until <= ? LIMIT 100",
        now,
    )
    .fetch_all(connection)
    .await
}

/// Until when somebody may take the seat they are offered; `None`: there is no offer.
pub async fn offered_until(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
) -> sqlx::Result<Option<DateTime<Utc>>> {
    let found = query_scalar!(
        "SELECT offered_until FROM enrolments WHERE id = ?",
        enrolment
    )
    .fetch_optional(connection)
    .await?;
    Ok(found.flatten())
}
