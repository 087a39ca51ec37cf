//! SQL of devices that are signed in.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar, types::Json};

use crate::{
    access::{AccountId, GrantedRole, SignInId},
    courses::{EditionId, ProgramId},
    people::PersonId,
};

/// A device that is signed in, with its account.
#[derive(Debug)]
pub(in crate::access) struct SignedIn {
    pub sign_in: SignInId,
    pub last_seen_at: DateTime<Utc>,
    pub account: AccountId,
    pub person: PersonId,
    pub email: String,
    pub locale: String,
    pub demo: bool,
    pub given_names: String,
    pub paternal_surname: String,
    /// Roles and the programs they hold in (0 where they hold everywhere).
    pub grants: Json<Vec<(GrantedRole, ProgramId)>>,
    /// The editions somebody teaches or taught, and their last days.
    pub editions: Json<Vec<(EditionId, NaiveDate)>>,
}

/// A statement that gives a device with its account, unless that is disabled.
///
/// One query for all of it, since every request asks.
macro_rules! signed_in {
    ($connection:expr, $which:literal, $($value:expr),+) => {
        query_as!(
            SignedIn,
            r#"SELECT sign_ins.id AS sign_in, sign_ins.last_seen_at, accounts.id AS account,
                      accounts.person_id AS person, accounts.email, accounts.locale,
                      accounts.demo, people.given_names, people.paternal_surname,
                      (SELECT json_group_array(json_array(role, program_id)) FROM role_grants
                       WHERE account_id = accounts.id)
                          AS "grants!: Json<Vec<(GrantedRole, ProgramId)>>",
                      (SELECT json_group_array(json_array(editions.id, editions.ends_on))
                       FROM edition_facilitators
                       JOIN editions ON editions.id = edition_facilitators.edition_id
                       WHERE edition_facilitators.person_id = accounts.person_id)
                          AS "editions!: Json<Vec<(EditionId, NaiveDate)>>"
               FROM sign_ins
               JOIN accounts ON accounts.id = sign_ins.account_id
               JOIN people ON people.id = accounts.person_id
               WHERE accounts.disabled_at IS NULL AND "#
                + $which,
            $($value),+
        )
        .fetch_optional($connection)
        .await
    };
}

/// The device that holds a token, unless it was signed out, has expired or its account is disabled.
pub(in crate::access) async fn sign_in_by_token(
    connection: &mut SqliteConnection,
    token_hash: &[u8],
    now: DateTime<Utc>,
) -> sqlx::Result<Option<SignedIn>> {
    signed_in!(
        connection,
        "sign_ins.token_hash = ? AND sign_ins.ended_at IS NULL AND sign_ins.expires_at > ?",
        token_hash,
        now
    )
}

/// The account of a device that is or was signed in, unless it is disabled.
pub(in crate::access) async fn account_that_signed_in(
    connection: &mut SqliteConnection,
    sign_in: SignInId,
) -> sqlx::Result<Option<SignedIn>> {
    signed_in!(connection, "sign_ins.id = ?", sign_in)
}

pub(in crate::access) async fn touch_sign_in(
    connection: &mut SqliteConnection,
    sign_in: SignInId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "UPDATE sign_ins SET last_seen_at = ? WHERE id = ?",
        now,
        sign_in
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A new sign-in of one device.
#[derive(Debug)]
pub(in crate::access) struct NewSignIn<'a> {
    pub account: AccountId,
    pub token_hash: &'a [u8],
    pub device: &'a str,
    pub now: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

pub(in crate::access) async fn insert_sign_in(
    connection: &mut SqliteConnection,
    new: NewSignIn<'_>,
) -> sqlx::Result<SignInId> {
    query_scalar!(
        r#"INSERT INTO sign_ins (account_id, token_hash, device, created_at, last_seen_at, expires_at)
           VALUES (?1, ?2, ?3, ?4, ?4, ?5) RETURNING id AS "id!: SignInId""#,
        new.account,
        new.token_hash,
        new.device,
        new.now,
        new.expires_at,
    )
    .fetch_one(connection)
    .await
}

pub(in crate::access) async fn end_sign_in(
    connection: &mut SqliteConnection,
    account: AccountId,
    sign_in: SignInId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = query!(
        "UPDATE sign_ins SET ended_at = ? WHERE id = ? AND account_id = ? AND ended_at IS NULL",
        now,
        sign_in,
        account,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes back the lists that a device has taken along, for it is signed out by somebody elsewhere.
///
/// The table is that of `offline`; here, because no sign-in may end that way without it.
pub(in crate::access) async fn revoke_rosters(
    connection: &mut SqliteConnection,
    sign_in: SignInId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "UPDATE offline_rosters SET revoked_at = ? WHERE sign_in_id = ? AND revoked_at IS NULL",
        now,
        sign_in,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends every sign-in of an account but one (`None`: every one), and takes back the lists that were
/// taken along there.
pub(in crate::access) async fn end_sign_ins(
    connection: &mut SqliteConnection,
    account: AccountId,
    but: Option<SignInId>,
    now: DateTime<Utc>,
) -> sqlx::Result<u64> {
    query!(
        "UPDATE offline_rosters SET revoked_at = ?
         WHERE account_id = ? AND sign_in_id IS NOT ? AND revoked_at IS NULL",
        now,
        account,
        but,
    )
    .execute(&mut *connection)
    .await?;
    let done = query!(
        "UPDATE sign_ins SET ended_at = ? WHERE account_id = ? AND ended_at IS NULL AND id IS NOT ?",
        now,
        account,
        but,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected())
}

/// One device of an account, as its owner recognises it.
#[derive(Debug)]
pub struct Device {
    /// The sign-in.
    pub id: SignInId,
    /// What the browser said of itself.
    pub device: String,
    /// When it was signed in.
    pub created_at: DateTime<Utc>,
    /// When it was last seen, to the hour.
    pub last_seen_at: DateTime<Utc>,
}

/// Where an account is signed in, last seen first; 100 at most.
pub(in crate::access) async fn devices(
    connection: &mut SqliteConnection,
    account: AccountId,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Device>> {
    query_as!(
        Device,
        "SELECT id, device, created_at, last_seen_at FROM sign_ins
         WHERE account_id = ? AND ended_at IS NULL AND expires_at > ?
         ORDER BY last_seen_at DESC, id DESC LIMIT 100",
        account,
        now,
    )
    .fetch_all(connection)
    .await
}
