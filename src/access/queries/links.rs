//! SQL of one-time links.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use crate::access::{AccountId, LinkPurpose};

/// A new link.
#[derive(Debug)]
pub(in crate::access) struct NewLink<'a> {
    pub account: AccountId,
    pub purpose: LinkPurpose,
    pub token_hash: &'a [u8],
    pub now: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

pub(in crate::access) async fn insert_link(
    connection: &mut SqliteConnection,
    new: NewLink<'_>,
) -> sqlx::Result<()> {
    query!(
        "INSERT INTO one_time_links (account_id, purpose, token_hash, created_at, expires_at)
         VALUES (?, ?, ?, ?, ?)",
        new.account,
        new.purpose,
        new.token_hash,
        new.now,
        new.expires_at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Uses up the open links of an account.
pub(in crate::access) async fn use_up_links(
    connection: &mut SqliteConnection,
    account: AccountId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "UPDATE one_time_links SET used_at = ? WHERE account_id = ? AND used_at IS NULL",
        now,
        account,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Uses up the open links of an account that are for one purpose, but for the newest few.
pub(in crate::access) async fn use_up_older_links(
    connection: &mut SqliteConnection,
    account: AccountId,
    purpose: LinkPurpose,
    keep: i64,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "UPDATE one_time_links SET used_at = ?1
         WHERE account_id = ?2 AND purpose = ?3 AND used_at IS NULL AND id NOT IN (
             SELECT id FROM one_time_links
             WHERE account_id = ?2 AND purpose = ?3 AND used_at IS NULL
             ORDER BY created_at DESC, id DESC LIMIT ?4)",
        now,
        account,
        purpose,
        keep,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// How many links of a purpose an account was sent since a moment.
pub(in crate::access) async fn links_since(
    connection: &mut SqliteConnection,
    account: AccountId,
    purpose: LinkPurpose,
    since: DateTime<Utc>,
) -> sqlx::Result<i64> {
    query_scalar!(
        r#"SELECT count(*) AS "n!: i64" FROM one_time_links
           WHERE account_id = ? AND purpose = ? AND created_at > ?"#,
        account,
        purpose,
        since,
    )
    .fetch_one(connection)
    .await
}

/// Whose link it is, while it is good.
#[derive(Debug)]
pub struct LinkHolder {
    /// The account.
    pub account: AccountId,
    /// What the link is for.
    pub purpose: LinkPurpose,
    /// What they sign in with.
    pub email: String,
    /// Given names.
    pub given_names: String,
    /// First surname.
    pub paternal_surname: String,
    /// Whether the demo made the account.
    pub demo: bool,
}

/// The holder of an open link: unused, not too old, its account enabled.
pub(in crate::access) async fn link_holder(
    connection: &mut SqliteConnection,
    token_hash: &[u8],
    now: DateTime<Utc>,
) -> sqlx::Result<Option<LinkHolder>> {
    query_as!(
        LinkHolder,
        "SELECT accounts.id AS account, one_time_links.purpose, accounts.email, people.given_names,
                people.paternal_surname, accounts.demo
         FROM one_time_links
         JOIN accounts ON accounts.id = one_time_links.account_id
         JOIN people ON people.id = accounts.person_id
         WHERE one_time_links.token_hash = ? AND one_time_links.used_at IS NULL
           AND one_time_links.expires_at > ? AND accounts.disabled_at IS NULL",
        token_hash,
        now,
    )
    .fetch_optional(connection)
    .await
}
