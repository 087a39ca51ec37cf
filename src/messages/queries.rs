//! All SQL of the outbox.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query};

use super::NewMessage;

pub(super) async fn insert(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    locale: &str,
    message: &NewMessage,
) -> sqlx::Result<()> {
    query!(
        "INSERT INTO outbox (person_id, address, kind, locale, subject, body, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        message.person,
        message.address,
        message.kind,
        locale,
        message.subject,
        message.body,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}
