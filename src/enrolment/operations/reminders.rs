//! Reminders: a day before a session, everybody who has a seat or teaches it is reminded of it, once
//! for each day it is set for.
//!
//! Looked for again and again while the server runs; what was missed while it did not is made up
//! for until the session begins.

use chrono::Duration;

use crate::{
    enrolment::queries::{self, Due},
    error::AppError,
    messages::{self, News},
    server::{AppState, clock::lima_date},
    sessions::letters::{AboutSession, SessionNews, page},
};

/// How long before it begins somebody is reminded of a session.
const AHEAD: Duration = Duration::hours(24);

/// Reminders written in one transaction: others want to write too.
const AT_ONCE: i64 = 100;

/// Writes the reminders that are due; gives their number.
pub async fn queue_reminders(state: &AppState) -> Result<usize, AppError> {
    let mut written = 0;
    loop {
        let now = state.clock.now();
        let mut connection = state.database.read().await?;
        let due = queries::due_reminders(&mut connection, now, now + AHEAD, AT_ONCE).await?;
        drop(connection);
        if due.is_empty() {
            return Ok(written);
        }
        let mut tx = state.database.write().await?;
        for reminder in &due {
            // Somebody else may have written it meanwhile: then its key is taken.
            remind(state, &mut tx, reminder).await?;
        }
        tx.commit().await?;
        written += due.len();
    }
}

async fn remind(
    state: &AppState,
    connection: &mut sqlx::SqliteConnection,
    due: &Due,
) -> Result<(), AppError> {
    let news = SessionNews::Reminder;
    let day = lima_date(due.starts_at);
    let told = News {
        person: due.person,
        edition: due.edition,
        kind: news.kind(),
        key: Some(format!("{}{day}:{}", news.key(due.session), due.whom)),
        secret: None,
        expires_at: Some(due.starts_at),
    };
    let about = AboutSession {
        title: due.title.clone(),
        course_title: due.course_title.clone(),
        number: due.number,
        starts_at: due.starts_at,
        ends_at: due.ends_at,
        place: due.place(),
        link: due.link.clone(),
    };
    let page = page(state, due.edition);
    let words = |name: &str| news.letter(name, &about, &page);
    messages::tell(state, connection, told, words).await?;
    Ok(())
}
