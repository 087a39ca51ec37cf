//! All SQL of attendance without a connection: lists here, what came in from them in [`marks`],
//! what waits for a decision in [`queue`].

mod marks;
mod own_data;
mod queue;

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

pub(crate) use self::own_data::own_data;
pub use self::{marks::*, queue::*};
use super::RosterId;
use crate::{
    access::{AccountId, SignInId},
    attendance::MarkStatus,
    courses::EditionId,
    enrolment::EnrolmentId,
    sessions::SessionId,
};

/// A list that is taken along.
#[derive(Debug)]
pub(super) struct NewRoster<'a> {
    pub account: AccountId,
    pub sign_in: SignInId,
    pub session: SessionId,
    pub phone: &'a str,
    pub token_hash: &'a [u8],
    pub now: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// Keeps that a list was taken, with the newest mark of its session.
pub(super) async fn insert_roster(
    connection: &mut SqliteConnection,
    new: NewRoster<'_>,
) -> sqlx::Result<RosterId> {
    query_scalar!(
        r#"INSERT INTO offline_rosters (account_id, sign_in_id, session_id, phone, token_hash,
                                        taken_at, seen_mark_id, expires_at, last_seen_at)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6,
                   (SELECT max(id) FROM attendance_marks WHERE session_id = ?3), ?7, ?6)
           RETURNING id AS "id!: RosterId""#,
        new.account,
        new.sign_in,
        new.session,
        new.phone,
        new.token_hash,
        new.now,
        new.expires_at,
    )
    .fetch_one(connection)
    .await
}

/// What stands of those who take part in a session's edition.
pub(super) async fn standing(
    connection: &mut SqliteConnection,
    session: SessionId,
) -> sqlx::Result<Vec<(EnrolmentId, MarkStatus, i64)>> {
    let rows = query!(
        "SELECT enrolment_id, status, minutes FROM attendance_standing WHERE session_id = ?",
        session,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.enrolment_id, row.status, row.minutes))
        .collect())
}

/// A list, as handing in asks for it.
#[derive(Clone, Debug)]
pub struct Roster {
    pub id: RosterId,
    pub account: AccountId,
    pub sign_in: SignInId,
    pub session: SessionId,
    pub edition: EditionId,
    pub taken_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub revoked_at: Option<DateTime<Utc>>,
}

/// The list that a token belongs to.
pub(super) async fn roster_by_token(
    connection: &mut SqliteConnection,
    token_hash: &[u8],
) -> sqlx::Result<Option<Roster>> {
    query_as!(
        Roster,
        "SELECT offline_rosters.id, account_id AS account, sign_in_id AS sign_in,
                session_id AS session, sessions.edition_id AS edition, taken_at,
                offline_rosters.expires_at, revoked_at
         FROM offline_rosters JOIN sessions ON sessions.id = offline_rosters.session_id
         WHERE token_hash = ?",
        token_hash,
    )
    .fetch_optional(connection)
    .await
}

/// One list.
pub(super) async fn roster(
    connection: &mut SqliteConnection,
    id: RosterId,
) -> sqlx::Result<Option<Roster>> {
    query_as!(
        Roster,
        "SELECT offline_rosters.id, account_id AS account, sign_in_id AS sign_in,
                session_id AS session, sessions.edition_id AS edition, taken_at,
                offline_rosters.expires_at, revoked_at
         FROM offline_rosters JOIN sessions ON sessions.id = offline_rosters.session_id
         WHERE offline_rosters.id = ?",
        id,
    )
    .fetch_optional(connection)
    .await
}

/// Notes that a phone was heard of, and with `ended` that it has erased its list.
pub(super) async fn heard_of(
    connection: &mut SqliteConnection,
    id: RosterId,
    now: DateTime<Utc>,
    ended: bool,
) -> sqlx::Result<()> {
    query!(
        "UPDATE offline_rosters
         SET last_seen_at = ?1, ended_at = CASE WHEN ?2 THEN coalesce(ended_at, ?1) ELSE ended_at END
         WHERE id = ?3",
        now,
        ended,
        id,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes a list back; `false`: it was before.
pub(super) async fn revoke(
    connection: &mut SqliteConnection,
    id: RosterId,
    now: DateTime<Utc>,
    by: AccountId,
) -> sqlx::Result<bool> {
    let done = query!(
        "UPDATE offline_rosters SET revoked_at = ?, revoked_by = ? WHERE id = ? AND revoked_at IS NULL",
        now,
        by,
        id,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A list on a phone, as pages show it.
#[derive(Clone, Debug)]
pub struct PhoneLine {
    pub id: RosterId,
    pub phone: String,
    pub given_names: String,
    pub paternal_surname: String,
    pub session: SessionId,
    pub title: String,
    pub taken_at: DateTime<Utc>,
    pub last_seen_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
    pub revoked_at: Option<DateTime<Utc>>,
}

/// Which lists on phones are asked for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Phones {
    /// All that took a session's list; with an account, those of it.
    OfSession(SessionId, Option<AccountId>),
    /// Those of an account that may still hold a list at this moment.
    Holding(AccountId, DateTime<Utc>),
}

/// A statement that gives lists on phones, the latest first.
macro_rules! phones {
    ($connection:expr, $which:literal, $($value:expr),+) => {
        query_as!(
            PhoneLine,
            r#"SELECT offline_rosters.id, offline_rosters.phone,
                      people.given_names, people.paternal_surname, session_id AS session,
                      sessions.title, taken_at, offline_rosters.last_seen_at,
                      offline_rosters.expires_at, ended_at, revoked_at
               FROM offline_rosters
               JOIN sessions ON sessions.id = offline_rosters.session_id
               JOIN accounts ON accounts.id = offline_rosters.account_id
               JOIN people ON people.id = accounts.person_id
               WHERE "#
                + $which
                + " ORDER BY offline_rosters.id DESC LIMIT 50",
            $($value),+
        )
        .fetch_all($connection)
        .await
    };
}

/// Lists on phones, the latest first.
pub(super) async fn phones(
    connection: &mut SqliteConnection,
    which: Phones,
) -> sqlx::Result<Vec<PhoneLine>> {
    match which {
        Phones::OfSession(session, account) => phones!(
            connection,
            "offline_rosters.session_id = ?1 AND (?2 IS NULL OR offline_rosters.account_id = ?2)",
            session,
            account
        ),
        Phones::Holding(account, now) => phones!(
            connection,
            "offline_rosters.account_id = ?1 AND ended_at IS NULL AND revoked_at IS NULL
             AND offline_rosters.expires_at > ?2",
            account,
            now
        ),
    }
}

/// How many marks of an edition came in from phones and wait for a decision.
pub(super) async fn count_waiting(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<i64> {
    query_scalar!(
        r#"SELECT count(*) AS "n!: i64" FROM offline_marks
           WHERE edition_id = ? AND outcome = 'refused' AND decision IS NULL"#,
        edition,
    )
    .fetch_one(connection)
    .await
}
