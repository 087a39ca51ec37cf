//! Who teaches.

use leptos::prelude::*;

use super::hidden_id;
use crate::{
    access::viewer,
    courses::{EditionId, operations},
    error::AppError,
    paths,
    people::PersonId,
    server::{go_to_with_notice, services},
    t,
};

/// Assigns somebody to teach in an edition.
#[server(endpoint = "courses/assign_facilitator")]
pub async fn assign_facilitator(
    #[server(default)] edition: String,
    #[server(default)] person: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let edition: EditionId = hidden_id(&edition)?;
    let person: PersonId = hidden_id(&person)?;
    operations::assign_facilitator(&state, &viewer, edition, person).await?;
    go_to_with_notice(
        paths::edition_sessions(edition),
        t!(courses.done.facilitator_assigned),
    );
    Ok(())
}

/// Takes somebody off an edition.
#[server(endpoint = "courses/remove_facilitator")]
pub async fn remove_facilitator(
    #[server(default)] edition: String,
    #[server(default)] person: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let edition: EditionId = hidden_id(&edition)?;
    let person: PersonId = hidden_id(&person)?;
    operations::remove_facilitator(&state, &viewer, edition, person).await?;
    go_to_with_notice(
        paths::edition_sessions(edition),
        t!(courses.done.facilitator_removed),
    );
    Ok(())
}
