//! Cards: things side by side, such as the courses of the catalogue, and framed parts of a page.

use leptos::prelude::*;

/// A row of cards which wraps.
#[component]
pub fn Cards(
    /// `Card`s.
    children: Children,
) -> impl IntoView {
    view! { <ul class="cards" role="list">{children()}</ul> }
}

/// One thing among several; with an address the whole card is the target of its title's link.
#[component]
pub fn Card(
    /// Its name.
    #[prop(into)]
    title: String,
    /// Where it leads.
    #[prop(optional, into)]
    href: Option<String>,
    /// A word above the title ("Taller").
    #[prop(optional, into)]
    kind: Option<String>,
    /// The title's level: 2 right under the page's title, 3 inside a `Section`.
    #[prop(default = 2)]
    level: u8,
    /// The facts: `<p>`s, a `Chip`, a `SeatsBar`.
    children: Children,
) -> impl IntoView {
    let title = match href {
        Some(href) => view! { <a class="card-link" href=href>{title}</a> }.into_any(),
        None => title.into_any(),
    };
    let heading = if level > 2 {
        view! { <h3 class="card-title">{title}</h3> }.into_any()
    } else {
        view! { <h2 class="card-title">{title}</h2> }.into_any()
    };
    view! {
        <li class="card">
            {kind.map(|kind| view! { <p class="card-kind">{kind}</p> })}
            {heading}
            {children()}
        </li>
    }
}

/// A part of a page with its heading, and an action at the right of it.
#[component]
pub fn Section(
    /// The heading.
    #[prop(into)]
    title: String,
    /// The address of the part within the page.
    #[prop(optional, into)]
    id: Option<String>,
    /// An action beside the heading, usually a quiet `ButtonLink`.
    #[prop(optional)]
    action: Option<AnyView>,
    /// Draws a frame around the part.
    #[prop(optional)]
    framed: bool,
    /// What stands in it.
    children: Children,
) -> impl IntoView {
    view! {
        <section class=if framed { "section section-framed" } else { "section" } id=id>
            <div class="section-head">
                <h2>{title}</h2>
                {action}
            </div>
            {children()}
        </section>
    }
}
