//! The facilitator's home: their sessions, those not marked yet first.

use chrono::Duration;
use leptos::prelude::*;

use super::coordinator::{When, session_items};
use crate::{
    access::Viewer,
    error::AppError,
    home::queries::{self, SessionLine},
    server::{AppState, clock::from_lima},
    t,
    ui::{EmptyState, Section, TodoList},
};

/// The part of the home.
pub async fn part(state: &AppState, viewer: &Viewer) -> Result<AnyView, AppError> {
    let midnight = from_lima(state.clock.today().and_time(chrono::NaiveTime::MIN));
    let tomorrow = midnight + Duration::days(1);
    let mut connection = state.database.read().await?;
    let person = viewer.person;
    let past = queries::sessions_of_facilitator(
        &mut connection,
        person,
        midnight - Duration::days(90),
        midnight,
    )
    .await?;
    let today =
        queries::sessions_of_facilitator(&mut connection, person, midnight, tomorrow).await?;
    let next = queries::sessions_of_facilitator(
        &mut connection,
        person,
        tomorrow,
        tomorrow + Duration::days(28),
    )
    .await?;
    let unmarked: Vec<SessionLine> = past
        .into_iter()
        .filter(|line| line.marked < line.people)
        .collect();
    if unmarked.is_empty() && today.is_empty() && next.is_empty() {
        return Ok(view! {
            <Section title=t!(home.my_sessions)>
                <EmptyState title=t!(home.no_sessions_title) body=t!(home.no_sessions_body) />
            </Section>
        }
        .into_any());
    }
    Ok(view! {
        {list(t!(home.my_sessions_today), today, When::Today)}
        {list(t!(home.my_unmarked), unmarked, When::Past)}
        {list(t!(home.my_next_sessions), next, When::Coming)}
    }
    .into_any())
}

fn list(title: String, sessions: Vec<SessionLine>, when: When) -> Option<AnyView> {
    (!sessions.is_empty()).then(|| {
        view! { <Section title=title><TodoList items=session_items(sessions, when) /></Section> }.into_any()
    })
}
