//! Rules and transactions of attendance.

mod mark;
mod results;
mod session;
mod viewer;

use chrono::{DateTime, Duration, Utc};
use sqlx::SqliteConnection;

use super::{
    MarkStatus,
    queries::{self, MarkedSession},
    standing::Standing,
};
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

/// How long before a session begins people who arrive may be marked.
pub(super) const EARLY: Duration = Duration::minutes(60);

/// Refuses to say of a session that has not begun who was there. Who is excused may be said before.
pub(super) fn must_have_begun(
    session: &MarkedSession,
    status: MarkStatus,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let ahead = now + EARLY < session.starts_at;
    match status {
        MarkStatus::Excused | MarkStatus::NotTaken => Ok(()),
        _ if ahead => Err(Reason::SessionNotBegun.into()),
        _ => Ok(()),
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
