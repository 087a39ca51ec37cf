//! The administrator's home: what is wrong with the system.

use leptos::prelude::*;

use crate::{
    error::AppError,
    home::queries,
    paths, plural,
    server::AppState,
    t,
    ui::{EmptyState, Section, TodoItem, TodoList},
};

/// The part of the home.
pub async fn part(state: &AppState) -> Result<AnyView, AppError> {
    let mut connection = state.database.read().await?;
    let counts =
        queries::system_counts(&mut connection, state.clock.now(), state.clock.today()).await?;
    let candidates = [
        (
            counts.uncoordinated,
            plural!(counts.uncoordinated, home.uncoordinated),
            t!(home.grant),
            paths::accounts(),
        ),
        (
            counts.blocked,
            plural!(counts.blocked, home.blocked),
            t!(home.look),
            paths::admin(),
        ),
        (
            counts.unsent,
            plural!(counts.unsent, home.unsent),
            t!(home.look),
            paths::outbox(),
        ),
        (
            counts.invited,
            plural!(counts.invited, home.invited),
            t!(home.look),
            paths::accounts(),
        ),
    ];
    let items: Vec<TodoItem> = candidates
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, text, action, path)| {
            TodoItem::counted(count, text, String::new(), action, path)
        })
        .collect();
    let body = if items.is_empty() {
        view! { <EmptyState title=t!(home.system_fine) body=t!(home.system_fine_body) /> }
            .into_any()
    } else {
        view! { <TodoList items=items /> }.into_any()
    };
    Ok(view! { <Section title=t!(home.system)>{body}</Section> }.into_any())
}
