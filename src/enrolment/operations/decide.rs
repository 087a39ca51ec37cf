//! The coordinator's decision on requests, one or many at once.

use sqlx::SqliteConnection;

use super::{
    Change, StepReason,
    enter::{must_be_cleared, place_of_newcomer, refuse_staff},
    fill_free_seats, still_changes, take,
    tell::{News, tell},
    why_waiting,
};
use crate::{
    access::{ManageEnrolments, Permit, Viewer, permit},
    courses::{EditionHeader, EditionId, visible_header},
    enrolment::{
        EnrolmentId, EnrolmentState,
        queries::{self, Standing},
        state::Step,
    },
    error::{AppError, Reason},
    server::AppState,
};

/// What is decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A seat, or a place on the waiting list.
    Approve,
    /// No, and why.
    Decline(StepReason),
}

/// What became of each one chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    /// How many got a seat.
    pub enrolled: i64,
    /// How many wait for one.
    pub waiting: i64,
    /// How many were declined.
    pub declined: i64,
    /// Who could not be decided on, "Núñez Quispe, Rosa", and what stood against it.
    pub refused: Vec<(String, Reason)>,
}

/// Decides on the chosen enrolments of one edition, in the order in which they were requested.
///
/// One transaction: if any of them is not of this edition, nothing happens and the answer is
/// `NotFound`. A rule that stands against one of them (it was decided meanwhile, no seat and no
/// waiting list) does not hold up the others; it is told by name. Where only one was chosen, that
/// rule is the answer.
///
/// Whoever waits is next in their order and cannot be approved past it: approving fills free
/// seats, and whoever is not reached keeps waiting. Approving who is offered a seat takes it for
/// them: they answered by telephone.
pub async fn decide(
    state: &AppState,
    viewer: &Viewer,
    edition: EditionId,
    chosen: &[EnrolmentId],
    verdict: &Verdict,
) -> Result<Decided, AppError> {
    let mut tx = state.database.write().await?;
    let permit = permit(&mut tx, viewer, ManageEnrolments(edition)).await?;
    let edition = visible_header(&mut tx, Some(viewer), edition).await?;
    still_changes(&edition)?;
    let rows = in_order(&mut tx, &edition, chosen).await?;
    let mut decided = Decided::default();
    for row in rows {
        match decide_one(state, &mut tx, &permit, &edition, row, verdict).await {
            Ok(EnrolmentState::Enrolled) => decided.enrolled += 1,
            Ok(EnrolmentState::Waiting) => decided.waiting += 1,
            Ok(_) => decided.declined += 1,
            Err(AppError::Conflict(reason)) => {
                let name = queries::person_name(&mut tx, row.person).await?;
                decided.refused.push((name, reason));
            }
            Err(fault) => return Err(fault),
        }
    }
    if let (1, [(_, reason)]) = (chosen.len(), &decided.refused[..]) {
        return Err(reason.clone().into());
    }
    fill_free_seats(state, &mut tx, &permit, &edition).await?;
    tx.commit().await?;
    Ok(decided)
}

/// The chosen rows, each once, by the time of the request.
async fn in_order(
    connection: &mut SqliteConnection,
    edition: &EditionHeader,
    chosen: &[EnrolmentId],
) -> Result<Vec<Standing>, AppError> {
    let mut rows = Vec::with_capacity(chosen.len());
    for &id in chosen {
        let row = queries::standing(connection, id).await?;
        let row = row.filter(|row| row.edition == edition.id);
        rows.push(row.ok_or(AppError::NotFound)?);
    }
    rows.sort_by_key(|row| (row.requested_at, row.id));
    rows.dedup_by_key(|row| row.id);
    Ok(rows)
}

async fn decide_one(
    state: &AppState,
    connection: &mut SqliteConnection,
    permit: &Permit<ManageEnrolments>,
    edition: &EditionHeader,
    row: Standing,
    verdict: &Verdict,
) -> Result<EnrolmentState, AppError> {
    match verdict {
        Verdict::Decline(reason) => decline(state, connection, permit, edition, row, reason).await,
        // They said so to the coordinator.
        Verdict::Approve if row.offered_until.is_some() => {
            accept(state, connection, permit, edition, row).await
        }
        Verdict::Approve if row.state == EnrolmentState::Waiting => {
            fill_free_seats(state, connection, permit, edition).await?;
            let row = queries::standing(connection, row.id).await?;
            Ok(row.ok_or(AppError::NotFound)?.state)
        }
        Verdict::Approve => approve(state, connection, permit, edition, row).await,
    }
}

/// Takes the seat that somebody is offered.
async fn accept(
    state: &AppState,
    connection: &mut SqliteConnection,
    permit: &Permit<ManageEnrolments>,
    edition: &EditionHeader,
    enrolment: Standing,
) -> Result<EnrolmentState, AppError> {
    let (person, who) = (enrolment.person, enrolment.traits());
    must_be_cleared(connection, edition, person, &who).await?;
    let change = Change {
        enrolment,
        step: Step::Enrol,
        reason: None,
    };
    let to = take(connection, state.clock.now(), permit, change).await?;
    let whom = enrolment.whom();
    tell(state, connection, whom, edition, News::Enrolled).await?;
    Ok(to)
}

async fn approve(
    state: &AppState,
    connection: &mut SqliteConnection,
    permit: &Permit<ManageEnrolments>,
    edition: &EditionHeader,
    enrolment: Standing,
) -> Result<EnrolmentState, AppError> {
    if enrolment.state != EnrolmentState::Requested {
        return Err(Reason::WrongEnrolmentState.into());
    }
    refuse_staff(connection, permit, edition, enrolment.person).await?;
    let who = enrolment.traits();
    must_be_cleared(connection, edition, enrolment.person, &who).await?;
    let place =
        place_of_newcomer(state, connection, permit, edition, (enrolment.person, &who)).await?;
    let (step, news) = if place == EnrolmentState::Enrolled {
        (Step::Enrol, News::Enrolled)
    } else {
        let why = why_waiting(connection, edition, enrolment.id).await?;
        (Step::Wait, News::Waiting(why))
    };
    let change = Change {
        enrolment,
        step,
        reason: None,
    };
    let to = take(connection, state.clock.now(), permit, change).await?;
    tell(state, connection, enrolment.whom(), edition, news).await?;
    Ok(to)
}

async fn decline(
    state: &AppState,
    connection: &mut SqliteConnection,
    permit: &Permit<ManageEnrolments>,
    edition: &EditionHeader,
    enrolment: Standing,
    reason: &StepReason,
) -> Result<EnrolmentState, AppError> {
    let change = Change {
        enrolment,
        step: Step::Decline,
        reason: Some(reason.as_str()),
    };
    let to = take(connection, state.clock.now(), permit, change).await?;
    let news = News::Declined(reason);
    tell(state, connection, enrolment.whom(), edition, news).await?;
    Ok(to)
}

/// Declines everybody who asks for a seat or waits for one, because the edition is over; gives
/// their number. In the caller's transaction, with a permit for that edition.
pub async fn decline_open(
    state: &AppState,
    connection: &mut SqliteConnection,
    permit: &Permit<ManageEnrolments>,
    edition: &EditionHeader,
    reason: &StepReason,
) -> Result<i64, AppError> {
    let mut declined = 0;
    let open = queries::open(connection, permit.action().0).await?;
    for row in open.into_iter().filter(|row| !row.state.takes_part()) {
        decline(state, connection, permit, edition, row, reason).await?;
        declined += 1;
    }
    Ok(declined)
}
