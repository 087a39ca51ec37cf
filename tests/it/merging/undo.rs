//! What stands against taking a merge back.

use axum::http::StatusCode;
use capacita::error::{AppError, Reason};

use super::{MERGE, UNDO, totals, twice};
use crate::test_app::{Client, TestApp};

async fn merged() -> (TestApp, Client) {
    let app = twice().await;
    let admin = app.sign_in("admin").await;
    let done = admin.post("merging/merge", &MERGE).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    (app, admin)
}

async fn refused(admin: &Client, what: &str) {
    let refused = admin.post("merging/undo", &UNDO).await;
    let reason = Reason::MergeInUse {
        what: what.to_owned(),
    };
    assert_eq!(refused.error(), AppError::Conflict(reason));
}

#[tokio::test]
async fn it_is_taken_back_once_and_the_totals_are_as_before() {
    let app = twice().await;
    let before = totals(&app).await;
    let admin = app.sign_in("admin").await;
    admin.post("merging/merge", &MERGE).await;
    let undone = admin.post("merging/undo", &UNDO).await;
    assert_eq!(undone.status, StatusCode::OK, "{}", undone.body);
    assert_eq!(totals(&app).await, before);
    let again = admin.post("merging/undo", &UNDO).await;
    assert_eq!(again.error(), AppError::NotFound);
    let list = admin.get("/people?q=huaman").await.body;
    assert!(list.contains("href=\"/people/50\"") && list.contains("href=\"/people/51\""));
    // And merged anew: its versions are those of before.
    let done = admin.post("merging/merge", &MERGE).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
}

#[tokio::test]
async fn not_after_the_record_was_changed() {
    let (app, admin) = merged().await;
    app.execute("UPDATE people SET phone = '999999', version = version + 1 WHERE id = 50")
        .await;
    refused(&admin, "people").await;
    assert_eq!(
        app.count("SELECT merged_into FROM people WHERE id = 51")
            .await,
        50
    );
}

#[tokio::test]
async fn not_after_a_certificate_was_issued() {
    let (_app, admin) = merged().await;
    let issued = admin
        .post("certificates/issue_due", &[("edition", "1")])
        .await;
    assert_eq!(issued.status, StatusCode::OK, "{}", issued.body);
    refused(&admin, "certificates").await;
}

#[tokio::test]
async fn not_after_a_cell_was_marked_anew() {
    let (app, admin) = merged().await;
    let newest = "SELECT max(id) FROM attendance_marks WHERE enrolment_id = 50 AND session_id = 2";
    let newest = app.count(newest).await.to_string();
    let mark = [
        ("enrolment", "50"),
        ("session", "2"),
        ("status", "absent"),
        ("key", "merge-key-1"),
        ("seen", newest.as_str()),
    ];
    let marked = admin.post("attendance/mark", &mark).await;
    assert_eq!(marked.status, StatusCode::OK, "{}", marked.body);
    refused(&admin, "attendance_standing").await;
}

#[tokio::test]
async fn not_after_the_edition_was_closed() {
    let (_app, admin) = merged().await;
    let close = [
        ("edition", "1"),
        ("explain_marks", "x"),
        ("explain_results", "x"),
    ];
    let closed = admin.post("closing/close", &close).await;
    assert_eq!(closed.status, StatusCode::OK, "{}", closed.body);
    refused(&admin, "closing_records").await;
}

#[tokio::test]
async fn not_after_the_seat_was_taken() {
    let app = twice().await;
    app.execute("UPDATE editions SET seats = 3 WHERE id = 1")
        .await;
    let admin = app.sign_in("admin").await;
    let done = admin.post("merging/merge", &MERGE).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    app.execute(
        "INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, sex)
         VALUES (60, 1, 8, 'enrolled', '2026-11-29T00:00:00+00:00', '2026-11-29T00:00:00+00:00', 'm')",
    )
    .await;
    refused(&admin, "seats").await;
}

#[tokio::test]
async fn the_later_of_two_merges_is_taken_back_first() {
    let (app, admin) = merged().await;
    let second = [
        ("kept", "8"),
        ("gone", "50"),
        ("kept_version", "1"),
        ("gone_version", "2"),
    ];
    let done = admin.post("merging/merge", &second).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    // Both point to the one that stays.
    assert_eq!(
        app.count("SELECT count(*) FROM people WHERE merged_into = 8")
            .await,
        2
    );
    refused(&admin, "merges").await;
    let undone = admin.post("merging/undo", &[("merge", "2")]).await;
    assert_eq!(undone.status, StatusCode::OK, "{}", undone.body);
    let undone = admin.post("merging/undo", &UNDO).await;
    assert_eq!(undone.status, StatusCode::OK, "{}", undone.body);
}

#[tokio::test]
async fn undoing_is_for_who_may_change_the_record() {
    let (app, _) = merged().await;
    for who in [
        "stranger-coordinator",
        "manager",
        "facilitator",
        "participant",
        "other",
    ] {
        let refused = app.sign_in(who).await.post("merging/undo", &UNDO).await;
        assert_eq!(refused.error(), AppError::Forbidden, "{who}");
    }
    let coordinator = app.sign_in("coordinator").await;
    let undone = coordinator.post("merging/undo", &UNDO).await;
    assert_eq!(undone.status, StatusCode::OK, "{}", undone.body);
}
