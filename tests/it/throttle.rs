//! How guessing is slowed down, and who is not slowed down by it.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use capacita::error::{AppError, Fault, Reason};
use chrono::Duration;
use futures::future::join_all;

use crate::test_app::{Answer, Client, PASSWORD, TestApp};

const MANAGER: &str = "manager@capacita.test";

async fn try_password(client: &Client, email: &str, password: &str) -> Answer {
    let form = [("email", email), ("password", password)];
    client.post("access/sign_in", &form).await
}

/// Signs in as if a proxy on this machine had seen the request come from an address.
async fn try_from(app: &TestApp, address: &str, email: &str, password: &str) -> Answer {
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("email", email), ("password", password)])
        .finish();
    let request = Request::post("/api/access/sign_in")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("x-forwarded-for", address)
        .body(Body::from(body));
    app.stranger().send(request.expect("a request")).await
}

fn is_refused_unseen(answer: &Answer) -> bool {
    answer.status == StatusCode::CONFLICT
        && matches!(
            answer.error(),
            AppError::Conflict(Reason::TooManyAttempts { .. })
        )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_guesses_at_once_are_not_more_than_five() {
    let app = TestApp::new().await;
    let stranger = app.stranger();
    let guesses = (0..60).map(|_| try_password(&stranger, MANAGER, "guess"));
    let answers = join_all(guesses).await;
    let looked_at = answers
        .iter()
        .filter(|answer| answer.status == StatusCode::UNPROCESSABLE_ENTITY)
        .count();
    assert_eq!(looked_at, 5);
    assert_eq!(
        answers
            .iter()
            .filter(|answer| is_refused_unseen(answer))
            .count(),
        55
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_present_password_is_not_guessed_at_once_either() {
    let app = TestApp::new().await;
    let client = app.sign_in("manager").await;
    let form = [
        ("current_password", "guess"),
        ("new_password", "hoja trueno mesa verde"),
        ("repeat_password", "hoja trueno mesa verde"),
    ];
    let answers = join_all((0..30).map(|_| client.post("access/change_password", &form))).await;
    let wrong = AppError::field("current_password", Fault::WrongPassword);
    let looked_at = answers.iter().filter(|answer| answer.error() == wrong);
    assert_eq!(looked_at.count(), 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_knows_the_password_signs_in_on_many_devices_at_once() {
    let app = TestApp::new().await;
    let stranger = app.stranger();
    let devices = (0..20).map(|_| try_password(&stranger, MANAGER, PASSWORD));
    for answer in join_all(devices).await {
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    }
    assert_eq!(
        app.count("SELECT count(*) FROM sign_in_failures").await,
        0,
        "a success gives back what it was counted, the address's count too"
    );
}

#[tokio::test]
async fn a_stranger_cannot_keep_the_owner_out() {
    let app = TestApp::new().await;
    let signed_in = try_password(&app.stranger(), MANAGER, PASSWORD).await;
    let device = app.client(Some(signed_in.cookies()));
    device.post("access/sign_out", &[]).await;
    let mut looked_at = 0;
    for _ in 0..12 * 60 {
        let guess = try_from(&app, "203.0.113.9", MANAGER, "guess").await;
        looked_at += i32::from(guess.status == StatusCode::UNPROCESSABLE_ENTITY);
        app.clock.advance(Duration::minutes(1));
    }
    assert!(looked_at < 60, "{looked_at} guesses in twelve hours");
    try_from(&app, "203.0.113.9", MANAGER, "guess").await;
    assert!(is_refused_unseen(
        &try_password(&app.stranger(), MANAGER, PASSWORD).await
    ));
    let owner = try_password(&device, MANAGER, PASSWORD).await;
    assert_eq!(owner.status, StatusCode::OK, "{}", owner.body);
    app.clock.advance(Duration::minutes(15));
    let elsewhere = try_password(&app.stranger(), MANAGER, PASSWORD).await;
    assert_eq!(elsewhere.status, StatusCode::OK, "after the longest wait");
}

#[tokio::test]
async fn a_known_device_is_counted_too_and_known_for_one_account_alone() {
    let app = TestApp::new().await;
    let signed_in = try_password(&app.stranger(), MANAGER, PASSWORD).await;
    let device = app.client(Some(signed_in.cookies()));
    for _ in 0..5 {
        try_password(&device, MANAGER, "guess").await;
    }
    assert!(is_refused_unseen(
        &try_password(&device, MANAGER, PASSWORD).await
    ));
    let other = "participant@capacita.test";
    for _ in 0..5 {
        try_password(&app.stranger(), other, "guess").await;
    }
    assert!(is_refused_unseen(
        &try_password(&device, other, PASSWORD).await
    ));
}

#[tokio::test]
async fn a_new_password_makes_other_devices_unknown() {
    let app = TestApp::new().await;
    let signed_in = try_password(&app.stranger(), MANAGER, PASSWORD).await;
    let lost = app.client(Some(signed_in.cookies()));
    let new = "hoja trueno mesa verde";
    let form = [
        ("current_password", PASSWORD),
        ("new_password", new),
        ("repeat_password", new),
    ];
    let here = app.sign_in("manager").await;
    let changed = here.post("access/change_password", &form).await;
    let here = app.client(Some(changed.cookies()));
    for _ in 0..5 {
        try_password(&app.stranger(), MANAGER, "guess").await;
    }
    assert!(is_refused_unseen(&try_password(&lost, MANAGER, new).await));
    assert_eq!(
        try_password(&here, MANAGER, new).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn an_institution_behind_one_address_may_mistype() {
    let app = TestApp::new().await;
    for number in 0..120 {
        let email = format!("a{number}@capacita.test");
        let typo = try_password(&app.stranger(), &email, "typo").await;
        assert_eq!(typo.status, StatusCode::UNPROCESSABLE_ENTITY, "{number}");
    }
    app.sign_in("manager").await;
}

#[tokio::test]
async fn one_address_is_slowed_down_whatever_accounts_it_tries() {
    let app = TestApp::new().await;
    for number in 0..300 {
        let email = format!("a{number}@capacita.test");
        try_from(&app, "2001:db8:1:2::1", &email, "guess").await;
    }
    let neighbour = try_from(&app, "2001:db8:1:2:ffff::7", MANAGER, PASSWORD).await;
    assert!(is_refused_unseen(&neighbour), "the same network");
    let elsewhere = try_from(&app, "2001:db8:1:3::1", MANAGER, PASSWORD).await;
    assert_eq!(elsewhere.status, StatusCode::OK);
    app.clock.advance(Duration::minutes(60));
    for number in 0..50 {
        let email = format!("b{number}@capacita.test");
        let typo = try_from(&app, "2001:db8:1:2::1", &email, "typo").await;
        assert_eq!(typo.status, StatusCode::UNPROCESSABLE_ENTITY, "{number}");
    }
    app.clock.advance(Duration::hours(25));
    try_password(&app.stranger(), "x@y.pe", "x").await;
    assert_eq!(
        app.count("SELECT count(*) FROM sign_in_failures").await,
        2,
        "what has leaked away is forgotten"
    );
}
