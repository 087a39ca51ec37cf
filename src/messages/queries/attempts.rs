//! One attempt: taking a message, handing it over, and what came of it.
//!
//! Each record names the lease it belongs to: who lost it meanwhile writes nothing.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use crate::messages::{DeliveryState, MessageId, smtp::Obstacle};

/// A message taken for one attempt.
#[derive(Debug)]
pub(in crate::messages) struct Claimed {
    pub id: MessageId,
    pub address: String,
    pub subject: String,
    pub body: String,
    pub secret: Option<Vec<u8>>,
    pub message_id: String,
    /// With this one.
    pub tries: i64,
    /// When it was written.
    pub at: DateTime<Utc>,
}

/// Whether any message is due.
pub(in crate::messages) async fn is_due(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 'queued' AND due_at <= ?)
               AS "due!: bool""#,
        now,
    )
    .fetch_one(connection)
    .await
}

/// Takes the message that has been due longest.
pub(in crate::messages) async fn claim(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    lease_until: DateTime<Utc>,
) -> sqlx::Result<Option<Claimed>> {
    query_as!(
        Claimed,
        r#"UPDATE outbox SET state = 'sending', tries = tries + 1, lease_until = ?2,
                             handed_over_at = NULL
           WHERE id = (SELECT id FROM outbox WHERE state = 'queued' AND due_at <= ?1
                       ORDER BY due_at, id LIMIT 1)
           RETURNING id AS "id!: MessageId", address, subject, body, secret, message_id, tries,
                     created_at AS "at!: DateTime<Utc>""#,
        now,
        lease_until,
    )
    .fetch_optional(connection)
    .await
}

/// Writes down that from now on the mail server may have it; whether it is still ours to hand over.
pub(in crate::messages) async fn mark_handed_over(
    connection: &mut SqliteConnection,
    claimed: &Claimed,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = query!(
        "UPDATE outbox SET handed_over_at = ?
         WHERE id = ? AND state = 'sending' AND tries = ? AND lease_until > ?",
        now,
        claimed.id,
        claimed.tries,
        now,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The mail server took it. What secret was in it goes.
pub(in crate::messages) async fn record_sent(
    connection: &mut SqliteConnection,
    claimed: &Claimed,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "UPDATE outbox SET state = 'sent', sent_at = ?, lease_until = NULL, secret = NULL,
                           trouble = NULL, reply = NULL
         WHERE id = ? AND tries = ? AND state IN ('sending', 'uncertain')",
        now,
        claimed.id,
        claimed.tries,
    )
    .execute(connection)
    .await?;
    Ok(())
}

pub(in crate::messages) async fn record_later(
    connection: &mut SqliteConnection,
    claimed: &Claimed,
    due: DateTime<Utc>,
    obstacle: &Obstacle,
) -> sqlx::Result<()> {
    query!(
        "UPDATE outbox SET state = 'queued', due_at = ?, lease_until = NULL,
                           handed_over_at = NULL, trouble = ?, reply = ?
         WHERE id = ? AND tries = ? AND state = 'sending'",
        due,
        obstacle.trouble,
        obstacle.reply,
        claimed.id,
        claimed.tries,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends the tries: `failed`, or `uncertain` where the message may have gone out.
pub(in crate::messages) async fn record_end(
    connection: &mut SqliteConnection,
    claimed: &Claimed,
    state: DeliveryState,
    obstacle: &Obstacle,
) -> sqlx::Result<()> {
    query!(
        "UPDATE outbox SET state = ?, lease_until = NULL, trouble = ?, reply = ?
         WHERE id = ? AND tries = ? AND state = 'sending'",
        state,
        obstacle.trouble,
        obstacle.reply,
        claimed.id,
        claimed.tries,
    )
    .execute(connection)
    .await?;
    Ok(())
}
