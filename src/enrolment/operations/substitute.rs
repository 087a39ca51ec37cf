//! One person in the place of another: an institution sends somebody else.

use sqlx::SqliteConnection;

use super::{
    Change, Entered, StepReason,
    enter::{check_person, enter_in_place, must_be_cleared, refuse_second, traits},
    fill_free_seats, permit_about, seating, still_changes, take,
    tell::{News, tell},
};
use crate::{
    access::{ManageEnrolments, Viewer},
    courses::{EditionHeader, visible_header},
    enrolment::{
        EnrolmentId, EnrolmentState,
        queries::{self, Standing},
        state::Step,
    },
    error::{AppError, Reason},
    people::PersonId,
    server::AppState,
};

/// Withdraws somebody, with a reason they are told, and gives their place to another person: the
/// seat, the place on the waiting list, or the request. Nobody who waits comes in between.
///
/// `WrongEnrolmentState` for who has no place, `HasAttendance` for who attended already; for the
/// other person what stands against enrolling them, and quotas: `GroupFull`, `SeatsReserved`.
pub async fn substitute(
    state: &AppState,
    viewer: &Viewer,
    enrolment: EnrolmentId,
    person: PersonId,
    reason: &StepReason,
) -> Result<Entered, AppError> {
    let mut tx = state.database.write().await?;
    let leaving = queries::standing(&mut tx, enrolment)
        .await?
        .ok_or(AppError::NotFound)?;
    let action = ManageEnrolments(leaving.edition);
    let permit = permit_about(&mut tx, viewer, &leaving, action).await?;
    let edition = visible_header(&mut tx, Some(viewer), leaving.edition).await?;
    still_changes(&edition)?;
    if queries::has_attended(&mut tx, leaving.id).await? {
        return Err(Reason::HasAttendance.into());
    }
    refuse_second(&mut tx, &edition, person).await?;
    check_person(&mut tx, &permit, &edition, person).await?;
    let change = Change {
        enrolment: leaving,
        step: Step::Withdraw,
        reason: Some(reason.as_str()),
    };
    take(&mut tx, state.clock.now(), &permit, change).await?;
    must_fit(&mut tx, &edition, &leaving, person).await?;
    let entered = enter_in_place(state, &mut tx, &permit, &edition, (person, leaving)).await?;
    let whom = leaving.whom();
    tell(state, &mut tx, whom, &edition, News::Withdrawn(reason)).await?;
    // The seat that somebody was offered is free again.
    fill_free_seats(state, &mut tx, &permit, &edition).await?;
    tx.commit().await?;
    Ok(entered)
}

/// Refuses who may not have the seat that is given up.
async fn must_fit(
    connection: &mut SqliteConnection,
    edition: &EditionHeader,
    leaving: &Standing,
    person: PersonId,
) -> Result<(), AppError> {
    if leaving.state != EnrolmentState::Enrolled {
        return Ok(());
    }
    let who = traits(connection, person).await?;
    must_be_cleared(connection, edition, person, &who).await?;
    // Seats that were taken away meanwhile put nobody out: one leaves and one comes.
    let seating = seating(connection, edition).await?.with_one_free();
    let admitted = seating.admits(&who);
    admitted.map_err(|why| Reason::from(why).into())
}
