//! The order of the steps, and taking one out of it.

use serde::Serialize;
use sqlx::SqliteConnection;

use super::author::manage_step;
use crate::{
    access::Viewer,
    audit::{self, Event},
    error::{AppError, Reason},
    learning::{StepId, queries},
    server::AppState,
    sessions::SessionId,
};

/// What the audit trail tells of a move: places counted from 1.
#[derive(Serialize)]
struct Placed {
    position: usize,
}

/// Moves a step to a position, counted from 1, and gives its session. Beyond the end is the end.
/// Sent twice, it is done once.
pub async fn move_step(
    state: &AppState,
    viewer: &Viewer,
    step: StepId,
    position: usize,
) -> Result<SessionId, AppError> {
    let mut tx = state.database.write().await?;
    let (row, permit) = manage_step(&mut tx, viewer, step).await?;
    let mut order = queries::order(&mut tx, row.session).await?;
    let from = order
        .iter()
        .position(|other| *other == step)
        .ok_or(AppError::NotFound)?;
    let to = position.saturating_sub(1).min(order.len() - 1);
    if from != to {
        let moved = order.remove(from);
        order.insert(to, moved);
        number(&mut tx, &order).await?;
        let event = Event::new("step_move", "step", step.get())
            .before(&Placed { position: from + 1 })
            .after(&Placed { position: to + 1 });
        audit::record_permitted(&mut tx, state.clock.now(), &permit, event).await?;
    }
    tx.commit().await?;
    Ok(row.session)
}

/// Deletes a step that nobody has done, and gives its session. `InUse` when somebody has.
pub async fn delete_step(
    state: &AppState,
    viewer: &Viewer,
    step: StepId,
) -> Result<SessionId, AppError> {
    let mut tx = state.database.write().await?;
    let (row, permit) = manage_step(&mut tx, viewer, step).await?;
    if queries::is_done_by_anyone(&mut tx, step).await? {
        return Err(Reason::InUse.into());
    }
    let record = queries::record(&mut tx, step).await?;
    queries::delete_step(&mut tx, step).await?;
    if let Some(file) = row.file {
        queries::delete_unused(&mut tx, file).await?;
    }
    let order = queries::order(&mut tx, row.session).await?;
    number(&mut tx, &order).await?;
    let event = Event::new("step_delete", "step", step.get()).before(&record);
    audit::record_permitted(&mut tx, state.clock.now(), &permit, event).await?;
    tx.commit().await?;
    Ok(row.session)
}

/// Numbers the steps in the given order, from 1.
async fn number(connection: &mut SqliteConnection, order: &[StepId]) -> Result<(), AppError> {
    for (position, step) in (1..).zip(order) {
        queries::set_position(connection, *step, position).await?;
    }
    Ok(())
}
