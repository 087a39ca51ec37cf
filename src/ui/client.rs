//! The islands' client. A page loads it only when it holds an island.

use leptos::prelude::*;

use crate::server::assets;

/// Loads the client, once on a page that holds islands.
#[component]
pub fn ClientBundle() -> impl IntoView {
    view! { <HydrationScripts options=assets::leptos_options() islands=true /> }
}
