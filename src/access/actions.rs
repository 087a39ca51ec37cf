//! Server functions of accounts.

mod accounts;
mod links;
mod own_account;
mod register;
mod sign_in;

use axum::http::{header::SET_COOKIE, request::Parts};
use leptos::prelude::expect_context;

pub use self::{accounts::*, links::*, own_account::*, register::*, sign_in::*};
use super::sign_in::{NewDevice, Origin};
use crate::server::{
    AppState, Identity, UserAgent, add_header, known_device_cookie, known_device_of,
    sign_in_cookie, visit_cookie,
};

/// Where the request comes from.
fn origin(state: &AppState) -> Origin {
    let parts = expect_context::<Parts>();
    let agent = parts.extensions.get::<UserAgent>();
    let known = known_device_of(&state.config, &parts.headers);
    Origin {
        address: expect_context::<Identity>().address,
        device: agent.map(|agent| agent.0.clone()).unwrap_or_default(),
        known: known.map(str::to_owned),
    }
}

/// Gives the browser the cookie that signs it in, and the one by which it is known afterwards.
fn remember(state: &AppState, device: &NewDevice) {
    let lifetime = super::sign_in::LIFETIME.num_seconds();
    let cookie = sign_in_cookie(&state.config, &device.token, lifetime);
    add_header(SET_COOKIE, &cookie);
    add_header(
        SET_COOKIE,
        &known_device_cookie(&state.config, &device.known),
    );
}

/// Takes the cookies back, but for the one by which the device is known.
fn forget(state: &AppState) {
    add_header(SET_COOKIE, &sign_in_cookie(&state.config, "", 0));
    add_header(SET_COOKIE, &visit_cookie(&state.config, "", 0));
}
