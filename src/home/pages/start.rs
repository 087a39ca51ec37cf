//! The address `/`: the home of whoever looks.

use leptos::prelude::*;

use super::{administrator, coordinator, facilitator, manager, me};
use crate::{
    access::maybe_viewer,
    courses::pages::public_home,
    server::{page::page, services},
    t,
    ui::Page,
};

/// The home of whoever looks.
#[component]
pub fn HomePage() -> impl IntoView {
    page(async move {
        let state = services();
        let Some(viewer) = maybe_viewer() else {
            return public_home(&state).await;
        };
        if !viewer.is_staff() {
            return me::content(&state, &viewer).await;
        }
        let mut parts = Vec::new();
        if viewer.is_coordinator() {
            parts.push(coordinator::part(&state, &viewer).await?);
        }
        if viewer.is_facilitator() {
            parts.push(facilitator::part(&state, &viewer).await?);
        }
        if viewer.roles.manager {
            parts.push(manager::part(&state, &viewer).await?);
        }
        if viewer.roles.administrator {
            parts.push(administrator::part(&state).await?);
        }
        let title = t!(home.greeting, name = viewer.name.as_str());
        Ok(view! { <Page title=title>{parts}</Page> }.into_any())
    })
}
