//! What people change about their own account.

use axum::http::header::SET_COOKIE;
use leptos::prelude::*;

use crate::{
    access::{NewPassword, SignInId, own_account, sign_in, viewer},
    error::{AppError, Fault},
    paths, plural,
    server::{
        add_header, go_to_with_notice, known_device_cookie, language_cookie, services,
        words::parse_locale,
    },
    t, t_in,
    values::chosen,
};

/// Changes the password; all other devices are signed out.
#[server(endpoint = "access/change_password")]
pub async fn change_password(
    current_password: String,
    new_password: String,
    repeat_password: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let about = [viewer.email.as_str(), viewer.name.as_str()];
    let new = NewPassword::parse_twice("new_password", &new_password, &repeat_password, &about)?;
    let known = own_account::change_password(&state, &viewer, &current_password, &new).await?;
    add_header(SET_COOKIE, &known_device_cookie(&state.config, &known));
    go_to_with_notice(paths::my_account(), t!(access.password_changed));
    Ok(())
}

/// Sets the language of pages and messages.
#[server(endpoint = "access/set_language")]
pub async fn set_language(locale: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let locale =
        parse_locale(&locale).ok_or_else(|| AppError::field("locale", Fault::UnknownChoice))?;
    own_account::set_language(&state, &viewer, locale).await?;
    add_header(SET_COOKIE, language_cookie(locale));
    go_to_with_notice(paths::my_account(), t_in!(locale, access.language_changed));
    Ok(())
}

/// Signs one of one's own devices out.
#[server(endpoint = "access/end_sign_in")]
pub async fn end_sign_in(sign_in: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let sign_in: SignInId = chosen(&sign_in).map_err(|_| AppError::NotFound)?;
    sign_in::sign_out(&state, &viewer, sign_in).await?;
    go_to_with_notice(paths::my_account(), t!(access.device_ended));
    Ok(())
}

/// Signs all devices out but this one.
#[server(endpoint = "access/end_other_sign_ins")]
pub async fn end_other_sign_ins() -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let ended = own_account::end_other_sign_ins(&state, &viewer).await?;
    let ended = i64::try_from(ended).unwrap_or(i64::MAX);
    go_to_with_notice(paths::my_account(), plural!(ended, access.devices_ended));
    Ok(())
}
