//! Signing in and out.

use axum::http::StatusCode;
use capacita::error::{AppError, Fault, Reason};

use crate::test_app::{PASSWORD, TestApp};

#[tokio::test]
async fn signing_in_and_out() {
    let app = TestApp::new().await;
    let stranger = app.stranger();
    let wrong = stranger
        .post(
            "access/sign_in",
            &[
                ("email", "coordinator@capacita.test"),
                ("password", "wrong"),
            ],
        )
        .await;
    assert_eq!(
        wrong.error(),
        AppError::field("email", Fault::WrongCredentials)
    );
    let unknown = stranger
        .post(
            "access/sign_in",
            &[("email", "nobody@capacita.test"), ("password", PASSWORD)],
        )
        .await;
    assert_eq!(unknown.error(), wrong.error());

    let coordinator = app.sign_in("coordinator").await;
    let out = coordinator.post("access/sign_out", &[]).await;
    assert_eq!(out.status, StatusCode::OK);
    let again = coordinator.post("access/sign_out", &[]).await;
    assert_eq!(again.error(), AppError::SignInRequired);
}

#[tokio::test]
async fn a_refused_form_comes_back_with_what_was_typed_but_without_the_password() {
    let app = TestApp::new().await;
    let stranger = app.stranger();
    let refused = stranger
        .post_form(
            "/sign-in?next=%2Fpeople",
            "access/sign_in",
            &[
                ("email", "who@capacita.test"),
                ("password", "pass-typed-wrong"),
            ],
        )
        .await;
    assert_eq!(refused.status, StatusCode::SEE_OTHER);
    let location = refused.location();
    assert!(
        location.starts_with("/sign-in?next=%2Fpeople&kept="),
        "{location}"
    );
    let browser = app.client(Some(refused.cookies()));
    let page = browser.get(&location).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("who@capacita.test"));
    assert!(!page.body.contains("pass-typed-wrong"));
}

#[tokio::test]
async fn a_page_is_seen_while_somebody_else_writes() {
    let app = TestApp::new().await;
    let participant = app.sign_in("participant").await;
    app.execute("UPDATE sign_ins SET last_seen_at = '2026-11-20T00:00:00+00:00'")
        .await;
    let seen = "SELECT last_seen_at FROM sign_ins WHERE account_id = 5";
    let writing = app.state.database.write().await.expect("a transaction");
    assert_eq!(participant.get("/me").await.status, StatusCode::OK);
    drop(writing);
    assert_eq!(app.text(seen).await, "2026-11-20T00:00:00+00:00");
    // A page after it tells that the device was seen: not always the very next one, for a
    // transaction that was dropped gives its connection back in its own time.
    for _ in 0..1_000 {
        assert_eq!(participant.get("/me").await.status, StatusCode::OK);
        if app.text(seen).await != "2026-11-20T00:00:00+00:00" {
            break;
        }
    }
    assert_eq!(app.text(seen).await, "2026-11-21T15:00:00+00:00");
}

#[tokio::test]
async fn guessing_is_slowed_down_and_survives_a_restart() {
    let app = TestApp::new().await;
    let stranger = app.stranger();
    for _ in 0..6 {
        stranger
            .post(
                "access/sign_in",
                &[("email", "manager@capacita.test"), ("password", "guess")],
            )
            .await;
    }
    let right = [("email", "manager@capacita.test"), ("password", PASSWORD)];
    let blocked = AppError::Conflict(Reason::TooManyAttempts { minutes: 1 });
    assert_eq!(
        stranger.post("access/sign_in", &right).await.error(),
        blocked
    );
    let app = app.restart().await;
    assert_eq!(
        app.stranger().post("access/sign_in", &right).await.error(),
        blocked
    );
    app.clock.advance(chrono::Duration::minutes(1));
    assert_eq!(
        app.stranger().post("access/sign_in", &right).await.status,
        StatusCode::OK
    );
}
