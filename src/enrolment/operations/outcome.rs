//! Outcomes: written when an edition is closed, taken back when it is reopened.
//!
//! Which outcome somebody has follows from attendance and the course's rule, which are not known
//! here: whoever closes the edition says it.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use super::{Change, StepReason, take};
use crate::{
    access::{ManageEnrolments, Permit},
    enrolment::{
        EnrolmentId, EnrolmentState,
        queries::{self, Standing},
        state::Step,
    },
    error::{AppError, Reason},
};

/// Writes the outcome of somebody who was enrolled: `completed`, `not_completed` or `no_show`.
///
/// In the caller's transaction, with a permit for the enrolment's own edition (`NotFound`
/// otherwise). `WrongEnrolmentState` for any other outcome, and for who is not enrolled.
pub async fn conclude(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    permit: &Permit<ManageEnrolments>,
    enrolment: EnrolmentId,
    outcome: EnrolmentState,
) -> Result<(), AppError> {
    let step = Step::to_outcome(outcome).ok_or(Reason::WrongEnrolmentState)?;
    let change = Change {
        enrolment: of_edition(connection, permit, enrolment).await?,
        step,
        reason: None,
    };
    take(connection, now, permit, change).await?;
    Ok(())
}

/// Opens an outcome again: the person is enrolled as before. Same conditions as [`conclude`].
pub async fn resume(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    permit: &Permit<ManageEnrolments>,
    enrolment: EnrolmentId,
    reason: &StepReason,
) -> Result<(), AppError> {
    let change = Change {
        enrolment: of_edition(connection, permit, enrolment).await?,
        step: Step::Resume,
        reason: Some(reason.as_str()),
    };
    take(connection, now, permit, change).await?;
    Ok(())
}

async fn of_edition(
    connection: &mut SqliteConnection,
    permit: &Permit<ManageEnrolments>,
    enrolment: EnrolmentId,
) -> Result<Standing, AppError> {
    let found = queries::standing(connection, enrolment).await?;
    found
        .filter(|found| found.edition == permit.action().0)
        .ok_or(AppError::NotFound)
}
