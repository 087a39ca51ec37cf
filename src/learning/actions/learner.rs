//! Doing the steps of a session.

use leptos::prelude::*;

use super::{hidden_id, hidden_version};
use crate::{
    access::viewer,
    error::AppError,
    learning::{OptionId, StepId, operations},
    server::{go_to, go_to_with_notice, services},
    sessions::SessionId,
    t,
    values::chosen,
};

/// Marks a text, a file or a link as done and goes on to the next step.
#[server(endpoint = "learning/continue_step")]
pub async fn continue_step(#[server(default)] step: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let step: StepId = hidden_id(&step)?;
    let onward = operations::continue_step(&state, &viewer, step).await?;
    go_to(&onward.path());
    Ok(())
}

/// Answers a question; the right answer goes on to the next step.
#[server(endpoint = "learning/answer")]
pub async fn answer(
    #[server(default)] step: String,
    #[server(default)] version: String,
    #[server(default)] option: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let step: StepId = hidden_id(&step)?;
    let version = hidden_version(&version)?;
    let option: OptionId = chosen(&option).map_err(|fault| AppError::field("option", fault))?;
    let (onward, feedback) = operations::answer(&state, &viewer, step, version, option).await?;
    let notice = t!(learning.notice.right, feedback = feedback);
    go_to_with_notice(onward.path(), notice.trim().to_owned());
    Ok(())
}

/// Finishes a session in which nothing is left to do.
#[server(endpoint = "learning/finish")]
pub async fn finish(#[server(default)] session: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let session: SessionId = hidden_id(&session)?;
    let onward = operations::finish(&state, &viewer, session).await?;
    go_to(&onward.path());
    Ok(())
}
