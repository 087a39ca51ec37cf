//! Signing in and out.

use leptos::prelude::*;

use super::{forget, origin, remember};
use crate::{
    access::{sign_in, viewer},
    error::AppError,
    paths::{self, Path},
    server::{go_to, services},
};

/// Signs in and goes where the person was headed.
#[server(endpoint = "access/sign_in")]
pub async fn sign_in(
    email: String,
    password: String,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    let state = services();
    let device = sign_in::sign_in(&state, &email, &password, &origin(&state)).await?;
    remember(&state, &device);
    go_to(&Path::local(&next).unwrap_or_else(paths::home));
    Ok(())
}

/// Signs this device out.
#[server(endpoint = "access/sign_out")]
pub async fn sign_out() -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    sign_in::sign_out(&state, &viewer, viewer.sign_in).await?;
    forget(&state);
    go_to(&paths::home());
    Ok(())
}
