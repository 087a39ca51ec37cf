//! Steps of an edition. Closing and reopening are composed where results are kept.

use leptos::prelude::*;

use super::hidden_id;
use crate::{
    access::viewer,
    courses::{
        EditionId, Step,
        operations::{StateReason, take_step},
    },
    error::{AppError, Fault},
    paths,
    server::{go_to_with_notice, services},
    t,
};

/// Shows a draft to everyone.
#[server(endpoint = "courses/announce")]
pub async fn announce(#[server(default)] edition: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let edition: EditionId = hidden_id(&edition)?;
    take_step(&state, &viewer, edition, Step::Announce, None).await?;
    go_to_with_notice(paths::edition(edition), t!(courses.done.announced));
    Ok(())
}

/// Opens the enrolment window.
#[server(endpoint = "courses/open_enrolment")]
pub async fn open_enrolment(#[server(default)] edition: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let edition: EditionId = hidden_id(&edition)?;
    take_step(&state, &viewer, edition, Step::OpenEnrolment, None).await?;
    go_to_with_notice(paths::edition(edition), t!(courses.done.enrolment_opened));
    Ok(())
}

/// Begins to teach.
#[server(endpoint = "courses/start_edition")]
pub async fn start_edition(#[server(default)] edition: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let edition: EditionId = hidden_id(&edition)?;
    take_step(&state, &viewer, edition, Step::Start, None).await?;
    go_to_with_notice(paths::edition(edition), t!(courses.done.started));
    Ok(())
}

/// Gives an edition up, with a reason.
#[server(endpoint = "courses/cancel_edition")]
pub async fn cancel_edition(
    #[server(default)] edition: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let edition: EditionId = hidden_id(&edition)?;
    let reason = StateReason::parse(&reason).map_err(|fault| match fault {
        Fault::Missing => AppError::field("reason", Fault::ReasonNeeded),
        fault => AppError::field("reason", fault),
    })?;
    take_step(&state, &viewer, edition, Step::Cancel, Some(&reason)).await?;
    go_to_with_notice(paths::edition(edition), t!(courses.done.cancelled));
    Ok(())
}
