//! All SQL of the outbox and of notices.

mod attempts;
mod notices;
mod own_data;
mod standing;

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as};

pub(crate) use self::own_data::{own_data, own_notices};
use crate::people::PersonId;

pub(super) use self::{
    attempts::{Claimed, claim, is_due, mark_handed_over, record_end, record_later, record_sent},
    notices::{edition_of_notice, insert_notice, tick_off, withdraw_notices},
    standing::{
        Standing, abandon, erase_secrets, erase_to_nobody, expire, fail_too_old, give_letters,
        has_to_clear_up, requeue, settle_leases, standing, withdraw_messages,
    },
};
pub use self::{
    notices::{Notice, Told, open_count, open_notices, told_notices},
    standing::{Counts, counts},
};

/// Somebody who is told.
#[derive(Debug)]
pub(super) struct Recipient {
    pub address: Option<String>,
    pub locale: String,
    pub given_names: String,
}

pub(super) async fn recipient(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> sqlx::Result<Recipient> {
    query_as!(
        Recipient,
        r#"SELECT coalesce(people.email, accounts.email) AS "address?: String",
                  coalesce(accounts.locale, 'es') AS "locale!: String", people.given_names
           FROM people LEFT JOIN accounts ON accounts.person_id = people.id
           WHERE people.id = ?"#,
        person,
    )
    .fetch_one(connection)
    .await
}

/// A message to be queued.
#[derive(Debug)]
pub(super) struct NewRow<'a> {
    pub person: Option<PersonId>,
    pub address: &'a str,
    pub kind: &'a str,
    pub locale: &'a str,
    pub subject: &'a str,
    pub body: &'a str,
    pub key: Option<&'a str>,
    pub secret: Option<&'a [u8]>,
    pub message_id: &'a str,
    pub now: DateTime<Utc>,
    pub expires_at: Option<DateTime<Utc>>,
}

/// Queues a message, unless there is one with its key.
pub(super) async fn insert(connection: &mut SqliteConnection, new: NewRow<'_>) -> sqlx::Result<()> {
    query!(
        "INSERT INTO outbox (person_id, address, kind, locale, subject, body, key, secret,
                             message_id, due_at, created_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10, ?11)
         ON CONFLICT (key) DO NOTHING",
        new.person,
        new.address,
        new.kind,
        new.locale,
        new.subject,
        new.body,
        new.key,
        new.secret,
        new.message_id,
        new.now,
        new.expires_at,
    )
    .execute(connection)
    .await?;
    Ok(())
}
