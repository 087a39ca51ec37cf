//! What comes after a session that is finished.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use sqlx::SqliteConnection;

use crate::{
    enrolment::EnrolmentId,
    error::AppError,
    learning::{queries, unit::Unit},
    paths,
    sessions::{self, Session},
    t,
    ui::{ButtonLink, Section, time},
};

/// The next session of the edition that is not over and not finished, or that there is none.
pub(super) async fn onward(
    connection: &mut SqliteConnection,
    unit: &Unit,
    enrolment: EnrolmentId,
    now: DateTime<Utc>,
) -> Result<AnyView, AppError> {
    let finished = queries::finished_sessions(connection, enrolment).await?;
    let sessions = sessions::list(connection, unit.edition).await?;
    let next = sessions
        .into_iter()
        .filter(|session| !unit.is_locked() && session.ends_at > now)
        .find(|session| session.id != unit.session && !finished.contains(&session.id));
    let content = match next {
        Some(next) if next.is_self_paced() && next.starts_at <= now => resume(&next),
        Some(next) => announced(unit, &next),
        None => last(unit),
    };
    Ok(view! { <Section title=t!(learning.what_next)>{content}</Section> }.into_any())
}

/// A session that can be done now.
fn resume(next: &Session) -> AnyView {
    let until = t!(learning.open_until, when = time::date_time(next.ends_at));
    view! {
        <p>{next.title.clone()}" · "{time::duration(next.planned_minutes)}</p>
        <p class="quiet">{until}</p>
        <p><ButtonLink href=paths::learn(next.id)>{t!(learning.begin_next)}</ButtonLink></p>
    }
    .into_any()
}

/// A session that takes place, or opens, later on.
fn announced(unit: &Unit, next: &Session) -> AnyView {
    let place = next
        .venue
        .clone()
        .map(|venue| view! { <p class="quiet">{venue}</p> });
    view! {
        <p>{next.title.clone()}</p>
        <p>{time::time_range(next.starts_at, next.ends_at)}</p>
        {place}
        <p><ButtonLink href=paths::edition(unit.edition)>{t!(learning.see_edition)}</ButtonLink></p>
    }
    .into_any()
}

fn last(unit: &Unit) -> AnyView {
    view! {
        <p>{t!(learning.no_more)}</p>
        <p><ButtonLink href=paths::edition(unit.edition)>{t!(learning.see_edition)}</ButtonLink></p>
    }
    .into_any()
}
