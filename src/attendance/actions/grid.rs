//! What the attendance grid asks the server, mark by mark.

use leptos::prelude::*;

use crate::{
    attendance::{Cell, answer::InJson},
    error::AppError,
};

/// Marks one person in one session and answers with the cell as it stands afterwards.
///
/// `minutes` counts for `partial` alone; `seen` is the cell's newest mark that the marker knows,
/// blank for none; `reason` says why somebody is present in a self-paced session whose steps they
/// have not done; a second request with the same `key` (8 to 64 letters, digits, `-`, `_`) changes
/// nothing.
#[server(endpoint = "attendance/mark", output = InJson)]
pub async fn mark_cell(
    enrolment: String,
    session: String,
    status: String,
    key: String,
    #[server(default)] minutes: String,
    #[server(default)] seen: String,
    #[server(default)] reason: String,
) -> Result<Cell, AppError> {
    use crate::{access::viewer, attendance::form::CellForm, server::services};
    let (state, viewer) = (services(), viewer()?);
    let form = CellForm {
        enrolment: &enrolment,
        session: &session,
        status: &status,
        minutes: &minutes,
        seen: &seen,
        reason: &reason,
    };
    let new = form.parse_for_grid(&key)?;
    crate::attendance::operations::mark_as(&state, &viewer, &new).await
}

/// Marks everybody present who is not marked yet in a session, and answers with the cells that
/// changed.
#[server(endpoint = "attendance/mark_rest", output = InJson)]
pub async fn mark_rest(session: String) -> Result<Vec<Cell>, AppError> {
    use crate::{access::viewer, attendance::form::hidden_id, server::services};
    let (state, viewer) = (services(), viewer()?);
    let session = hidden_id(&session)?;
    crate::attendance::operations::mark_rest_as(&state, &viewer, session).await
}

/// Every cell of an edition that has a mark.
#[server(endpoint = "attendance/read_grid", output = InJson)]
pub async fn read_grid(edition: String) -> Result<Vec<Cell>, AppError> {
    use crate::{access::viewer, attendance::form::hidden_id, server::services};
    let (state, viewer) = (services(), viewer()?);
    let edition = hidden_id(&edition)?;
    crate::attendance::operations::read_cells_as(&state, &viewer, edition).await
}
