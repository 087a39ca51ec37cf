//! Taking an enrolled list back, and giving one up.

use serde_json::json;
use sqlx::SqliteConnection;

use super::open;
use crate::{
    access::{ManagePerson, Permit, Viewer, permit_on_person},
    audit,
    courses::{EditionId, visible_header},
    enrolment::operations::{fill_free_seats, still_changes},
    error::{AppError, Reason},
    nomination::{NominationId, NominationState, Outcome, queries},
    people::operations::{Begun, take_back_affiliation},
    server::AppState,
};

/// Takes an enrolled list back as a whole: its enrolments, and the people it brought into the
/// register. `InUse` where anything has come to depend on one of them.
pub async fn undo(state: &AppState, viewer: &Viewer, id: NominationId) -> Result<(), AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let (nomination, permit) = open(&mut tx, viewer, id).await?;
    let edition = visible_header(&mut tx, Some(viewer), nomination.edition).await?;
    still_changes(&edition)?;
    if nomination.told_at.is_some() {
        return Err(Reason::NominationInUse.into());
    }
    let before: Vec<(Outcome, i64)> = queries::outcomes(&mut tx, id).await?;
    let states = (NominationState::Applied, NominationState::Undone);
    if !queries::change_state(&mut tx, id, states, now).await? {
        return Err(Reason::NominationClosed.into());
    }
    let changed = queries::changed_since(&mut tx, id, nomination.state_at).await?;
    let in_use = queries::begun_in_use(&mut tx, id, nomination.state_at).await?;
    let begun = begun(&mut tx, viewer, id).await?;
    let free = changed == 0 && in_use == 0;
    if !free || !queries::take_back(&mut tx, id).await? {
        return Err(Reason::NominationInUse.into());
    }
    for (permit, begun) in begun {
        take_back_affiliation(&mut tx, now, &permit, begun).await?;
    }
    queries::erase_cells(&mut tx, id).await?;
    fill_free_seats(state, &mut tx, &permit, &edition).await?;
    let event = audit::Event::new("nomination_undo", "nomination", id.get())
        .before(&json!({ "outcomes": before }))
        .after(&json!({ "outcomes": [] }));
    audit::record_permitted(&mut tx, now, &permit, event).await?;
    tx.commit().await
}

/// The affiliations that a list began, the last first, with the permits to take them back: asked
/// while the enrolments are still there that make the people the coordinator's own.
async fn begun(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    id: NominationId,
) -> Result<Vec<(Permit<ManagePerson>, Begun)>, AppError> {
    let mut permitted = Vec::new();
    for (person, begun) in queries::begun(connection, id).await? {
        let permit = permit_on_person(connection, viewer, ManagePerson(person)).await?;
        permitted.push((permit, begun));
    }
    Ok(permitted)
}

/// Gives a list up before anybody was enrolled; what it says of people is erased.
pub async fn discard(
    state: &AppState,
    viewer: &Viewer,
    id: NominationId,
) -> Result<EditionId, AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let (nomination, permit) = open(&mut tx, viewer, id).await?;
    let open_states = [NominationState::Columns, NominationState::Checked];
    let states = (nomination.state, NominationState::Discarded);
    if !open_states.contains(&nomination.state)
        || !queries::change_state(&mut tx, id, states, now).await?
    {
        return Err(Reason::NominationClosed.into());
    }
    queries::erase_cells(&mut tx, id).await?;
    let event = audit::Event::new("nomination_discard", "nomination", id.get())
        .before(&json!({ "state": nomination.state }))
        .after(&json!({ "state": NominationState::Discarded }));
    audit::record_permitted(&mut tx, now, &permit, event).await?;
    tx.commit().await?;
    Ok(nomination.edition)
}
