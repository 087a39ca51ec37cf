//! Counting: within what the viewer may see.

use chrono::NaiveDate;
use sqlx::SqliteConnection;

use super::{
    model::{Figures, Told, Totals, TotalsQuery},
    parse::{BadParameter, parse},
    queries,
    withhold::told,
};
use crate::{
    access::{ReadTotals, Viewer, permit, program_of_course, program_of_edition},
    courses::ProgramId,
    error::AppError,
    server::AppState,
};

/// Why nothing was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// A parameter or value that is not known: counting without it would be counting something else.
    Bad(BadParameter),
    /// Anything else.
    Error(AppError),
}

impl From<BadParameter> for Refused {
    fn from(bad: BadParameter) -> Self {
        Self::Bad(bad)
    }
}

impl From<AppError> for Refused {
    fn from(error: AppError) -> Self {
        Self::Error(error)
    }
}

/// Counts what an address asks for and leaves out what it asks to withhold: the same for the page and
/// both files. Every program, course, edition and institution that it names must be there.
pub async fn ask(
    state: &AppState,
    viewer: Option<&Viewer>,
    pairs: &[(String, String)],
) -> Result<(TotalsQuery, Totals<Told>), Refused> {
    let viewer = viewer.ok_or(AppError::SignInRequired)?;
    let query = parse(pairs)?;
    if let Some(bad) = unknown(state, viewer, &query).await? {
        return Err(bad.into());
    }
    let totals = totals(state, viewer, &query).await?;
    let told = told(totals, query.withholds_small);
    Ok((query, told))
}

/// The first record that the query names and that is not there. To a coordinator, courses and
/// editions of other programs are unknown.
async fn unknown(
    state: &AppState,
    viewer: &Viewer,
    query: &TotalsQuery,
) -> Result<Option<BadParameter>, AppError> {
    let mut connection = state.database.read().await?;
    let own = permitted_programs(&mut connection, viewer, &[]).await?;
    let within = |found: Result<ProgramId, AppError>| match found {
        Ok(program) => Ok(own.is_empty() || own.contains(&program)),
        Err(AppError::NotFound) => Ok(false),
        Err(error) => Err(error),
    };
    let bad = |name: &str, id: i64| BadParameter::unknown(name, &id.to_string());
    for &id in &query.programs {
        if !queries::program_exists(&mut connection, id).await? {
            return Ok(Some(bad("program", id.get())));
        }
    }
    for &id in &query.courses {
        if !within(program_of_course(&mut connection, id).await)? {
            return Ok(Some(bad("course", id.get())));
        }
    }
    for &id in &query.editions {
        if !within(program_of_edition(&mut connection, id).await)? {
            return Ok(Some(bad("edition", id.get())));
        }
    }
    for &id in &query.institutions {
        if !queries::institution_exists(&mut connection, id).await? {
            return Ok(Some(bad("institution", id.get())));
        }
    }
    Ok(None)
}

/// Counts what the query asks for, in one state of the database.
///
/// Managers and administrators count everything. Coordinators count their own programs: without
/// a program filter all of them together, and a foreign program is refused.
pub async fn totals(
    state: &AppState,
    viewer: &Viewer,
    query: &TotalsQuery,
) -> Result<Totals<Figures>, AppError> {
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

/// The first day of the oldest edition: before it there is nothing to count. Today where there is
/// none.
pub async fn first_day(state: &AppState) -> Result<NaiveDate, AppError> {
    let mut connection = state.database.read().await?;
    let first = queries::first_day(&mut connection).await?;
    Ok(first.unwrap_or_else(|| state.clock.today()))
}

/// The programs to count, given those that were asked for; empty: every one.
async fn permitted_programs(
    connection: &mut SqliteConnection,
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
