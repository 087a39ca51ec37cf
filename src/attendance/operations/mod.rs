//! Rules and transactions of attendance.

mod check_in;
mod handed_in;
mod mark;
mod reported;
mod results;
mod session;
mod signed;
mod viewer;

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use super::{
    MarkStatus,
    arrival::EARLY,
    queries::{self, MarkedSession},
    standing::Standing,
};
use crate::{
    access::{Action, Permit},
    courses::{EditionState, Modality},
    enrolment::{EnrolmentId, EnrolmentState, operations::is_own},
    error::{AppError, Fault, Reason},
    sessions::SessionId,
    values::Text,
};

pub(super) use self::viewer::*;
pub use self::{
    check_in::{Arrival, CheckedIn, arrival, check_in, check_in_person},
    handed_in::{HandIn, Said},
    mark::{NewMark, credit, mark},
    reported::{Reported, mark_reported},
    results::record_results,
    session::{Statement, mark_many, mark_rest_present},
    signed::mark_signed,
};

/// Cells whose standing row is not what a recount of their marks gives: none, unless somebody
/// changed the database by hand.
pub async fn disagreements(
    connection: &mut SqliteConnection,
) -> Result<Vec<(EnrolmentId, SessionId)>, AppError> {
    Ok(queries::disagreements(connection).await?)
}

/// Refuses a closed or cancelled edition.
pub(super) fn must_be_open(state: EditionState) -> Result<(), AppError> {
    match state {
        EditionState::Closed | EditionState::Cancelled => Err(Reason::EditionClosed.into()),
        EditionState::Draft
        | EditionState::Announced
        | EditionState::Enrolling
        | EditionState::Running => Ok(()),
    }
}

/// Refuses whoever says something about themselves.
pub(super) async fn refuse_own<A: Action>(
    connection: &mut SqliteConnection,
    permit: &Permit<A>,
    enrolment: EnrolmentId,
) -> Result<(), AppError> {
    if is_own(connection, permit, enrolment).await? {
        return Err(Reason::OwnRecord.into());
    }
    Ok(())
}

/// Whether it is too early to say who was there.
pub fn is_ahead(starts_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now + EARLY < starts_at
}

/// Whether this may be said of a session that has not begun: who is excused is known before.
pub(super) const fn said_ahead(status: MarkStatus) -> bool {
    matches!(status, MarkStatus::Excused | MarkStatus::NotTaken)
}

/// Refuses to say of a session that has not begun who was there.
pub(super) fn must_have_begun(
    session: &MarkedSession,
    status: MarkStatus,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    if said_ahead(status) || !is_ahead(session.starts_at, now) {
        Ok(())
    } else {
        Err(Reason::SessionNotBegun.into())
    }
}

/// Why somebody is marked present who has not done the steps.
pub type MarkReason = Text<500>;

/// Refuses without a reason to say that somebody was present in a self-paced session whose steps
/// they have not done: it marks by itself who has.
pub(super) async fn must_be_done(
    connection: &mut SqliteConnection,
    session: &MarkedSession,
    enrolment: EnrolmentId,
    status: MarkStatus,
    reason: Option<&MarkReason>,
) -> Result<(), AppError> {
    let unproved = session.modality == Modality::SelfPaced && status.attended() && reason.is_none();
    if unproved && queries::has_open_steps(connection, enrolment, session.id).await? {
        return Err(AppError::field("reason", Fault::ReasonNeeded));
    }
    Ok(())
}

/// Whether somebody in this state is on the list of those who may be marked. The outcomes stay on
/// it, because a closed edition may be reopened to mend a mark.
pub(super) const fn takes_part(state: EnrolmentState) -> bool {
    match state {
        EnrolmentState::Enrolled
        | EnrolmentState::Completed
        | EnrolmentState::NotCompleted
        | EnrolmentState::NoShow => true,
        EnrolmentState::Requested
        | EnrolmentState::Waiting
        | EnrolmentState::Declined
        | EnrolmentState::Withdrawn => false,
    }
}
