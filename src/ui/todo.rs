//! What needs someone: a count, what it is, where, and the button that deals with it.

use leptos::prelude::*;

use super::number;

/// One line of work.
#[derive(Clone, Debug)]
pub struct TodoItem {
    /// The day, above the hour ("mié 18 nov"); empty where it is known.
    pub day: String,
    /// How many, or the hour ("12", "09:00").
    pub count: String,
    /// What ("solicitudes por decidir").
    pub text: String,
    /// Where ("Curso intensivo, edición 3").
    pub detail: String,
    /// The verb on the button ("Revisar").
    pub action: String,
    /// Where it is dealt with.
    pub href: String,
}

impl TodoItem {
    /// A line of so many: the number stands apart from the sentence that begins with it
    /// ("12 solicitudes por decidir").
    pub fn counted(
        count: i64,
        sentence: String,
        detail: String,
        action: String,
        href: impl Into<String>,
    ) -> Self {
        let count = number::count(count);
        let text = sentence.strip_prefix(&count).map(str::trim_start);
        Self {
            day: String::new(),
            text: text.map_or_else(|| sentence.clone(), str::to_owned),
            count,
            detail,
            action,
            href: href.into(),
        }
    }
}

/// Lines of work, each with its button.
#[component]
pub fn TodoList(
    /// The lines, the most urgent first.
    items: Vec<TodoItem>,
) -> impl IntoView {
    let items = items.into_iter().map(|item| {
        let parts = [&item.day, &item.count, &item.text];
        let what: Vec<&str> = parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        let mut describe = format!("{}: {}", item.action, what.join(" "));
        if !item.detail.is_empty() {
            describe = format!("{describe}, {}", item.detail);
        }
        let day = (!item.day.is_empty()).then(|| view! { <span class="todo-day">{item.day}</span> });
        view! {
            <li class="todo">
                <span class="todo-count">{day}{item.count}</span>
                <span class="todo-text">{item.text}</span>
                <span class="todo-detail">{item.detail}</span>
                <a class="button button-secondary" href=item.href aria-label=describe>{item.action}</a>
            </li>
        }
    });
    view! { <ul class="todos" role="list">{items.collect_view()}</ul> }
}
