//! Editions.

use leptos::prelude::*;

use super::hidden_id;
use crate::{
    access::viewer,
    courses::{
        CourseId,
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
