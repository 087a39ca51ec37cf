//! People who came without being enrolled.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use crate::{
    access::AccountId,
    check_in::{WalkInId, WalkInState},
    courses::EditionId,
    enrolment::{EnrolmentId, EnrolmentState},
    people::PersonId,
    sessions::SessionId,
};

/// A walk-in as it is decided.
#[derive(Clone, Debug)]
pub struct WalkIn {
    pub id: WalkInId,
    pub session: SessionId,
    pub edition: EditionId,
    pub entry: Option<Vec<u8>>,
    pub state: WalkInState,
}

pub async fn walk_in(
    connection: &mut SqliteConnection,
    id: WalkInId,
) -> sqlx::Result<Option<WalkIn>> {
    query_as!(
        WalkIn,
        "SELECT walk_ins.id, walk_ins.session_id AS session, sessions.edition_id AS edition,
                walk_ins.entry, walk_ins.state
         FROM walk_ins JOIN sessions ON sessions.id = walk_ins.session_id WHERE walk_ins.id = ?",
        id,
    )
    .fetch_optional(connection)
    .await
}

/// A walk-in that comes in.
#[derive(Debug)]
pub struct NewWalkIn<'a> {
    pub session: SessionId,
    pub entry: &'a [u8],
    pub digest: &'a [u8],
    pub account: Option<AccountId>,
    pub now: DateTime<Utc>,
}

/// Keeps a walk-in; `None`: the same was there before.
pub async fn insert_walk_in(
    connection: &mut SqliteConnection,
    new: NewWalkIn<'_>,
) -> sqlx::Result<Option<WalkInId>> {
    query_scalar!(
        r#"INSERT INTO walk_ins (session_id, entry, digest, account_id, created_at, state)
           VALUES (?, ?, ?, ?, ?, 'waiting')
           ON CONFLICT (session_id, digest) DO NOTHING RETURNING id AS "id!: WalkInId""#,
        new.session,
        new.entry,
        new.digest,
        new.account,
        new.now,
    )
    .fetch_optional(connection)
    .await
}

/// A line of a session's walk-ins.
#[derive(Clone, Debug)]
pub struct Listed {
    pub id: WalkInId,
    pub entry: Option<Vec<u8>>,
    pub created_at: DateTime<Utc>,
    pub state: WalkInState,
    pub reason: Option<String>,
    pub enrolment: Option<EnrolmentId>,
    pub given_names: Option<String>,
    pub paternal_surname: Option<String>,
    pub maternal_surname: Option<String>,
}

/// The walk-ins of a session, those that wait first; with an account, those it wrote itself.
pub async fn of_session(
    connection: &mut SqliteConnection,
    session: SessionId,
    account: Option<AccountId>,
) -> sqlx::Result<Vec<Listed>> {
    query_as!(
        Listed,
        r#"SELECT walk_ins.id, entry, walk_ins.created_at, state, reason,
                  enrolment_id AS enrolment, people.given_names AS "given_names?",
                  people.paternal_surname AS "paternal_surname?",
                  people.maternal_surname AS "maternal_surname?"
           FROM walk_ins LEFT JOIN people ON people.id = walk_ins.person_id
           WHERE session_id = ?1 AND (?2 IS NULL OR account_id = ?2)
           ORDER BY state <> 'waiting', walk_ins.id LIMIT 300"#,
        session,
        account,
    )
    .fetch_all(connection)
    .await
}

/// How many of a session wait for a decision.
pub async fn waiting(connection: &mut SqliteConnection, session: SessionId) -> sqlx::Result<i64> {
    query_scalar!(
        r#"SELECT count(*) AS "n!: i64" FROM walk_ins WHERE session_id = ? AND state = 'waiting'"#,
        session,
    )
    .fetch_one(connection)
    .await
}

/// What was decided about a walk-in.
#[derive(Debug)]
pub struct Decided<'a> {
    pub state: WalkInState,
    pub at: DateTime<Utc>,
    pub by: Option<AccountId>,
    pub reason: Option<&'a str>,
    pub person: Option<PersonId>,
    pub enrolment: Option<EnrolmentId>,
}

/// Keeps a decision and erases what was written; `false`: it was decided before.
pub async fn decide(
    connection: &mut SqliteConnection,
    id: WalkInId,
    decided: Decided<'_>,
) -> sqlx::Result<bool> {
    let done = query!(
        "UPDATE walk_ins SET entry = NULL, state = ?, decided_at = ?, decided_by = ?, reason = ?,
                person_id = ?, enrolment_id = ?
         WHERE id = ? AND state = 'waiting'",
        decided.state,
        decided.at,
        decided.by,
        decided.reason,
        decided.person,
        decided.enrolment,
        id,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Erases what nobody has decided since a moment.
pub async fn lapse_before(
    connection: &mut SqliteConnection,
    since: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "UPDATE walk_ins SET entry = NULL, state = 'lapsed'
         WHERE state = 'waiting' AND created_at < ?",
        since,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The active enrolment of a person in an edition.
pub async fn active_enrolment(
    connection: &mut SqliteConnection,
    edition: EditionId,
    person: PersonId,
) -> sqlx::Result<Option<(EnrolmentId, EnrolmentState)>> {
    let row = query!(
        r#"SELECT id AS "id!: EnrolmentId", state FROM enrolments
           WHERE edition_id = ? AND person_id = ? AND state NOT IN ('declined', 'withdrawn')
           ORDER BY id DESC LIMIT 1"#,
        edition,
        person,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| (row.id, row.state)))
}
