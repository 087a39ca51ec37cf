//! Enrolling, waiting, deciding, withdrawing.

mod asking;
mod cancel;
mod crowd;
mod deciding;
mod lists;
mod model;
mod offers;
mod outcome;
mod own;
mod pages;
mod quotas;
mod seats;
mod substitute;

use axum::http::StatusCode;

use crate::test_app::{Answer, TestApp};

/// Changes the small world.
async fn change(app: &TestApp, sql: impl Into<String>) {
    let mut tx = app.state.database.write().await.expect("a transaction");
    let sql = sqlx::AssertSqlSafe(sql.into());
    sqlx::raw_sql(sql).execute(&mut *tx).await.expect("done");
    tx.commit().await.expect("committed");
}

/// Lines of text straight from the database, one column.
async fn lines(app: &TestApp, sql: &'static str) -> Vec<String> {
    let mut connection = app.state.database.read().await.expect("a connection");
    sqlx::query_scalar(sql)
        .fetch_all(&mut *connection)
        .await
        .expect("lines")
}

/// `person:state` of every enrolment in edition 1, in the order in which they were made.
async fn states(app: &TestApp) -> Vec<String> {
    let sql = "SELECT person_id || ':' || state FROM enrolments WHERE edition_id = 1 ORDER BY id";
    lines(app, sql).await
}

/// `to_state reason` of every event of an enrolment that the small world does not begin with.
async fn new_events(app: &TestApp) -> Vec<String> {
    let sql = "SELECT enrolment_id || ' ' || account_id || ' ' || coalesce(from_state, '-') || '>'
                      || to_state || coalesce(' ' || reason, '')
               FROM enrolment_events WHERE account_id IS NOT NULL ORDER BY id";
    lines(app, sql).await
}

/// `address kind` of every message.
async fn mail(app: &TestApp) -> Vec<String> {
    lines(app, "SELECT address || ' ' || kind FROM outbox ORDER BY id").await
}

fn done(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}
