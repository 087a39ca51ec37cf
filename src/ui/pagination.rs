//! Pages of a long list, by key: the first and the next.

use leptos::prelude::*;

use super::{
    icon::{Icon, IconShape},
    link::OptionalLink,
};

/// The foot of a list: how many, and the way to the next rows.
#[component]
pub fn KeysetPager(
    /// What is counted ("Se muestran 50 de 1,243 personas").
    #[prop(into)]
    count: String,
    /// The first page, when this is a later one.
    #[prop(optional, into)]
    first: OptionalLink,
    /// The next page, when there is one.
    #[prop(optional, into)]
    next: OptionalLink,
    /// The whole list as a text file, where there is one.
    #[prop(optional, into)]
    file: OptionalLink,
) -> impl IntoView {
    view! {
        <nav class="pager" aria-label=crate::t!(ui.pages)>
            <p class="pager-count">{count}</p>
            {file.href().map(|href| view! {
                <a class="button button-quiet" href=href download="">
                    <Icon shape=IconShape::Download />{crate::t!(ui.csv)}
                </a>
            })}
            {first.href().map(|href| view! {
                <a class="button button-secondary" href=href>
                    <Icon shape=IconShape::Back />{crate::t!(ui.first_page)}
                </a>
            })}
            {next.href().map(|href| view! {
                <a class="button button-secondary" href=href rel="next">
                    {crate::t!(ui.next_page)}<Icon shape=IconShape::Next />
                </a>
            })}
        </nav>
    }
}
