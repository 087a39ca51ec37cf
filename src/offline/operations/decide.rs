//! Deciding about marks that were refused.

use serde_json::json;
use sqlx::SqliteConnection;

use super::weigh::{Weighed, Word, weigh};
use crate::{
    access::{ManageEnrolments, Permit, TakeAttendance, Viewer, permit},
    attendance::HandIn,
    audit::{self, Event},
    check_in,
    courses::EditionId,
    enrolment::EnrolmentId,
    error::{AppError, Reason},
    offline::{
        OfflineMarkId, Outcome, Refusal,
        queries::{self, Decided, Roster, Waiting},
    },
    server::{AppState, WriteTx},
    values::Text,
};

/// Why a mark is dismissed.
pub type Dismissal = Text<500>;

/// A refused mark for whoever decides; for everybody else it is not there.
async fn open(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    id: OfflineMarkId,
) -> Result<(Waiting, Permit<ManageEnrolments>), AppError> {
    let mark = queries::waiting(connection, id)
        .await?
        .ok_or(AppError::NotFound)?;
    match permit(connection, viewer, ManageEnrolments(mark.edition)).await {
        Ok(permit) => Ok((mark, permit)),
        Err(AppError::Forbidden) => Err(AppError::NotFound),
        Err(error) => Err(error),
    }
}

/// Hands a refused mark in again, vouching for who made it: all rules are asked but whether the
/// phone's list was taken back and whether its owner may still mark. Gives the edition, and the rule
/// that still stands against it.
///
/// # Errors
/// `ChangedMeanwhile` once somebody has decided.
pub async fn accept(
    state: &AppState,
    viewer: &Viewer,
    id: OfflineMarkId,
) -> Result<(EditionId, Option<Refusal>), AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let (mark, manages) = open(&mut tx, viewer, id).await?;
    if !mark.open {
        return Err(Reason::ChangedMeanwhile.into());
    }
    let takes = permit(&mut tx, viewer, TakeAttendance(mark.edition)).await?;
    let roster = queries::roster(&mut tx, mark.roster).await?;
    let roster = roster.ok_or(AppError::NotFound)?;
    let mut batch = HandIn::begin(&mut tx, &takes, roster.session).await?;
    let who = who(state, &mut tx, &mark).await?;
    let weighed = again(&mut tx, &mut batch, &roster, &mark, who).await?;
    batch.record(&mut tx, now).await?;
    let (outcome, made, refusal) = match weighed {
        Weighed::Applied(made) => (Outcome::Applied, Some(made), None),
        Weighed::Superseded => (Outcome::Superseded, None, None),
        Weighed::Refused(refusal) => (Outcome::Refused, None, Some(refusal)),
    };
    let decided = Decided {
        outcome,
        reason: refusal.or(mark.reason),
        mark: made,
        enrolment: if refusal.is_some() {
            mark.enrolment
        } else {
            who.ok()
        },
        decision: refusal.is_none().then_some("accepted"),
        note: None,
        at: now,
        by: manages.account(),
    };
    queries::decide(&mut tx, id, decided).await?;
    if refusal.is_none() {
        let event = Event::new("offline_mark_accept", "offline_mark", id.get())
            .before(&json!({ "state": Outcome::Refused, "reason": mark.reason }))
            .after(&json!({ "state": outcome }));
        audit::record_permitted(&mut tx, now, &manages, event).await?;
    }
    tx.commit().await?;
    Ok((mark.edition, refusal))
}

/// By which enrolment somebody is meant now: who was not enrolled when they were scanned may be.
async fn who(
    state: &AppState,
    tx: &mut WriteTx,
    mark: &Waiting,
) -> Result<Result<EnrolmentId, Refusal>, AppError> {
    if let Some(enrolment) = mark.enrolment {
        let now = queries::enrolment_now(tx, mark.edition, enrolment).await?;
        return Ok(Ok(now.unwrap_or(enrolment)));
    }
    let code = mark.code.as_deref();
    let Some(code) = code.and_then(|code| state.secrets.open(code)) else {
        return Ok(Err(Refusal::NotEnrolled));
    };
    let Some(person) = check_in::holder(state, tx, &code).await? else {
        return Ok(Err(Refusal::UnknownCode));
    };
    let found = queries::enrolment_of(tx, mark.edition, person).await?;
    Ok(found.ok_or(Refusal::NotEnrolled))
}

async fn again(
    tx: &mut WriteTx,
    batch: &mut HandIn<'_>,
    roster: &Roster,
    mark: &Waiting,
    who: Result<EnrolmentId, Refusal>,
) -> Result<Weighed, AppError> {
    if mark.session != Some(roster.session) {
        return Ok(Weighed::Refused(Refusal::ForeignSession));
    }
    let enrolment = match who {
        Ok(enrolment) => enrolment,
        Err(refusal) => return Ok(Weighed::Refused(refusal)),
    };
    let word = Word {
        uuid: &mark.uuid,
        seq: mark.seq,
        enrolment,
        status: mark.status,
        minutes: mark.minutes,
        at: mark.corrected_at,
    };
    weigh(tx, batch, roster, word).await
}

/// Dismisses a refused mark: it stays where it is, with the reason. Gives the edition.
pub async fn dismiss(
    state: &AppState,
    viewer: &Viewer,
    id: OfflineMarkId,
    note: &Dismissal,
) -> Result<EditionId, AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let (mark, manages) = open(&mut tx, viewer, id).await?;
    if !mark.open {
        return Err(Reason::ChangedMeanwhile.into());
    }
    let decided = Decided {
        outcome: Outcome::Refused,
        reason: mark.reason,
        mark: None,
        enrolment: mark.enrolment,
        decision: Some("dismissed"),
        note: Some(note.as_str()),
        at: now,
        by: manages.account(),
    };
    queries::decide(&mut tx, id, decided).await?;
    let event = Event::new("offline_mark_dismiss", "offline_mark", id.get())
        .before(&json!({ "state": Outcome::Refused }))
        .after(&json!({ "state": "dismissed", "reason": note }));
    audit::record_permitted(&mut tx, now, &manages, event).await?;
    tx.commit().await?;
    Ok(mark.edition)
}
