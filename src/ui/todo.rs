//! What needs someone: a count, what it is, where, and the button that deals with it.

use leptos::prelude::*;

/// One line of work.
#[derive(Clone, Debug)]
pub struct TodoItem {
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

/// Lines of work, each with its button.
#[component]
pub fn TodoList(
    /// The lines, the most urgent first.
    items: Vec<TodoItem>,
) -> impl IntoView {
    let items = items.into_iter().map(|item| {
        let describe = format!("{}: {} {}, {}", item.action, item.count, item.text, item.detail);
        view! {
            <li class="todo">
                <span class="todo-count">{item.count}</span>
                <span class="todo-text">{item.text}</span>
                <span class="todo-detail">{item.detail}</span>
                <a class="button button-secondary" href=item.href aria-label=describe>{item.action}</a>
            </li>
        }
    });
    view! { <ul class="todos" role="list">{items.collect_view()}</ul> }
}
