//! SQL about addresses that nobody has proven.

use sqlx::{SqliteConnection, query, query_as, query_scalar};

use crate::{access::AccountId, people::PersonId};

/// Who signs in, or could once, with an address.
#[derive(Debug)]
pub(in crate::access) struct Holder {
    pub account: AccountId,
    pub person: PersonId,
}

pub(in crate::access) async fn account_with_email(
    connection: &mut SqliteConnection,
    email: &str,
) -> sqlx::Result<Option<Holder>> {
    query_as!(
        Holder,
        "SELECT id AS account, person_id AS person FROM accounts WHERE email = ?",
        email
    )
    .fetch_optional(connection)
    .await
}

/// Whether an account was made by registering without a letter, has never set a password by a letter, and has no
/// role.
pub(in crate::access) async fn is_unproven(
    connection: &mut SqliteConnection,
    account: AccountId,
) -> sqlx::Result<bool> {
    query_scalar!(
        r#"SELECT (EXISTS (SELECT 1 FROM audit_events WHERE subject_kind = 'account'
                               AND subject_id = ?1 AND action = 'register')
               AND NOT EXISTS (SELECT 1 FROM audit_events WHERE subject_kind = 'account'
                               AND subject_id = ?1 AND action = 'password_set_by_link')
               AND NOT EXISTS (SELECT 1 FROM role_grants WHERE account_id = ?1)) AS "is!: bool""#,
        account,
    )
    .fetch_one(connection)
    .await
}

pub(in crate::access) async fn set_email(
    connection: &mut SqliteConnection,
    account: AccountId,
    email: &str,
) -> sqlx::Result<()> {
    query!("UPDATE accounts SET email = ? WHERE id = ?", email, account)
        .execute(connection)
        .await?;
    Ok(())
}
