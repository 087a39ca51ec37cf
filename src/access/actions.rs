//! Server functions of accounts.

mod accounts;
mod links;
mod own_account;
mod register;
mod sign_in;

use axum::http::{header::SET_COOKIE, request::Parts};
use leptos::prelude::use_context;

pub use self::{accounts::*, links::*, own_account::*, register::*, sign_in::*};
use crate::server::{AppState, UserAgent, add_header, sign_in_cookie};

/// What the browser says of itself.
fn device() -> String {
    let parts = use_context::<Parts>();
    parts
        .and_then(|parts| {
            parts
                .extensions
                .get::<UserAgent>()
                .map(|agent| agent.0.clone())
        })
        .unwrap_or_default()
}

/// Gives the browser the cookie that signs it in.
fn remember(state: &AppState, token: &str) {
    let lifetime = super::sign_in::LIFETIME.num_seconds();
    add_header(SET_COOKIE, &sign_in_cookie(&state.config, token, lifetime));
}

/// Takes the cookie back.
fn forget(state: &AppState) {
    add_header(SET_COOKIE, &sign_in_cookie(&state.config, "", 0));
}
