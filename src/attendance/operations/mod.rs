//! Rules and transactions of attendance.

mod mark;
mod results;
mod session;
mod viewer;

use sqlx::SqliteConnection;

use super::{queries, standing::Standing};
use crate::{
    courses::EditionState,
    enrolment::{EnrolmentId, EnrolmentState},
    error::{AppError, Reason},
    sessions::SessionId,
};

pub(super) use self::viewer::*;
pub use self::{
    mark::{NewMark, credit, mark},
    results::record_results,
    session::{Statement, mark_many, mark_rest_present},
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
