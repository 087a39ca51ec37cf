//! Server functions of administration.

use leptos::prelude::*;

use super::operations;
use crate::{
    access::viewer,
    error::AppError,
    paths,
    server::{go_to_with_notice, services},
    settings::AcademicMinutes,
    t,
};

/// Sets the minutes of an academic hour.
#[server(endpoint = "admin/set_academic_minutes")]
pub async fn set_academic_minutes(minutes: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let minutes =
        AcademicMinutes::parse(&minutes).map_err(|fault| AppError::field("minutes", fault))?;
    operations::set_academic_minutes(&state, &viewer, minutes).await?;
    go_to_with_notice(paths::admin(), t!(admin.settings_saved));
    Ok(())
}
