//! Many who type at once: what is counted, what is written, and that it is one transaction.

use axum::http::StatusCode;
use capacita::{
    check_in::room_code::Kind,
    error::{AppError, Fault, Reason},
};
use futures::future::join_all;

use super::{at_ten_past, marks, on_screen, type_code};

const COUNTED: &str = "SELECT coalesce(sum(failures), 0) FROM sign_in_failures";

fn wrong() -> AppError {
    AppError::field("code", Fault::CodeNotNow)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_wrong_codes_at_once_are_not_more_than_ten_tries() {
    let app = at_ten_past().await;
    let rosa = app.sign_in("participant").await;
    let answers = join_all((0..60).map(|_| type_code(&rosa, "CDFHJK"))).await;
    let errors: Vec<AppError> = answers.iter().map(super::Answer::error).collect();
    let looked_at = errors.iter().filter(|error| **error == wrong()).count();
    let waits = AppError::from(Reason::TooManyAttempts { minutes: 1 });
    let refused = errors.iter().filter(|error| **error == waits).count();
    assert_eq!((looked_at, refused), (10, 50));
    // Neither the right code nor a restart helps whoever waits.
    let typed = on_screen(&app, Kind::Typed, 1);
    assert_eq!(type_code(&rosa, &typed).await.error(), waits);
    assert_eq!(app.count(COUNTED).await, 10);
    let cookie = rosa.cookie();
    let app = app.restart().await;
    let rosa = app.client(cookie);
    assert_eq!(type_code(&rosa, &typed).await.error(), waits);
    assert_eq!(marks(&app).await, "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_right_code_from_many_devices_at_once_is_one_mark() {
    let app = at_ten_past().await;
    let rosa = app.sign_in("participant").await;
    let typed = on_screen(&app, Kind::Typed, 1);
    for answer in join_all((0..20).map(|_| type_code(&rosa, &typed))).await {
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    }
    assert_eq!(marks(&app).await, "present room_code 5");
    let told = "SELECT count(*) FROM audit_events WHERE action = 'attendance_check_in'";
    assert_eq!(app.count(told).await, 1);
}

#[tokio::test]
async fn the_right_code_leaves_the_count_of_tries_alone() {
    let app = at_ten_past().await;
    let rosa = app.sign_in("participant").await;
    app.execute(
        "CREATE TRIGGER counted AFTER INSERT ON sign_in_failures
         BEGIN SELECT raise(ABORT, 'a try was counted'); END",
    )
    .await;
    let typed = on_screen(&app, Kind::Typed, 1);
    let done = type_code(&rosa, &typed).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert_eq!(marks(&app).await, "present room_code 5");
    let counted = type_code(&rosa, "CDFHJK").await;
    assert_eq!(counted.status, StatusCode::INTERNAL_SERVER_ERROR);
}

#[tokio::test]
async fn what_fails_halfway_did_not_happen() {
    let app = at_ten_past().await;
    let rosa = app.sign_in("participant").await;
    for _ in 0..3 {
        assert_eq!(type_code(&rosa, "CDFHJK").await.error(), wrong());
    }
    app.execute(
        "CREATE TRIGGER untold BEFORE INSERT ON audit_events
         WHEN NEW.action = 'attendance_check_in'
         BEGIN SELECT raise(ABORT, 'nothing is told'); END",
    )
    .await;
    let typed = on_screen(&app, Kind::Typed, 1);
    let failed = type_code(&rosa, &typed).await;
    assert_eq!(failed.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(marks(&app).await, "");
    assert_eq!(app.count(COUNTED).await, 3, "neither forgiven nor counted");
    app.execute("DROP TRIGGER untold").await;
    let done = type_code(&rosa, &typed).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert_eq!(app.count(COUNTED).await, 0, "the right code forgives");
}

#[tokio::test]
async fn the_code_of_a_session_that_is_not_open_is_as_any_other() {
    let app = at_ten_past().await;
    let rosa = app.sign_in("participant").await;
    let typed = on_screen(&app, Kind::Typed, 1);
    app.execute("UPDATE editions SET state = 'closed' WHERE id = 1")
        .await;
    assert_eq!(type_code(&rosa, &typed).await.error(), wrong());
    assert_eq!(app.count(COUNTED).await, 1);
}
