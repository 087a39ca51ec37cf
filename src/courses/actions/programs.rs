//! Programs.

use leptos::prelude::*;

use super::{hidden_id, hidden_version};
use crate::{
    access::viewer,
    courses::{
        ProgramId, operations,
        program::{NewProgram, ProgramForm},
    },
    error::AppError,
    paths,
    server::{go_to_with_notice, services},
    t,
};

/// Starts a program.
#[server(endpoint = "courses/create_program")]
pub async fn create_program(#[server(flatten)] form: ProgramForm) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let new = NewProgram::parse(&form)?;
    let program = operations::create_program(&state, &viewer, &new).await?;
    go_to_with_notice(paths::program(program), t!(courses.done.program_created));
    Ok(())
}

/// Changes a program.
#[server(endpoint = "courses/update_program")]
pub async fn update_program(
    #[server(default)] program: String,
    #[server(default)] version: String,
    #[server(flatten)] form: ProgramForm,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let program: ProgramId = hidden_id(&program)?;
    let version = hidden_version(&version)?;
    let new = NewProgram::parse(&form)?;
    operations::update_program(&state, &viewer, program, version, &new).await?;
    go_to_with_notice(paths::program(program), t!(courses.done.program_updated));
    Ok(())
}
