//! Tables: a caption, a head that stays in sight, numbers in columns.

use leptos::prelude::*;

use super::{
    form::form_key,
    icon::{Icon, IconShape},
};
use crate::values::Order;

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

/// How a column is sorted at the moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sorted {
    /// Not by this column.
    #[default]
    No,
    /// Small to large.
    Ascending,
    /// Large to small.
    Descending,
}

impl Sorted {
    /// How a column stands in a list's order.
    pub fn by<C: PartialEq>(order: Order<C>, column: C) -> Self {
        match (order.by == column, order.descending) {
            (false, _) => Self::No,
            (true, false) => Self::Ascending,
            (true, true) => Self::Descending,
        }
    }
}

/// A head cell whose link sorts by its column.
#[component]
pub fn SortHead(
    /// The column's name.
    #[prop(into)]
    label: String,
    /// The same list sorted by this column, or the other way round if it already is.
    #[prop(into)]
    href: String,
    /// How it is sorted now.
    #[prop(optional)]
    sorted: Sorted,
    /// A column of numbers.
    #[prop(optional)]
    num: bool,
) -> impl IntoView {
    let (aria, shape) = match sorted {
        Sorted::No => (None, None),
        Sorted::Ascending => (Some("ascending"), Some(IconShape::Up)),
        Sorted::Descending => (Some("descending"), Some(IconShape::Down)),
    };
    view! {
        <th scope="col" class=if num { "num" } else { "" } aria-sort=aria>
            <a class="sort" href=href>{label}{shape.map(|shape| view! { <Icon shape=shape /> })}</a>
        </th>
    }
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
