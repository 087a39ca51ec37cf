//! Server functions of administration.

use leptos::prelude::*;

use super::operations;
use crate::{
    access::viewer,
    error::AppError,
    messages, paths,
    server::{go_to_with_notice, services},
    settings::AcademicMinutes,
    t,
    values::chosen,
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

/// Sends a message again that failed or was perhaps sent.
#[server(endpoint = "admin/resend_message")]
pub async fn resend_message(message: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let message = chosen(&message).map_err(|_| AppError::NotFound)?;
    messages::resend(&state, &viewer, message).await?;
    go_to_with_notice(paths::outbox(), t!(admin.message_queued));
    Ok(())
}

/// Gives a message up that was not sent, or perhaps sent.
#[server(endpoint = "admin/give_up_message")]
pub async fn give_up_message(message: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let message = chosen(&message).map_err(|_| AppError::NotFound)?;
    messages::give_up(&state, &viewer, message).await?;
    go_to_with_notice(paths::outbox(), t!(admin.message_given_up));
    Ok(())
}
