//! Editions.

use leptos::prelude::*;

use super::{hidden_id, hidden_version};
use crate::{
    access::viewer,
    courses::{
        CourseId, EditionId,
        edition::{EditionForm, NewEdition},
        operations,
    },
    error::AppError,
    paths,
    server::{go_to_with_notice, services},
    t,
};

/// Adds an edition to a course, as a draft, and goes on to its sessions.
#[server(endpoint = "courses/create_edition")]
pub async fn create_edition(
    #[server(default)] course: String,
    #[server(flatten)] form: EditionForm,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let course: CourseId = hidden_id(&course)?;
    let new = NewEdition::parse(&form)?;
    let edition = operations::create_edition(&state, &viewer, course, &new).await?;
    go_to_with_notice(
        paths::edition_sessions(edition),
        t!(courses.done.edition_created),
    );
    Ok(())
}

/// Changes an edition.
#[server(endpoint = "courses/update_edition")]
pub async fn update_edition(
    #[server(default)] edition: String,
    #[server(default)] version: String,
    #[server(flatten)] form: EditionForm,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let edition: EditionId = hidden_id(&edition)?;
    let version = hidden_version(&version)?;
    let new = NewEdition::parse(&form)?;
    operations::update_edition(&state, &viewer, edition, version, &new).await?;
    go_to_with_notice(paths::edition(edition), t!(courses.done.edition_updated));
    Ok(())
}
