//! SQL of registrations that wait for the link of their letter.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

/// A registration that begins to wait.
#[derive(Debug)]
pub(in crate::access) struct NewRegistration<'a> {
    pub token_hash: &'a [u8],
    pub email_hash: &'a [u8],
    pub entry: &'a [u8],
    pub now: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

pub(in crate::access) async fn insert_registration(
    connection: &mut SqliteConnection,
    new: NewRegistration<'_>,
) -> sqlx::Result<()> {
    query!(
        "INSERT INTO registrations (token_hash, email_hash, entry, created_at, expires_at)
         VALUES (?, ?, ?, ?, ?)",
        new.token_hash,
        new.email_hash,
        new.entry,
        new.now,
        new.expires_at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// How many links an address was sent since a moment.
pub(in crate::access) async fn registrations_since(
    connection: &mut SqliteConnection,
    email_hash: &[u8],
    since: DateTime<Utc>,
) -> sqlx::Result<i64> {
    query_scalar!(
        r#"SELECT count(*) AS "n!: i64" FROM registrations WHERE email_hash = ? AND created_at > ?"#,
        email_hash,
        since,
    )
    .fetch_one(connection)
    .await
}

/// A registration whose link is not too old.
#[derive(Debug)]
pub(in crate::access) struct WaitingRegistration {
    pub email_hash: Vec<u8>,
    /// `None`: it was refused.
    pub entry: Option<Vec<u8>>,
}

pub(in crate::access) async fn waiting_registration(
    connection: &mut SqliteConnection,
    token_hash: &[u8],
    now: DateTime<Utc>,
) -> sqlx::Result<Option<WaitingRegistration>> {
    query_as!(
        WaitingRegistration,
        "SELECT email_hash, entry FROM registrations WHERE token_hash = ? AND expires_at > ?",
        token_hash,
        now,
    )
    .fetch_optional(connection)
    .await
}

/// No account could be made: what was typed goes, that it was refused stays until the link is too
/// old.
pub(in crate::access) async fn refuse_registration(
    connection: &mut SqliteConnection,
    token_hash: &[u8],
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "UPDATE registrations SET entry = NULL, refused_at = ? WHERE token_hash = ?",
        now,
        token_hash,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes away all that wait for an address: it is somebody's now.
pub(in crate::access) async fn delete_registrations(
    connection: &mut SqliteConnection,
    email_hash: &[u8],
) -> sqlx::Result<()> {
    query!("DELETE FROM registrations WHERE email_hash = ?", email_hash)
        .execute(connection)
        .await?;
    Ok(())
}

/// Whether any link is too old.
pub(in crate::access) async fn has_expired_registrations(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM registrations WHERE expires_at <= ?) AS "has!: bool""#,
        now,
    )
    .fetch_one(connection)
    .await
}

pub(in crate::access) async fn delete_expired_registrations(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!("DELETE FROM registrations WHERE expires_at <= ?", now)
        .execute(connection)
        .await?;
    Ok(())
}
