//! Steps of an edition. Cancelling, closing and reopening are composed where people and results are
//! kept.

use leptos::prelude::*;

use super::hidden_id;
use crate::{
    access::viewer,
    courses::{
        EditionId, Step,
        operations::{self, take_step},
    },
    error::AppError,
    paths,
    server::{go_to_with_notice, services},
    t,
};

/// Shows a draft to everyone.
#[server(endpoint = "courses/announce")]
pub async fn announce(#[server(default)] edition: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let edition: EditionId = hidden_id(&edition)?;
    take_step(&state, &viewer, edition, Step::Announce).await?;
    go_to_with_notice(paths::edition(edition), t!(courses.done.announced));
    Ok(())
}

/// Opens the enrolment window.
#[server(endpoint = "courses/open_enrolment")]
pub async fn open_enrolment(#[server(default)] edition: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let edition: EditionId = hidden_id(&edition)?;
    take_step(&state, &viewer, edition, Step::OpenEnrolment).await?;
    go_to_with_notice(paths::edition(edition), t!(courses.done.enrolment_opened));
    Ok(())
}

/// Begins to teach; `confirmed` says that it is meant although the first day is far away.
#[server(endpoint = "courses/start_edition")]
pub async fn start_edition(
    #[server(default)] edition: String,
    #[server(default)] confirmed: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let edition: EditionId = hidden_id(&edition)?;
    operations::start_edition(&state, &viewer, edition, !confirmed.is_empty()).await?;
    go_to_with_notice(paths::edition(edition), t!(courses.done.started));
    Ok(())
}
