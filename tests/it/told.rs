//! Who is told what of editions and sessions: by e-mail, and by telephone or a note.

mod calendars;
mod changes;
mod notices;
mod reminders;
mod samples;

use axum::http::StatusCode;

use crate::test_app::{Answer, TestApp};

/// Rows of one text each, straight from the database.
async fn lines(app: &TestApp, sql: &'static str) -> Vec<String> {
    let mut connection = app.state.database.read().await.expect("a connection");
    sqlx::query_scalar(sql)
        .fetch_all(&mut *connection)
        .await
        .expect("lines")
}

/// `address kind state` of every message.
async fn mail(app: &TestApp) -> Vec<String> {
    lines(
        app,
        "SELECT address || ' ' || kind || ' ' || state FROM outbox ORDER BY id",
    )
    .await
}

/// `person kind` of every notice that nobody has told yet.
async fn notices(app: &TestApp) -> Vec<String> {
    lines(
        app,
        "SELECT person_id || ' ' || kind FROM notices WHERE told_at IS NULL ORDER BY id",
    )
    .await
}

/// Enrols the person without e-mail in edition 1.
async fn enrol_wari(app: &TestApp) {
    app.execute(
        "INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, sex)
         VALUES (20, 1, 8, 'enrolled', '2026-11-03T00:00:00+00:00', '2026-11-03T00:00:00+00:00', 'm')",
    )
    .await;
}

fn done(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}
