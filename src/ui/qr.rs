//! A QR code within a page.

use leptos::prelude::*;

use crate::documents::qr::Drawing;

/// The code of a text; a text that no code can carry shows nothing.
#[component]
pub fn QrCode(
    /// What the code says, usually an address.
    #[prop(into)]
    text: String,
    /// What it is, for who does not see it.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let Drawing { side, path } = Drawing::of(&text).ok()?;
    let (view_box, ground) = (
        format!("0 0 {side} {side}"),
        format!("M0 0h{side}v{side}H0z"),
    );
    Some(view! {
        <svg class="qr" role="img" aria-label=label viewBox=view_box shape-rendering="crispEdges">
            <path fill="#fff" d=ground></path>
            <path fill="#000" d=path></path>
        </svg>
    })
}
