//! Where messages stand: what is settled by time, and what administrators decide.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use crate::{
    messages::{DeliveryState, MessageId, Trouble},
    people::PersonId,
};

/// How many messages wait, failed, or were perhaps sent. Those that somebody took out (given up,
/// overtaken, of no use any more) are not counted as failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Waiting, or being sent.
    pub waiting: i64,
    /// Of those, how many were tried before.
    pub late: i64,
    /// Refused.
    pub failed: i64,
    /// Perhaps sent.
    pub uncertain: i64,
}

/// Counts the messages that are not sent.
pub async fn counts(connection: &mut SqliteConnection) -> sqlx::Result<Counts> {
    query_as!(
        Counts,
        r#"SELECT (SELECT count(*) FROM outbox WHERE state = 'queued')
                      + (SELECT count(*) FROM outbox WHERE state = 'sending') AS "waiting!: i64",
                  (SELECT count(*) FROM outbox
                   WHERE state = 'queued' AND trouble IS NOT NULL) AS "late!: i64",
                  (SELECT count(*) FROM outbox WHERE state = 'failed'
                      AND trouble NOT IN ('given_up', 'superseded', 'expired')) AS "failed!: i64",
                  (SELECT count(*) FROM outbox WHERE state = 'uncertain') AS "uncertain!: i64""#
    )
    .fetch_one(connection)
    .await
}

/// Whether time has settled anything.
pub(in crate::messages) async fn has_to_clear_up(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    too_old: Option<DateTime<Utc>>,
) -> sqlx::Result<bool> {
    query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 'sending' AND lease_until <= ?1)
                  OR EXISTS (SELECT 1 FROM outbox
                             WHERE state = 'queued' AND expires_at IS NOT NULL AND expires_at <= ?1)
                  OR EXISTS (SELECT 1 FROM outbox WHERE secret IS NOT NULL AND expires_at <= ?1)
                  OR EXISTS (SELECT 1 FROM outbox WHERE state = 'queued' AND due_at < ?2)
                  OR EXISTS (SELECT 1 FROM outbox WHERE person_id IS NULL AND expires_at <= ?1
                                                    AND state <> 'sending')
               AS "has!: bool""#,
        now,
        too_old,
    )
    .fetch_one(connection)
    .await
}

/// What somebody took and left: queued again when nothing can have been sent, else uncertain.
pub(in crate::messages) async fn settle_leases(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "UPDATE outbox SET state = iif(handed_over_at IS NULL, 'queued', 'uncertain'),
                           trouble = iif(handed_over_at IS NULL, trouble, 'interrupted'),
                           reply = iif(handed_over_at IS NULL, reply, NULL),
                           due_at = ?1, lease_until = NULL
         WHERE state = 'sending' AND lease_until <= ?1",
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// What waited until it was of no use.
pub(in crate::messages) async fn expire(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "UPDATE outbox SET state = 'failed', trouble = 'expired'
         WHERE state = 'queued' AND expires_at IS NOT NULL AND expires_at <= ?",
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// What lay for days before there was a mail server.
pub(in crate::messages) async fn fail_too_old(
    connection: &mut SqliteConnection,
    before: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "UPDATE outbox SET state = 'failed', trouble = 'too_old'
         WHERE state = 'queued' AND due_at < ?",
        before,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Links that open nothing any more.
pub(in crate::messages) async fn erase_secrets(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "UPDATE outbox SET secret = NULL WHERE secret IS NOT NULL AND expires_at <= ?",
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Letters to nobody that are of no use any more: neither text nor address stays.
pub(in crate::messages) async fn erase_to_nobody(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "DELETE FROM outbox WHERE person_id IS NULL AND expires_at <= ? AND state <> 'sending'",
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Letters to an address become those of a person.
pub(in crate::messages) async fn give_letters(
    connection: &mut SqliteConnection,
    address: &str,
    person: PersonId,
) -> sqlx::Result<()> {
    query!(
        "UPDATE outbox SET person_id = ? WHERE person_id IS NULL AND address = ?",
        person,
        address,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// What is to be known of a message before something is decided about it.
#[derive(Debug)]
pub(in crate::messages) struct Standing {
    pub kind: String,
    pub state: DeliveryState,
    pub trouble: Option<Trouble>,
    pub body: String,
    pub has_secret: bool,
    pub expires_at: Option<DateTime<Utc>>,
}

pub(in crate::messages) async fn standing(
    connection: &mut SqliteConnection,
    message: MessageId,
) -> sqlx::Result<Option<Standing>> {
    query_as!(
        Standing,
        r#"SELECT kind, state, trouble, body, secret IS NOT NULL AS "has_secret!: bool", expires_at
           FROM outbox WHERE id = ?"#,
        message,
    )
    .fetch_optional(connection)
    .await
}

/// Queues it anew.
pub(in crate::messages) async fn requeue(
    connection: &mut SqliteConnection,
    message: MessageId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "UPDATE outbox SET state = 'queued', tries = 0, due_at = ?, handed_over_at = NULL,
                           trouble = NULL, reply = NULL
         WHERE id = ?",
        now,
        message,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Gives it up.
pub(in crate::messages) async fn abandon(
    connection: &mut SqliteConnection,
    message: MessageId,
) -> sqlx::Result<()> {
    query!(
        "UPDATE outbox SET state = 'failed', trouble = 'given_up', secret = NULL WHERE id = ?",
        message,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes back what waits under the keys from `key` on, before `beyond`; the keys are free again.
pub(in crate::messages) async fn withdraw_messages(
    connection: &mut SqliteConnection,
    key: &str,
    beyond: &str,
) -> sqlx::Result<()> {
    query!(
        "UPDATE outbox SET state = 'failed', trouble = 'superseded', secret = NULL, key = NULL
         WHERE key >= ? AND key < ? AND state = 'queued'",
        key,
        beyond,
    )
    .execute(connection)
    .await?;
    Ok(())
}
