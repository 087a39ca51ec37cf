//! The islands' client. A page loads it only when it holds an island.
//!
//! Leptos has tags for this, but they write the page's nonce where the browser does not hide it,
//! and the policy refuses to load the script ahead of time for want of it.

use leptos::{nonce::use_nonce, prelude::*};

use crate::server::assets::AssetUrls;

/// A function of two addresses: script and WebAssembly.
const WAKE: &str = include_str!("wake.js");

/// Loads the client, once on a page that holds islands.
#[component]
pub fn ClientBundle() -> impl IntoView {
    let AssetUrls {
        client_script: script,
        client_wasm: wasm,
        ..
    } = AssetUrls::current();
    let nonce = use_nonce();
    let wake = format!("({})({script:?}, {wasm:?});", WAKE.trim_end());
    view! {
        <link rel="modulepreload" href=script nonce=nonce.clone() />
        <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous" />
        <script type="module" nonce=nonce>{wake}</script>
    }
}
