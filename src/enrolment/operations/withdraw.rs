//! Stepping back, by oneself or by the coordinator.

use super::{
    Change, StepReason, fill_free_seats, permit_about, still_changes, take,
    tell::{News, tell},
};
use crate::{
    access::{ActAsParticipant, ManageEnrolments, Viewer},
    courses::{EditionId, visible_header},
    enrolment::{EnrolmentId, queries, state::Step},
    error::{AppError, Reason},
    server::AppState,
};

/// Withdraws one's own enrolment; a seat that is freed goes to whoever waits longest.
///
/// Once the person has attended anything, only the coordinator can withdraw them: what was
/// attended stays in the record with a reason beside it.
pub async fn withdraw(
    state: &AppState,
    viewer: &Viewer,
    enrolment: EnrolmentId,
) -> Result<EditionId, AppError> {
    let mut tx = state.database.write().await?;
    let enrolment = queries::standing(&mut tx, enrolment)
        .await?
        .ok_or(AppError::NotFound)?;
    let action = ActAsParticipant(enrolment.person);
    let permit = permit_about(&mut tx, viewer, &enrolment, action).await?;
    let edition = visible_header(&mut tx, None, enrolment.edition).await?;
    still_changes(&edition)?;
    if queries::has_attended(&mut tx, enrolment.id).await? {
        return Err(Reason::HasAttendance.into());
    }
    let change = Change {
        enrolment,
        step: Step::Withdraw,
        reason: None,
    };
    take(&mut tx, state.clock.now(), &permit, change).await?;
    fill_free_seats(state, &mut tx, &permit, &edition).await?;
    tx.commit().await?;
    Ok(edition.id)
}

/// Withdraws somebody on the coordinator's word, whose reason the person is told.
pub async fn withdraw_other(
    state: &AppState,
    viewer: &Viewer,
    enrolment: EnrolmentId,
    reason: &StepReason,
) -> Result<EditionId, AppError> {
    let mut tx = state.database.write().await?;
    let enrolment = queries::standing(&mut tx, enrolment)
        .await?
        .ok_or(AppError::NotFound)?;
    let action = ManageEnrolments(enrolment.edition);
    let permit = permit_about(&mut tx, viewer, &enrolment, action).await?;
    let edition = visible_header(&mut tx, Some(viewer), enrolment.edition).await?;
    still_changes(&edition)?;
    let change = Change {
        enrolment,
        step: Step::Withdraw,
        reason: Some(reason.as_str()),
    };
    take(&mut tx, state.clock.now(), &permit, change).await?;
    let news = News::Withdrawn(reason);
    tell(state, &mut tx, enrolment.whom(), &edition, news).await?;
    fill_free_seats(state, &mut tx, &permit, &edition).await?;
    tx.commit().await?;
    Ok(edition.id)
}
