//! Facts about one thing: a word and its value.

use leptos::prelude::*;

/// A list of facts; two or three side by side where there is room. Holds `Fact`s.
#[component]
pub fn Facts(
    /// One fact under the other, the word beside its value.
    #[prop(optional)]
    stacked: bool,
    /// `Fact`s.
    children: Children,
) -> impl IntoView {
    view! { <dl class=if stacked { "facts facts-stacked" } else { "facts" }>{children()}</dl> }
}

/// One fact.
#[component]
pub fn Fact(
    /// The word ("Sede").
    #[prop(into)]
    label: String,
    /// Its value.
    children: Children,
) -> impl IntoView {
    view! { <div class="fact"><dt>{label}</dt><dd>{children()}</dd></div> }
}
