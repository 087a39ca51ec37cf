//! Where a vetting stands, in words.

use leptos::prelude::*;

use super::VettingState;
use crate::{
    t,
    ui::{Chip, Tone},
};

/// "Por enviar".
pub(super) fn state(state: VettingState) -> String {
    match state {
        VettingState::ToSubmit => t!(vetting.state.to_submit),
        VettingState::Submitted => t!(vetting.state.submitted),
        VettingState::Cleared => t!(vetting.state.cleared),
        VettingState::Denied => t!(vetting.state.denied),
    }
}

/// Every state with its code, for a select.
pub(super) fn states() -> Vec<(&'static str, String)> {
    VettingState::ALL
        .iter()
        .map(|&one| (one.as_str(), state(one)))
        .collect()
}

/// The state as a chip; who is cleared for too short a time needs attention.
pub(super) fn state_chip(of: VettingState, cleared: bool) -> AnyView {
    let tone = match of {
        VettingState::Submitted => Tone::Progress,
        VettingState::Cleared if cleared => Tone::Good,
        VettingState::ToSubmit | VettingState::Cleared => Tone::Attention,
        VettingState::Denied => Tone::Harm,
    };
    view! { <Chip tone=tone label=state(of) /> }.into_any()
}
