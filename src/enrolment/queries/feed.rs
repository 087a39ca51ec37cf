//! The addresses of private calendars.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use crate::{access::AccountId, people::PersonId};

/// Whose calendar it is.
#[derive(Debug)]
pub(in crate::enrolment) struct Owner {
    pub person: PersonId,
    pub locale: String,
    pub demo: bool,
}

/// `None`: there is no such address, or its account was disabled.
pub(in crate::enrolment) async fn calendar_owner(
    connection: &mut SqliteConnection,
    hash: &[u8],
) -> sqlx::Result<Option<Owner>> {
    query_as!(
        Owner,
        r#"SELECT accounts.person_id AS person, accounts.locale, accounts.demo AS "demo: bool"
           FROM calendar_addresses JOIN accounts ON accounts.id = calendar_addresses.account_id
           WHERE calendar_addresses.token_hash = ? AND accounts.disabled_at IS NULL"#,
        hash,
    )
    .fetch_optional(connection)
    .await
}

/// The sealed token of an account's calendar.
pub(in crate::enrolment) async fn calendar_token(
    connection: &mut SqliteConnection,
    account: AccountId,
) -> sqlx::Result<Option<Vec<u8>>> {
    query_scalar!(
        "SELECT token_sealed FROM calendar_addresses WHERE account_id = ?",
        account,
    )
    .fetch_optional(connection)
    .await
}

/// The new token in the place of the one before.
pub(in crate::enrolment) async fn set_calendar_token(
    connection: &mut SqliteConnection,
    account: AccountId,
    hash: &[u8],
    sealed: &[u8],
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "INSERT INTO calendar_addresses (account_id, token_hash, token_sealed, created_at)
         VALUES (?, ?, ?, ?)
         ON CONFLICT (account_id) DO UPDATE
         SET token_hash = excluded.token_hash, token_sealed = excluded.token_sealed,
             created_at = excluded.created_at",
        account,
        hash,
        sealed,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Whether there was one.
pub(in crate::enrolment) async fn remove_calendar_token(
    connection: &mut SqliteConnection,
    account: AccountId,
) -> sqlx::Result<bool> {
    let done = query!(
        "DELETE FROM calendar_addresses WHERE account_id = ?",
        account
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}
