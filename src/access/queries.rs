//! All SQL of accounts, sign-ins and of where objects belong.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use super::{AccountId, GrantedRole, SignInId, permit::Place};
use crate::{
    certificates::CertificateId,
    courses::{CourseId, EditionId, EditionState, ProgramId},
    enrolment::EnrolmentId,
    people::PersonId,
    sessions::SessionId,
};

/// A device that is signed in, with its account.
#[derive(Debug)]
pub(super) struct SignedIn {
    pub sign_in: SignInId,
    pub last_seen_at: DateTime<Utc>,
    pub account: AccountId,
    pub person: PersonId,
    pub email: String,
    pub locale: String,
    pub given_names: String,
    pub paternal_surname: String,
}

/// The device that holds a token, unless it was signed out, has expired or its account is disabled.
pub(super) async fn sign_in_by_token(
    connection: &mut SqliteConnection,
    token_hash: &[u8],
    now: DateTime<Utc>,
) -> sqlx::Result<Option<SignedIn>> {
    query_as!(
        SignedIn,
        "SELECT sign_ins.id AS sign_in, sign_ins.last_seen_at, accounts.id AS account,
                accounts.person_id AS person, accounts.email, accounts.locale,
                people.given_names, people.paternal_surname
         FROM sign_ins
         JOIN accounts ON accounts.id = sign_ins.account_id
         JOIN people ON people.id = accounts.person_id
         WHERE sign_ins.token_hash = ? AND sign_ins.ended_at IS NULL AND sign_ins.expires_at > ?
           AND accounts.disabled_at IS NULL",
        token_hash,
        now,
    )
    .fetch_optional(connection)
    .await
}

pub(super) async fn touch_sign_in(
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

/// Roles and the programs they hold in (0 where they hold everywhere).
pub(super) async fn grants(
    connection: &mut SqliteConnection,
    account: AccountId,
) -> sqlx::Result<Vec<(GrantedRole, ProgramId)>> {
    let rows = query!(
        "SELECT role, program_id FROM role_grants WHERE account_id = ?",
        account
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.role, row.program_id))
        .collect())
}

pub(super) async fn facilitated_editions(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> sqlx::Result<Vec<EditionId>> {
    query_scalar!(
        "SELECT edition_id FROM edition_facilitators WHERE person_id = ?",
        person
    )
    .fetch_all(connection)
    .await
}

/// An account as signing in needs it.
#[derive(Debug)]
pub(super) struct Credentials {
    pub id: AccountId,
    pub password_hash: Option<String>,
    pub demo: bool,
}

pub(super) async fn credentials(
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

/// A new sign-in of one device.
#[derive(Debug)]
pub(super) struct NewSignIn<'a> {
    pub account: AccountId,
    pub token_hash: &'a [u8],
    pub device: &'a str,
    pub now: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

pub(super) async fn insert_sign_in(
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

pub(super) async fn end_sign_in(
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

pub(super) async fn program_of_course(
    connection: &mut SqliteConnection,
    course: CourseId,
) -> sqlx::Result<Option<ProgramId>> {
    query_scalar!("SELECT program_id FROM courses WHERE id = ?", course)
        .fetch_optional(connection)
        .await
}

pub(super) async fn program_of_edition(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<Option<ProgramId>> {
    query_scalar!(
        "SELECT courses.program_id FROM editions JOIN courses ON courses.id = editions.course_id
         WHERE editions.id = ?",
        edition,
    )
    .fetch_optional(connection)
    .await
}

pub(super) async fn edition_of_session(
    connection: &mut SqliteConnection,
    session: SessionId,
) -> sqlx::Result<Option<EditionId>> {
    query_scalar!("SELECT edition_id FROM sessions WHERE id = ?", session)
        .fetch_optional(connection)
        .await
}

pub(super) async fn edition_of_enrolment(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
) -> sqlx::Result<Option<EditionId>> {
    query_scalar!("SELECT edition_id FROM enrolments WHERE id = ?", enrolment)
        .fetch_optional(connection)
        .await
}

pub(super) async fn place_of_program(
    connection: &mut SqliteConnection,
    program: ProgramId,
) -> sqlx::Result<Option<Place>> {
    let found = query_scalar!("SELECT id FROM programs WHERE id = ?", program)
        .fetch_optional(connection)
        .await?;
    Ok(found.map(|_| Place {
        program: Some(program),
        ..Place::default()
    }))
}

pub(super) async fn place_of_edition(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<Option<Place>> {
    let row = query!(
        "SELECT courses.program_id, editions.state
         FROM editions JOIN courses ON courses.id = editions.course_id WHERE editions.id = ?",
        edition,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| Place {
        program: Some(row.program_id),
        edition: Some(edition),
        person: None,
        public: row.state != EditionState::Draft,
    }))
}

pub(super) async fn place_of_person(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> sqlx::Result<Option<Place>> {
    let found = query_scalar!("SELECT id FROM people WHERE id = ?", person)
        .fetch_optional(connection)
        .await?;
    Ok(found.map(|_| Place {
        person: Some(person),
        ..Place::default()
    }))
}

pub(super) async fn place_of_certificate(
    connection: &mut SqliteConnection,
    certificate: CertificateId,
) -> sqlx::Result<Option<Place>> {
    let row = query!(
        "SELECT courses.program_id, enrolments.edition_id, enrolments.person_id
         FROM certificates
         JOIN enrolments ON enrolments.id = certificates.enrolment_id
         JOIN editions ON editions.id = enrolments.edition_id
         JOIN courses ON courses.id = editions.course_id
         WHERE certificates.id = ?",
        certificate,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| Place {
        program: Some(row.program_id),
        edition: Some(row.edition_id),
        person: Some(row.person_id),
        public: false,
    }))
}

pub(super) async fn blocked_until(
    connection: &mut SqliteConnection,
    key: &[u8],
) -> sqlx::Result<Option<DateTime<Utc>>> {
    let row = query!(
        "SELECT blocked_until FROM sign_in_failures WHERE key_hash = ?",
        key
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.and_then(|row| row.blocked_until))
}

/// Counts one more failure and gives their number; those before `forgotten_before` do not count.
pub(super) async fn count_failure(
    connection: &mut SqliteConnection,
    key: &[u8],
    now: DateTime<Utc>,
    forgotten_before: DateTime<Utc>,
) -> sqlx::Result<i64> {
    query_scalar!(
        r#"INSERT INTO sign_in_failures (key_hash, failures, last_at) VALUES (?1, 1, ?2)
           ON CONFLICT (key_hash) DO UPDATE SET
               failures = CASE WHEN last_at < ?3 THEN 1 ELSE failures + 1 END, last_at = ?2
           RETURNING failures AS "failures!""#,
        key,
        now,
        forgotten_before,
    )
    .fetch_one(connection)
    .await
}

pub(super) async fn block(
    connection: &mut SqliteConnection,
    key: &[u8],
    until: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "UPDATE sign_in_failures SET blocked_until = ? WHERE key_hash = ?",
        until,
        key
    )
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn has_failures(
    connection: &mut SqliteConnection,
    key: &[u8],
) -> sqlx::Result<bool> {
    let found = query_scalar!(
        "SELECT failures FROM sign_in_failures WHERE key_hash = ?",
        key
    )
    .fetch_optional(connection)
    .await?;
    Ok(found.is_some())
}

pub(super) async fn forget_failures(
    connection: &mut SqliteConnection,
    key: &[u8],
) -> sqlx::Result<()> {
    query!("DELETE FROM sign_in_failures WHERE key_hash = ?", key)
        .execute(connection)
        .await?;
    Ok(())
}
