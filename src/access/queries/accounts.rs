//! SQL of accounts and their roles.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use crate::{
    access::{AccountId, GrantedRole},
    courses::ProgramId,
    people::PersonId,
};

/// An account as signing in needs it.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::access) struct Credentials {
    pub id: AccountId,
    pub password_hash: Option<String>,
    pub demo: bool,
}

pub(in crate::access) async fn credentials(
    connection: &mut SqliteConnection,
    email: &str,
) -> sqlx::Result<Option<Credentials>> {
    query_as!(
        Credentials,
        "SELECT id, password_hash, demo FROM accounts WHERE email = ? AND disabled_at IS NULL",
        email,
    )
    .fetch_optional(connection)
    .await
}

/// A new account; without a password until an invitation is accepted.
#[derive(Debug)]
pub(in crate::access) struct NewAccount<'a> {
    pub person: PersonId,
    pub email: &'a str,
    pub password_hash: Option<&'a str>,
    pub locale: &'a str,
    pub now: DateTime<Utc>,
}

pub(in crate::access) async fn insert_account(
    connection: &mut SqliteConnection,
    new: NewAccount<'_>,
) -> sqlx::Result<AccountId> {
    query_scalar!(
        r#"INSERT INTO accounts (person_id, email, password_hash, locale, created_at)
           VALUES (?, ?, ?, ?, ?) RETURNING id AS "id!: AccountId""#,
        new.person,
        new.email,
        new.password_hash,
        new.locale,
        new.now,
    )
    .fetch_one(connection)
    .await
}

/// The account of a person, as far as others look at it.
#[derive(Debug)]
pub struct AccountRow {
    /// The account.
    pub id: AccountId,
    /// Whose it is.
    pub person: PersonId,
    /// What they sign in with.
    pub email: String,
    /// Given names.
    pub given_names: String,
    /// First surname.
    pub paternal_surname: String,
    /// The language it prefers: `es` or `en`.
    pub locale: String,
    /// Whether a password was set.
    pub has_password: bool,
    /// Whether the demo made it.
    pub demo: bool,
    /// Since when nobody can sign in with it.
    pub disabled_at: Option<DateTime<Utc>>,
    /// Since when it is there.
    pub created_at: DateTime<Utc>,
}

pub(in crate::access) async fn account(
    connection: &mut SqliteConnection,
    account: AccountId,
) -> sqlx::Result<Option<AccountRow>> {
    query_as!(
        AccountRow,
        r#"SELECT accounts.id, accounts.person_id AS person, accounts.email, people.given_names,
                  people.paternal_surname, accounts.locale,
                  accounts.password_hash IS NOT NULL AS "has_password!: bool",
                  accounts.demo, accounts.disabled_at, accounts.created_at
           FROM accounts JOIN people ON people.id = accounts.person_id
           WHERE accounts.id = ?"#,
        account,
    )
    .fetch_optional(connection)
    .await
}

pub(in crate::access) async fn account_of_person(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> sqlx::Result<Option<AccountId>> {
    query_scalar!("SELECT id FROM accounts WHERE person_id = ?", person)
        .fetch_optional(connection)
        .await
}

/// The enabled account that signs in with an address.
pub(in crate::access) async fn account_by_email(
    connection: &mut SqliteConnection,
    email: &str,
) -> sqlx::Result<Option<AccountId>> {
    query_scalar!(
        "SELECT id FROM accounts WHERE email = ? AND disabled_at IS NULL",
        email
    )
    .fetch_optional(connection)
    .await
}

/// The address of a person; outer `None`: there is no such person.
pub(in crate::access) async fn email_of_person(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> sqlx::Result<Option<Option<String>>> {
    query_scalar!("SELECT email FROM people WHERE id = ?", person)
        .fetch_optional(connection)
        .await
}

pub(in crate::access) async fn program_exists(
    connection: &mut SqliteConnection,
    program: ProgramId,
) -> sqlx::Result<bool> {
    let found = query_scalar!("SELECT id FROM programs WHERE id = ?", program)
        .fetch_optional(connection)
        .await?;
    Ok(found.is_some())
}

pub(in crate::access) async fn password_hash(
    connection: &mut SqliteConnection,
    account: AccountId,
) -> sqlx::Result<Option<String>> {
    let found = query_scalar!("SELECT password_hash FROM accounts WHERE id = ?", account)
        .fetch_optional(connection)
        .await?;
    Ok(found.flatten())
}

pub(in crate::access) async fn set_password_hash(
    connection: &mut SqliteConnection,
    account: AccountId,
    hash: &str,
) -> sqlx::Result<()> {
    query!(
        "UPDATE accounts SET password_hash = ? WHERE id = ?",
        hash,
        account
    )
    .execute(connection)
    .await?;
    Ok(())
}

pub(in crate::access) async fn set_locale(
    connection: &mut SqliteConnection,
    account: AccountId,
    locale: &str,
) -> sqlx::Result<()> {
    query!(
        "UPDATE accounts SET locale = ? WHERE id = ?",
        locale,
        account
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Disables an account, or enables it again. False: it was so already.
pub(in crate::access) async fn set_disabled(
    connection: &mut SqliteConnection,
    account: AccountId,
    disabled_at: Option<DateTime<Utc>>,
) -> sqlx::Result<bool> {
    let done = query!(
        "UPDATE accounts SET disabled_at = ?1
         WHERE id = ?2 AND (disabled_at IS NULL) <> (?1 IS NULL)",
        disabled_at,
        account,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether an account is that of a record that went into another one.
pub(in crate::access) async fn is_of_merged_record(
    connection: &mut SqliteConnection,
    account: AccountId,
) -> sqlx::Result<bool> {
    query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM accounts JOIN people ON people.id = accounts.person_id
                          WHERE accounts.id = ? AND people.merged_into IS NOT NULL) AS "is!: bool""#,
        account,
    )
    .fetch_one(connection)
    .await
}

/// Grants a role; `program` is 0 where the role is not scoped. False: it was granted already.
pub(in crate::access) async fn insert_grant(
    connection: &mut SqliteConnection,
    account: AccountId,
    role: GrantedRole,
    program: ProgramId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = query!(
        "INSERT INTO role_grants (account_id, role, program_id, granted_at) VALUES (?, ?, ?, ?)
         ON CONFLICT DO NOTHING",
        account,
        role,
        program,
        now,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a role away. False: it was not granted.
pub(in crate::access) async fn delete_grant(
    connection: &mut SqliteConnection,
    account: AccountId,
    role: GrantedRole,
    program: ProgramId,
) -> sqlx::Result<bool> {
    let done = query!(
        "DELETE FROM role_grants WHERE account_id = ? AND role = ? AND program_id = ?",
        account,
        role,
        program,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// How many administrators can sign in.
pub(in crate::access) async fn administrators(
    connection: &mut SqliteConnection,
) -> sqlx::Result<i64> {
    query_scalar!(
        r#"SELECT count(*) AS "n!: i64" FROM role_grants
           JOIN accounts ON accounts.id = role_grants.account_id
           WHERE role_grants.role = 'administrator' AND accounts.disabled_at IS NULL
             AND accounts.password_hash IS NOT NULL"#
    )
    .fetch_one(connection)
    .await
}
