//! Tabs: links between the addresses of one thing.

use leptos::prelude::*;

/// One tab.
#[derive(Clone, Debug)]
pub struct TabItem {
    /// Its word.
    pub label: String,
    /// Its address.
    pub href: String,
    /// Whether the page is this one.
    pub current: bool,
    /// A count that needs someone, beside the word.
    pub badge: Option<i64>,
}

impl TabItem {
    /// A tab without a badge.
    pub fn new(label: impl Into<String>, href: impl Into<String>, current: bool) -> Self {
        Self {
            label: label.into(),
            href: href.into(),
            current,
            badge: None,
        }
    }

    /// Shows a count beside the word unless it is nought.
    #[must_use]
    pub fn badge(mut self, count: i64) -> Self {
        self.badge = (count > 0).then_some(count);
        self
    }
}

/// The tabs of one thing.
#[component]
pub fn Tabs(
    /// What the tabs belong to, for assistive technology ("Edición 3").
    #[prop(into)]
    label: String,
    /// The tabs.
    items: Vec<TabItem>,
) -> impl IntoView {
    let items = items.into_iter().map(|item| {
        let current = item.current.then_some("page");
        let badge = item
            .badge
            .map(|count| view! { <span class="badge">{count}</span> });
        view! { <li><a href=item.href aria-current=current>{item.label}{badge}</a></li> }
    });
    view! {
        <nav class="tabs" aria-label=label><ul>{items.collect_view()}</ul></nav>
    }
}
