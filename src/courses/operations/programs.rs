//! Starting and changing programs.

use sqlx::SqliteConnection;

use crate::{
    access::{CreateProgram, ManageProgram, Viewer, permit},
    audit::{self, Event},
    courses::{
        ProgramId,
        program::{NewProgram, SignedProgram},
        queries,
    },
    error::{AppError, Reason},
    server::AppState,
};

/// Starts a program.
pub async fn create_program(
    state: &AppState,
    viewer: &Viewer,
    new: &NewProgram,
) -> Result<ProgramId, AppError> {
    let mut tx = state.database.write().await?;
    let permit = permit(&mut tx, viewer, CreateProgram).await?;
    let now = state.clock.now();
    let program = queries::insert_program(&mut tx, new, now).await?;
    queries::replace_signatories(&mut tx, program, new).await?;
    let event = Event::new("program_create", "program", program.get())
        .program(Some(program))
        .after(&record(&mut tx, program).await?);
    audit::record_permitted(&mut tx, now, &permit, event).await?;
    tx.commit().await?;
    Ok(program)
}

/// Changes a program that stood at `version` when the form was opened.
pub async fn update_program(
    state: &AppState,
    viewer: &Viewer,
    program: ProgramId,
    version: i64,
    new: &NewProgram,
) -> Result<(), AppError> {
    let mut tx = state.database.write().await?;
    let permit = permit(&mut tx, viewer, ManageProgram(program)).await?;
    let before = record(&mut tx, program).await?;
    if !queries::update_program(&mut tx, program, version, new).await? {
        return Err(Reason::ChangedMeanwhile.into());
    }
    queries::replace_signatories(&mut tx, program, new).await?;
    let event = Event::new("program_update", "program", program.get())
        .before(&before)
        .after(&record(&mut tx, program).await?);
    audit::record_permitted(&mut tx, state.clock.now(), &permit, event).await?;
    tx.commit().await
}

async fn record(
    connection: &mut SqliteConnection,
    program: ProgramId,
) -> Result<SignedProgram, AppError> {
    let found = queries::program(connection, program).await?;
    Ok(SignedProgram {
        program: found.ok_or(AppError::NotFound)?,
        signatories: queries::signatories(connection, program).await?,
    })
}
