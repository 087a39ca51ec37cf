//! Writing the steps of a session. Those with a file come another way: see `files`.

use leptos::prelude::*;

use super::{hidden_id, hidden_version};
use crate::{
    access::viewer,
    error::{AppError, Fault},
    learning::{
        StepId, StepKind, operations,
        step::{NewStep, StepForm},
    },
    paths,
    server::{go_to, go_to_with_notice, services},
    sessions::SessionId,
    t,
    values::{chosen, whole_number},
};

/// Adds a text, a link or a question at the end of a session.
#[server(endpoint = "learning/add_step")]
pub async fn add_step(
    #[server(default)] session: String,
    #[server(default)] kind: String,
    #[server(flatten)] form: StepForm,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let session: SessionId = hidden_id(&session)?;
    let new = NewStep::parse(kind_without_file(&kind)?, &form)?;
    operations::add_step(&state, &viewer, session, &new).await?;
    go_to_with_notice(paths::session_steps(session), t!(learning.notice.added));
    Ok(())
}

/// Changes a text, a link or a question.
#[server(endpoint = "learning/update_step")]
pub async fn update_step(
    #[server(default)] step: String,
    #[server(default)] version: String,
    #[server(default)] kind: String,
    #[server(flatten)] form: StepForm,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let step: StepId = hidden_id(&step)?;
    let version = hidden_version(&version)?;
    let new = NewStep::parse(kind_without_file(&kind)?, &form)?;
    let session = operations::update_step(&state, &viewer, step, version, &new).await?;
    go_to_with_notice(paths::session_steps(session), t!(learning.notice.updated));
    Ok(())
}

/// Moves a step to a place in the order, counted from 1.
#[server(endpoint = "learning/move_step")]
pub async fn move_step(
    #[server(default)] step: String,
    #[server(default)] position: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let step: StepId = hidden_id(&step)?;
    let position =
        whole_number(&position, 1, 10_000).map_err(|fault| AppError::field("position", fault))?;
    let position = usize::try_from(position).unwrap_or(1);
    let session = operations::move_step(&state, &viewer, step, position).await?;
    go_to(&paths::session_steps(session));
    Ok(())
}

/// Deletes a step that nobody has done.
#[server(endpoint = "learning/delete_step")]
pub async fn delete_step(#[server(default)] step: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let step: StepId = hidden_id(&step)?;
    let session = operations::delete_step(&state, &viewer, step).await?;
    go_to_with_notice(paths::session_steps(session), t!(learning.notice.deleted));
    Ok(())
}

fn kind_without_file(typed: &str) -> Result<StepKind, AppError> {
    match chosen(typed) {
        Ok(StepKind::File) => Err(AppError::field("kind", Fault::UnknownChoice)),
        Ok(kind) => Ok(kind),
        Err(fault) => Err(AppError::field("kind", fault)),
    }
}
