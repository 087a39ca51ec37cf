//! The same, each in a transaction of its own, for whoever is signed in.

use super::{MarkReason, NewMark, Statement, mark, mark_many, mark_rest_present, record_results};
use crate::{
    access::{RecordResults, TakeAttendance, Viewer, edition_of_session, permit},
    attendance::{Cell, MarkSource, queries, results::ResultsLine},
    courses::EditionId,
    error::AppError,
    server::AppState,
    sessions::SessionId,
};

/// Makes one mark.
pub(in crate::attendance) async fn mark_as(
    state: &AppState,
    viewer: &Viewer,
    new: &NewMark,
) -> Result<Cell, AppError> {
    let mut tx = state.database.write().await?;
    let edition = edition_of_session(&mut tx, new.session).await?;
    let permit = permit(&mut tx, viewer, TakeAttendance(edition)).await?;
    let cell = mark(&mut tx, state.clock.now(), &permit, new).await?;
    tx.commit().await?;
    Ok(cell)
}

/// Takes a session's form, and with `rest` marks the rest present. Gives the cells that changed.
pub(in crate::attendance) async fn mark_session_as(
    state: &AppState,
    viewer: &Viewer,
    session: SessionId,
    lines: &[Statement],
    rest: bool,
    reason: Option<&MarkReason>,
) -> Result<Vec<Cell>, AppError> {
    let mut tx = state.database.write().await?;
    let edition = edition_of_session(&mut tx, session).await?;
    let permit = permit(&mut tx, viewer, TakeAttendance(edition)).await?;
    let now = state.clock.now();
    let mut cells = mark_many(&mut tx, now, &permit, session, lines, reason).await?;
    if rest {
        let source = MarkSource::Form;
        let rest = mark_rest_present(&mut tx, now, &permit, session, source, reason);
        cells.extend(rest.await?);
    }
    tx.commit().await?;
    Ok(cells)
}

/// Marks everybody present who is not marked yet.
pub(in crate::attendance) async fn mark_rest_as(
    state: &AppState,
    viewer: &Viewer,
    session: SessionId,
) -> Result<Vec<Cell>, AppError> {
    let mut tx = state.database.write().await?;
    let edition = edition_of_session(&mut tx, session).await?;
    let permit = permit(&mut tx, viewer, TakeAttendance(edition)).await?;
    let now = state.clock.now();
    let cells = mark_rest_present(&mut tx, now, &permit, session, MarkSource::Grid, None).await?;
    tx.commit().await?;
    Ok(cells)
}

/// Every cell of an edition that has a mark.
pub(in crate::attendance) async fn read_cells_as(
    state: &AppState,
    viewer: &Viewer,
    edition: EditionId,
) -> Result<Vec<Cell>, AppError> {
    let mut connection = state.database.read().await?;
    let _ = permit(&mut connection, viewer, TakeAttendance(edition)).await?;
    Ok(queries::cells(&mut connection, edition, None).await?)
}

/// Records the lines of an edition's results that were changed. Gives their number.
pub(in crate::attendance) async fn record_results_as(
    state: &AppState,
    viewer: &Viewer,
    edition: EditionId,
    lines: &[ResultsLine],
) -> Result<usize, AppError> {
    let mut tx = state.database.write().await?;
    let permit = permit(&mut tx, viewer, RecordResults(edition)).await?;
    let saved = record_results(&mut tx, state.clock.now(), &permit, lines).await?;
    tx.commit().await?;
    Ok(saved)
}
