//! What people without e-mail are to be told.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query};

use crate::messages::News;

/// Writes a notice, unless there is one with its key.
pub(in crate::messages) async fn insert_notice(
    connection: &mut SqliteConnection,
    news: &News,
    subject: &str,
    body: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "INSERT INTO notices (edition_id, person_id, kind, subject, body, key, created_at, expires_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (key) DO NOTHING",
        news.edition,
        news.person,
        news.kind,
        subject,
        body,
        news.key,
        now,
        news.expires_at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes back what was not told yet under the keys from `key` on, before `beyond`.
pub(in crate::messages) async fn withdraw_notices(
    connection: &mut SqliteConnection,
    key: &str,
    beyond: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "UPDATE notices SET told_at = ? WHERE key >= ? AND key < ? AND told_at IS NULL",
        now,
        key,
        beyond,
    )
    .execute(connection)
    .await?;
    Ok(())
}
