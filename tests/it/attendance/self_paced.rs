//! Self-paced sessions mark themselves; whoever says otherwise gives a reason or makes a conflict.

use capacita::{
    attendance::{Cell, MarkStatus},
    error::{AppError, Fault},
};

use super::{answered, credit::credit, marks, with_sql};
use crate::test_app::{Answer, Client, TestApp};

/// Marks `participant` in session 5, which has three steps.
async fn mark(client: &Client, status: &str, reason: &str, key: &str) -> Answer {
    let form = [
        ("enrolment", "3"),
        ("session", "5"),
        ("status", status),
        ("minutes", "60"),
        ("seen", ""),
        ("reason", reason),
        ("key", key),
    ];
    client.post("attendance/mark", &form).await
}

#[tokio::test]
async fn present_without_the_steps_needs_a_reason_that_stays() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let needed = AppError::field("reason", Fault::ReasonNeeded);
    for status in ["present", "late", "partial"] {
        let refused = mark(&coordinator, status, " ", "self-paced-key").await;
        assert_eq!(refused.error(), needed, "{status}");
    }
    let rest = [("session", "5")];
    let refused = coordinator.post("attendance/mark_rest", &rest).await;
    assert_eq!(refused.error(), needed);
    let list = [("session", "5"), ("mark-3", "present"), ("seen-3", "")];
    let refused = coordinator.post("attendance/mark_session", &list).await;
    assert_eq!(refused.error(), needed);
    let too_long = "a".repeat(501);
    let refused = mark(&coordinator, "present", &too_long, "self-paced-key").await;
    let fault = Fault::TooLong { max: 500 };
    assert_eq!(refused.error(), AppError::field("reason", fault));
    assert_eq!(marks(&app).await, 0);

    // What is not attendance needs none.
    let absent = mark(&coordinator, "absent", "", "self-paced-key-1").await;
    assert_eq!(answered(&absent).status, MarkStatus::Absent);
    let page = coordinator.get("/sessions/5/attendance").await.html();
    assert!(page.contains("name=\"reason\""), "{page}");
    let list = [
        ("session", "5"),
        ("mark-3", "present"),
        ("seen-3", "1"),
        ("reason", "Lo hizo en papel"),
    ];
    let saved = coordinator.post("attendance/mark_session", &list).await;
    assert_eq!(saved.status, 200, "{}", saved.body);
    let kept = "SELECT group_concat(status || ' ' || coalesce(reason, '-'), ', ')
                FROM (SELECT * FROM attendance_marks ORDER BY id)";
    assert_eq!(app.text(kept).await, "absent -, present Lo hizo en papel");
    let history = coordinator.get("/enrolments/3/sessions/5").await.html();
    assert!(history.contains("Lo hizo en papel"), "{history}");
}

#[tokio::test]
async fn present_with_all_steps_done_needs_none() {
    let app = TestApp::new().await;
    with_sql(
        &app,
        "INSERT INTO steps_done (enrolment_id, step_id, done_at)
         SELECT 3, id, '2026-11-20T15:00:00+00:00' FROM steps WHERE session_id = 5",
    )
    .await;
    let coordinator = app.sign_in("coordinator").await;
    let present = mark(&coordinator, "present", "", "self-paced-key").await;
    assert_eq!(answered(&present).status, MarkStatus::Present);
}

#[tokio::test]
async fn finishing_over_somebody_elses_word_is_a_conflict() {
    for (said, stands, conflict) in [
        ("absent", MarkStatus::Absent, true),
        ("excused", MarkStatus::Excused, true),
        ("not_taken", MarkStatus::Present, false),
    ] {
        let app = TestApp::new().await;
        let coordinator = app.sign_in("coordinator").await;
        answered(&mark(&coordinator, said, "", "self-paced-key").await);
        let cell: Cell = credit(&app, 5, 3, 5).await.expect("a cell");
        assert_eq!((cell.status, cell.conflict), (stands, conflict), "{said}");
        // Finishing again changes nothing; somebody who has seen both decides.
        let again = credit(&app, 5, 3, 5).await.expect("a cell");
        assert_eq!(again, cell, "{said}");
        assert_eq!(marks(&app).await, 2, "{said}");
    }
}

#[tokio::test]
async fn in_the_grid_they_take_no_presence() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let grid = coordinator.get("/editions/4/attendance").await.html();
    assert!(grid.contains("Se marca sola"), "{grid}");
    assert!(grid.contains("title=\"Una sesión autónoma se marca sola"));
}
