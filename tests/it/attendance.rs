//! Marks, what stands after them, and who may make them.

mod ahead;
mod credit;
mod marks;
mod results;
mod roll;
mod self_paced;

use capacita::{
    attendance::{Cell, MarkId, MarkStatus},
    enrolment::EnrolmentId,
    sessions::SessionId,
};

use crate::test_app::{Answer, Client, TestApp};

/// Enrolment 1 in session 1, as it should be.
fn cell(status: MarkStatus, minutes: i64, newest: i64, conflict: bool) -> Cell {
    Cell {
        enrolment: EnrolmentId::new(1),
        session: SessionId::new(1),
        status,
        minutes,
        newest: Some(MarkId::new(newest)),
        conflict,
    }
}

/// The cell in an answer.
fn answered(answer: &Answer) -> Cell {
    assert!(answer.status.is_success(), "{}", answer.body);
    serde_json::from_str(&answer.body).expect("a cell")
}

/// Marks enrolment 1 in session 1 with a key of its own.
async fn mark(client: &Client, status: &str, seen: &str, key: &str) -> Answer {
    let form = [
        ("enrolment", "1"),
        ("session", "1"),
        ("status", status),
        ("seen", seen),
        ("key", key),
    ];
    client.post("attendance/mark", &form).await
}

async fn marks(app: &TestApp) -> i64 {
    app.count("SELECT count(*) FROM attendance_marks").await
}

/// Changes the world behind the server's back.
async fn with_sql(app: &TestApp, sql: &'static str) {
    let mut tx = app.state.database.write().await.expect("a transaction");
    sqlx::raw_sql(sql)
        .execute(&mut *tx)
        .await
        .expect("sound SQL");
    tx.commit().await.expect("committed");
}

/// Three more people in edition 1: enrolments 11, 12, 13; the last has withdrawn.
const MORE_PEOPLE: &str = "
    UPDATE editions SET seats = NULL WHERE id = 1;
    INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, institution_name, sex) VALUES
     (11, 1, 8, 'enrolled', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', NULL, 'm'),
     (12, 1, 2, 'enrolled', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', 'SERFOR', 'm'),
     (13, 1, 7, 'withdrawn', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', NULL, 'm');";

/// Every standing row is what a recount of the marks gives.
async fn projection_is_sound(app: &TestApp) {
    let mut connection = app.state.database.read().await.expect("a connection");
    let wrong = capacita::attendance::disagreements(&mut connection).await;
    assert_eq!(wrong.expect("an answer"), vec![]);
}
