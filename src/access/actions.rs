//! Server functions of accounts.

use axum::http::header::SET_COOKIE;
use leptos::prelude::*;

use super::{SignInId, sign_in, viewer};
use crate::{
    error::AppError,
    paths::{self, Path},
    server::{Identity, UserAgent, add_header, go_to, services, sign_in_cookie},
    values::chosen,
};

/// Signs in and goes where the person was headed.
#[server(endpoint = "access/sign_in")]
pub async fn sign_in(
    email: String,
    password: String,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    let state = services();
    let address = expect_context::<Identity>().address;
    let token = sign_in::sign_in(&state, &email, &password, address, &device()).await?;
    add_header(
        SET_COOKIE,
        &sign_in_cookie(&state.config, &token, sign_in::LIFETIME.num_seconds()),
    );
    go_to(&Path::local(&next).unwrap_or_else(paths::home));
    Ok(())
}

/// Signs this device out.
#[server(endpoint = "access/sign_out")]
pub async fn sign_out() -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    sign_in::sign_out(&state, &viewer, viewer.sign_in).await?;
    add_header(SET_COOKIE, &sign_in_cookie(&state.config, "", 0));
    go_to(&paths::home());
    Ok(())
}

/// Signs another of one's own devices out.
#[server(endpoint = "access/end_sign_in")]
pub async fn end_sign_in(sign_in: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let sign_in: SignInId = chosen(&sign_in).map_err(|_| AppError::NotFound)?;
    sign_in::sign_out(&state, &viewer, sign_in).await?;
    go_to(&paths::my_account());
    Ok(())
}

/// What the browser says of itself.
pub(super) fn device() -> String {
    let parts = use_context::<axum::http::request::Parts>();
    parts
        .and_then(|parts| {
            parts
                .extensions
                .get::<UserAgent>()
                .map(|agent| agent.0.clone())
        })
        .unwrap_or_default()
}
