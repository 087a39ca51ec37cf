//! Passwords by one-time link.

use leptos::prelude::*;

use super::{origin, remember};
use crate::{
    access::{NewPassword, link},
    error::{AppError, Reason},
    paths,
    server::{go_to_with_notice, services},
    t,
    values::Email,
};

/// Sends a link to set a new password. The answer is the same whether there is an account or not.
#[server(endpoint = "access/forgotten_password")]
pub async fn forgotten_password(email: String) -> Result<(), AppError> {
    let email = Email::parse(&email).map_err(|fault| AppError::field("email", fault))?;
    let state = services();
    link::send_reset(&state, email.as_str(), origin(&state).address).await?;
    go_to_with_notice(paths::forgotten_password(), t!(access.reset_sent));
    Ok(())
}

/// Sets the password of whoever holds the link, and signs them in.
#[server(endpoint = "access/set_password")]
pub async fn set_password(
    token: String,
    new_password: String,
    repeat_password: String,
) -> Result<(), AppError> {
    let state = services();
    let holder = link::holder(&state, &token).await?;
    let holder = holder.ok_or(Reason::LinkExpired)?;
    let new = NewPassword::parse_twice(
        "new_password",
        &new_password,
        &repeat_password,
        &holder.about(),
    )?;
    let device = link::redeem(&state, &token, &new, &origin(&state).device).await?;
    remember(&state, &device);
    go_to_with_notice(paths::home(), t!(access.password_set));
    Ok(())
}
