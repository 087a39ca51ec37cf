//! The rules of enrolling. Every function here works in one writing transaction: seats are counted
//! where they are taken, so two people never get the same one.
//!
//! Order of a change: the permit, the edition, the step, its event and audit event, then whoever
//! is next on the waiting list, then the messages; all of it stands or nothing does.

mod cancel;
mod decide;
mod enter;
mod nominated;
mod offers;
mod outcome;
mod quotas;
pub mod reminders;
mod seats;
mod substitute;
mod tell;
mod withdraw;

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::SqliteConnection;

pub(super) use self::seats::next_in_turn;
pub use self::{
    cancel::{Told, cancel_edition},
    decide::{Decided, Verdict, decide, decline_open},
    enter::{Entered, could_enter, enrol_other, enrol_walk_in, request, tell_entry, traits},
    nominated::Nominees,
    offers::{Offer, answer_offer, end_offers, offer_of},
    outcome::{conclude, resume},
    quotas::{remove_quota, set_quota},
    seats::{fill, fill_free_seats, no_seat_for, seating, update_edition, why_waiting},
    substitute::substitute,
    tell::samples as sample_letters,
    withdraw::{withdraw, withdraw_other},
};
use super::{
    EnrolmentId, EnrolmentState,
    queries::{self, Standing},
    state::{self, Step},
};
use crate::{
    access::{Action, Permit, ReadRoster, Viewer, may, permit},
    audit,
    courses::{EditionHeader, EditionState},
    error::{AppError, Reason},
    values::Text,
};

/// Why a step was taken, as history keeps it and the person is told.
pub type StepReason = Text<500>;

/// A step about to be taken.
#[derive(Debug)]
struct Change<'a> {
    enrolment: Standing,
    step: Step,
    reason: Option<&'a str>,
}

/// What the audit trail keeps of a step.
#[derive(Serialize)]
struct Recorded<'a> {
    state: Option<EnrolmentState>,
    reason: Option<&'a str>,
}

/// Takes one step: the state, the event and the audit event. The only place that changes a state.
///
/// `WrongEnrolmentState` when the step cannot be taken from where the enrolment stands now.
async fn take<A: Action>(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    permit: &Permit<A>,
    change: Change<'_>,
) -> Result<EnrolmentState, AppError> {
    let Change {
        enrolment,
        step,
        reason,
    } = change;
    let to = state::after(enrolment.state, step)?;
    if !queries::change_state(connection, &enrolment, to, now).await? {
        return Err(Reason::WrongEnrolmentState.into());
    }
    let event = queries::NewEvent {
        enrolment: enrolment.id,
        at: now,
        account: permit.account(),
        from: Some(enrolment.state),
        to,
        reason,
    };
    queries::insert_event(connection, event).await?;
    let recorded = |state, reason| Recorded {
        state: Some(state),
        reason,
    };
    let event = audit::Event::new(step.audit_action(), "enrolment", enrolment.id.get())
        .program(Some(enrolment.program))
        .before(&recorded(enrolment.state, None))
        .after(&recorded(to, reason));
    audit::record_permitted(connection, now, permit, event).await?;
    Ok(to)
}

/// Whether whoever holds the permit would write their own record: nobody marks, grades or
/// certifies themselves.
pub async fn is_own<A: Action>(
    connection: &mut SqliteConnection,
    permit: &Permit<A>,
    enrolment: EnrolmentId,
) -> Result<bool, AppError> {
    match permit.account() {
        Some(account) => Ok(queries::is_of_account(connection, enrolment, account).await?),
        None => Ok(false),
    }
}

/// Nothing changes in an edition that is closed or cancelled, and nobody is in a draft: they would
/// be told of an edition that they cannot see.
pub fn still_changes(edition: &EditionHeader) -> Result<(), Reason> {
    match edition.state {
        EditionState::Closed => Err(Reason::EditionClosed),
        EditionState::Draft | EditionState::Cancelled => Err(Reason::WrongEditionState),
        EditionState::Announced | EditionState::Enrolling | EditionState::Running => Ok(()),
    }
}

/// A permit about one enrolment. Who may not even know of it is told that there is none, though
/// the edition it is in may be public.
async fn permit_about<A: Action>(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    enrolment: &Standing,
    action: A,
) -> Result<Permit<A>, AppError> {
    match permit(connection, viewer, action).await {
        Err(AppError::Forbidden) if !knows_of(connection, viewer, enrolment).await? => {
            Err(AppError::NotFound)
        }
        answer => answer,
    }
}

async fn knows_of(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    enrolment: &Standing,
) -> Result<bool, AppError> {
    let place = ReadRoster(enrolment.edition).place(connection).await?;
    Ok(viewer.person == enrolment.person || may(viewer, ReadRoster::KIND, place))
}
