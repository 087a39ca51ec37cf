//! The line of filters above a list. The address holds all of it.

use leptos::{context::Provider, prelude::*};

use super::{form_state::FormState, link::OptionalLink};

/// Filters in one line, sent by GET so that the address can be kept and shared.
#[component]
pub fn FilterBar(
    /// The list's own address, without a query.
    #[prop(into)]
    action: String,
    /// The list without filters, a `Path` or `Option<Path>`: none while no filter is set.
    #[prop(optional, into)]
    clear: OptionalLink,
    /// What was typed and is refused, with the messages at its fields.
    #[prop(optional)]
    form: FormState,
    /// What the button says, where "Filtrar" does not fit.
    #[prop(optional, into)]
    submit: Option<String>,
    /// Fields, usually `SearchField` and `SelectField`.
    children: Children,
) -> impl IntoView {
    let submit = submit.unwrap_or_else(|| crate::t!(ui.filter));
    view! {
        <form class="filter" method="get" action=action role="search" aria-label=crate::t!(ui.filters)>
            <Provider value=form>{children()}</Provider>
            <div class="filter-actions">
                <button class="button button-secondary" type="submit">{submit}</button>
                {clear.href().map(|href| view! {
                    <a class="button button-quiet" href=href>{crate::t!(ui.clear_filters)}</a>
                })}
            </div>
        </form>
    }
}
