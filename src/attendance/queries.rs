//! All SQL of attendance: marks and what stands after them here, what pages show in [`reading`],
//! grades and tests in [`results`], who has arrived in [`arrival`], what they attended in [`shares`].

mod arrival;
mod own_data;
mod reading;
mod results;
mod shares;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use futures::TryStreamExt as _;
use sqlx::{SqliteConnection, query, query_as, query_scalar};

pub(crate) use self::own_data::own_data;
pub use self::shares::{Remarks, remarks, share_of, shares};
pub(super) use self::{arrival::*, reading::*, results::*};
use super::{
    MarkId, MarkSource, MarkStatus,
    standing::{Mark, Standing},
};
use crate::{
    access::AccountId,
    courses::{EditionId, EditionState, Modality},
    enrolment::{EnrolmentId, EnrolmentState},
    people::PersonId,
    sessions::SessionId,
};

/// A session as marking it needs it.
#[derive(Debug)]
pub(super) struct MarkedSession {
    pub id: SessionId,
    pub edition: EditionId,
    pub state: EditionState,
    pub modality: Modality,
    pub planned_minutes: i64,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
}

pub(super) async fn session(
    connection: &mut SqliteConnection,
    session: SessionId,
) -> sqlx::Result<Option<MarkedSession>> {
    query_as!(
        MarkedSession,
        "SELECT sessions.id, sessions.edition_id AS edition, editions.state, sessions.modality,
                sessions.planned_minutes, sessions.starts_at, sessions.ends_at
         FROM sessions JOIN editions ON editions.id = sessions.edition_id
         WHERE sessions.id = ?",
        session,
    )
    .fetch_optional(connection)
    .await
}

/// The edition, person and state of an enrolment.
pub(super) async fn enrolment(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
) -> sqlx::Result<Option<(EditionId, PersonId, EnrolmentState)>> {
    let row = query!(
        "SELECT edition_id, person_id, state FROM enrolments WHERE id = ?",
        enrolment
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| (row.edition_id, row.person_id, row.state)))
}

/// All marks of one cell, the earliest first.
pub(super) async fn marks_of_cell(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
    session: SessionId,
) -> sqlx::Result<Vec<Mark>> {
    query_as!(
        Mark,
        "SELECT id, status, minutes, account_id AS marker, seen_mark_id AS seen
         FROM attendance_marks WHERE enrolment_id = ? AND session_id = ? ORDER BY id",
        enrolment,
        session,
    )
    .fetch_all(connection)
    .await
}

/// All marks of one session by enrolment, each cell's earliest first.
pub(super) async fn marks_of_session(
    connection: &mut SqliteConnection,
    session: SessionId,
) -> sqlx::Result<BTreeMap<EnrolmentId, Vec<Mark>>> {
    let rows = query!(
        "SELECT enrolment_id, id, status, minutes, account_id, seen_mark_id
         FROM attendance_marks WHERE session_id = ? ORDER BY id",
        session,
    )
    .fetch_all(connection)
    .await?;
    let mut cells: BTreeMap<EnrolmentId, Vec<Mark>> = BTreeMap::new();
    for row in rows {
        cells.entry(row.enrolment_id).or_default().push(Mark {
            id: row.id,
            status: row.status,
            minutes: row.minutes,
            marker: row.account_id,
            seen: row.seen_mark_id,
        });
    }
    Ok(cells)
}

/// Whether a self-paced session has steps that somebody has not done.
///
/// Goes against the direction of the domains for a single question: what the steps are is known to
/// `learning` alone.
pub(super) async fn has_open_steps(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
    session: SessionId,
) -> sqlx::Result<bool> {
    query_scalar!(
        r#"SELECT EXISTS (
               SELECT 1 FROM steps WHERE steps.session_id = ?1 AND NOT EXISTS (
                   SELECT 1 FROM steps_done
                   WHERE steps_done.enrolment_id = ?2 AND steps_done.step_id = steps.id))
               AS "open!: bool""#,
        session,
        enrolment,
    )
    .fetch_one(connection)
    .await
}

/// The mark that a client named by this key, and who made it.
pub(super) async fn mark_by_key(
    connection: &mut SqliteConnection,
    key: &str,
) -> sqlx::Result<Option<(MarkId, Option<AccountId>)>> {
    let row = query!(
        "SELECT id, account_id FROM attendance_marks WHERE client_key = ?",
        key
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| (row.id, row.account_id)))
}

/// A mark to be appended.
#[derive(Debug)]
pub(super) struct MarkRow<'a> {
    pub enrolment: EnrolmentId,
    pub session: SessionId,
    pub status: MarkStatus,
    pub minutes: i64,
    pub source: MarkSource,
    pub account: Option<AccountId>,
    pub at: DateTime<Utc>,
    pub client_key: Option<&'a str>,
    pub seen: Option<MarkId>,
    pub reason: Option<&'a str>,
}

pub(super) async fn insert_mark(
    connection: &mut SqliteConnection,
    row: MarkRow<'_>,
) -> sqlx::Result<MarkId> {
    query_scalar!(
        r#"INSERT INTO attendance_marks (enrolment_id, session_id, status, minutes, source,
                                         account_id, marked_at, client_key, seen_mark_id,
                                         reason)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id AS "id!: MarkId""#,
        row.enrolment,
        row.session,
        row.status,
        row.minutes,
        row.source,
        row.account,
        row.at,
        row.client_key,
        row.seen,
        row.reason,
    )
    .fetch_one(connection)
    .await
}

/// Writes what stands in a cell of a session of `planned` minutes.
pub(super) async fn write_standing(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
    session: SessionId,
    standing: &Standing,
    planned: i64,
) -> sqlx::Result<()> {
    let Some(mark) = standing.stands else {
        query!(
            "DELETE FROM attendance_standing WHERE enrolment_id = ? AND session_id = ?",
            enrolment,
            session
        )
        .execute(connection)
        .await?;
        return Ok(());
    };
    let minutes = mark.worth(planned);
    query!(
        "INSERT INTO attendance_standing (enrolment_id, session_id, mark_id, status, minutes, conflict)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (enrolment_id, session_id)
         DO UPDATE SET mark_id = ?3, status = ?4, minutes = ?5, conflict = ?6",
        enrolment,
        session,
        mark.id,
        mark.status,
        minutes,
        standing.conflict,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Who takes part in an edition and has no standing mark in one of its sessions.
pub(super) async fn not_yet_taken(
    connection: &mut SqliteConnection,
    session: SessionId,
) -> sqlx::Result<Vec<EnrolmentId>> {
    query_scalar!(
        "SELECT enrolments.id FROM sessions
         JOIN enrolments ON enrolments.edition_id = sessions.edition_id
         WHERE sessions.id = ?1 AND enrolments.state IN ('enrolled', 'completed', 'not_completed', 'no_show')
           AND NOT EXISTS (SELECT 1 FROM attendance_standing AS standing
                           WHERE standing.session_id = ?1 AND standing.enrolment_id = enrolments.id)
         ORDER BY enrolments.id",
        session,
    )
    .fetch_all(connection)
    .await
}

/// Cells whose standing row is not what a recount of their marks gives.
pub(super) async fn disagreements(
    connection: &mut SqliteConnection,
) -> sqlx::Result<Vec<(EnrolmentId, SessionId)>> {
    let mut rows = query!(
        r#"SELECT marks.enrolment_id, marks.session_id, marks.id, marks.status, marks.minutes,
                  marks.account_id, marks.seen_mark_id, sessions.planned_minutes,
                  standing.mark_id AS "standing_mark?: MarkId",
                  standing.status AS "standing_status?: MarkStatus",
                  standing.minutes AS "standing_minutes?: i64",
                  standing.conflict AS "standing_conflict?: bool"
           FROM attendance_marks AS marks
           JOIN sessions ON sessions.id = marks.session_id
           LEFT JOIN attendance_standing AS standing
             ON standing.enrolment_id = marks.enrolment_id AND standing.session_id = marks.session_id
           ORDER BY marks.enrolment_id, marks.session_id, marks.id"#
    )
    .fetch(connection);
    let mut wrong = Vec::new();
    let mut last: Option<((EnrolmentId, SessionId), Standing, bool)> = None;
    while let Some(row) = rows.try_next().await? {
        let cell = (row.enrolment_id, row.session_id);
        let before = match last.take() {
            Some((earlier, standing, _)) if earlier == cell => standing,
            Some((earlier, _, sound)) => {
                wrong.extend((!sound).then_some(earlier));
                Standing::default()
            }
            None => Standing::default(),
        };
        let standing = before.after(&Mark {
            id: row.id,
            status: row.status,
            minutes: row.minutes,
            marker: row.account_id,
            seen: row.seen_mark_id,
        });
        let recounted = standing.stands.map(|mark| {
            let minutes = mark.worth(row.planned_minutes);
            (mark.id, mark.status, minutes, standing.conflict)
        });
        let written = row.standing_mark.map(|mark| {
            (
                mark,
                row.standing_status.unwrap_or(MarkStatus::NotTaken),
                row.standing_minutes.unwrap_or_default(),
                row.standing_conflict.unwrap_or_default(),
            )
        });
        last = Some((cell, standing, recounted == written));
    }
    wrong.extend(last.and_then(|(cell, _, sound)| (!sound).then_some(cell)));
    Ok(wrong)
}
