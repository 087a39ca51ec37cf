//! The administrator's home: what is wrong with the system.

use leptos::prelude::*;

use crate::{
    error::AppError,
    home::queries,
    messages, paths, plural,
    server::AppState,
    t,
    ui::{EmptyState, Section, TodoItem, TodoList},
};

/// The part of the home.
pub async fn part(state: &AppState) -> Result<AnyView, AppError> {
    let mut connection = state.database.read().await?;
    let counts =
        queries::system_counts(&mut connection, state.clock.now(), state.clock.today()).await?;
    let messages = messages::counts(&mut connection).await?;
    // With a mail server, what waits for the first time goes out within seconds.
    let unsent = match state.config.mail {
        Some(_) => messages.late,
        None => messages.waiting,
    };
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
            unsent,
            plural!(unsent, home.unsent),
            t!(home.look),
            paths::outbox().with("show", "queued"),
        ),
        (
            messages.failed,
            plural!(messages.failed, home.undelivered),
            t!(home.look),
            paths::outbox().with("show", "failed"),
        ),
        (
            messages.uncertain,
            plural!(messages.uncertain, home.uncertain),
            t!(home.look),
            paths::outbox().with("show", "uncertain"),
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
