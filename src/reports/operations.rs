//! Counting: within what the viewer may see.

use super::{
    model::{Totals, TotalsQuery},
    queries,
};
use crate::{
    access::{ReadTotals, Viewer, permit},
    courses::ProgramId,
    error::AppError,
    server::AppState,
};

/// Counts what the query asks for, in one state of the database.
///
/// Managers and administrators count everything. Coordinators count their own programs: without
/// a program filter all of them together, and a foreign program is refused.
pub async fn totals(
    state: &AppState,
    viewer: &Viewer,
    query: &TotalsQuery,
) -> Result<Totals, AppError> {
    let mut snapshot = state.database.snapshot().await?;
    let mut query = query.clone();
    query.programs = permitted_programs(&mut snapshot, viewer, &query.programs).await?;
    let academic_minutes = crate::settings::academic_minutes(&mut snapshot).await?;
    let rows = if query.by.is_empty() {
        Vec::new()
    } else {
        queries::rows(&mut snapshot, &query, academic_minutes).await?
    };
    let total = queries::total(&mut snapshot, &query, academic_minutes).await?;
    Ok(Totals {
        rows,
        total,
        academic_minutes,
    })
}

/// The programs the viewer may choose from, newest first.
pub async fn programs(
    state: &AppState,
    viewer: &Viewer,
) -> Result<Vec<(ProgramId, String)>, AppError> {
    let mut connection = state.database.read().await?;
    let own = permitted_programs(&mut connection, viewer, &[]).await?;
    let programs = queries::programs(&mut connection).await?;
    Ok(programs
        .into_iter()
        .filter(|(id, _)| own.is_empty() || own.contains(id))
        .collect())
}

/// The programs to count, given those that were asked for; empty: every one.
async fn permitted_programs(
    connection: &mut sqlx::SqliteConnection,
    viewer: &Viewer,
    asked: &[ProgramId],
) -> Result<Vec<ProgramId>, AppError> {
    if permit(connection, viewer, ReadTotals(None)).await.is_ok() {
        return Ok(asked.to_vec());
    }
    let programs = if asked.is_empty() {
        viewer.roles.coordinates.clone()
    } else {
        asked.to_vec()
    };
    if programs.is_empty() {
        return Err(AppError::Forbidden);
    }
    for program in &programs {
        permit(connection, viewer, ReadTotals(Some(*program))).await?;
    }
    Ok(programs)
}
