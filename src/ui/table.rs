//! Tables: a caption, a head that stays in sight, numbers in columns.

use leptos::prelude::*;

use super::{
    form::form_key,
    icon::{Icon, IconShape},
};
use crate::{paths::Path, values::Order};

/// A table. On a phone a `cards` table shows each row as a card, with each cell's `data-label`
/// before it. Numeric cells bear `class="num"`.
#[component]
pub fn Table(
    /// What the table holds, read first.
    #[prop(into)]
    caption: String,
    /// Hides the caption from sight where the heading above says the same.
    #[prop(optional)]
    caption_hidden: bool,
    /// Rows become cards on a phone; every `td` then needs `data-label`.
    #[prop(optional)]
    cards: bool,
    /// Wider than the page: scrolls in a frame of its own, head and first column stay.
    #[prop(optional)]
    wide: bool,
    /// `<thead>`, `<tbody>`, perhaps `<tfoot>` for totals.
    children: Children,
) -> impl IntoView {
    let frame = if wide {
        "table-scroll table-wide"
    } else {
        "table-scroll"
    };
    let class = if cards { "table table-cards" } else { "table" };
    let caption_class = if caption_hidden {
        "visually-hidden"
    } else {
        "table-caption"
    };
    let label = caption.clone();
    view! {
        <div class=frame role="region" aria-label=label tabindex="0">
            <table class=class>
                <caption class=caption_class>{caption}</caption>
                {children()}
            </table>
        </div>
    }
}

/// The head cell of a column that can order a list: its link asks for the list in that order, or the
/// other way round where it has it already. `natural` is the order with which the column begins, and
/// `address` gives the list in another one.
pub fn sort_head<C: Copy + PartialEq>(
    label: String,
    order: Order<C>,
    natural: Order<C>,
    address: impl FnOnce(Order<C>) -> Path,
) -> AnyView {
    let href = address(order.clicked(natural));
    let (aria, shape) = match (order.by == natural.by, order.descending) {
        (false, _) => (None, None),
        (true, false) => (Some("ascending"), Some(IconShape::Up)),
        (true, true) => (Some("descending"), Some(IconShape::Down)),
    };
    view! {
        <th scope="col" aria-sort=aria>
            <a class="sort" href=href>{label}{shape.map(|shape| view! { <Icon shape=shape /> })}</a>
        </th>
    }
    .into_any()
}

/// The bar with actions for the chosen rows of a list. Stands inside the list's `<form
/// class="bulk">`, after the table; appears once a checkbox in the table is ticked and counts
/// the ticks without JavaScript.
#[component]
pub fn BulkBar(
    /// What is counted ("solicitudes elegidas").
    #[prop(into)]
    label: String,
    /// The buttons.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="bulk-bar">
            {form_key()}
            <p class="bulk-count">{label}</p>
            <div class="button-row">{children()}</div>
        </div>
    }
}
