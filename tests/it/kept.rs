//! What was typed into a refused form: who finds it again, and how much of it is kept.

use axum::http::{StatusCode, header};
use capacita::error::AppError;
use chrono::Duration;

use crate::test_app::{Answer, Client, TestApp};

/// Refused for want of a document number.
const PERSON: [(&str, &str); 5] = [
    ("given_names", "Confidenciana"),
    ("paternal_surname", "Rojas"),
    ("sex", "f"),
    ("document_kind", "dni"),
    ("document_number", "12"),
];

async fn refused(client: &Client, page: &str, endpoint: &str, form: &[(&str, &str)]) -> Answer {
    let answer = client.post_form(page, endpoint, form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(answer.location().contains("kept="), "{}", answer.location());
    answer
}

async fn shows_draft(client: &Client, location: &str) -> bool {
    client.get(location).await.body.contains("Confidenciana")
}

#[tokio::test]
async fn a_draft_is_shown_to_the_account_that_typed_it_alone() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let answer = refused(&coordinator, "/people/new", "people/create_person", &PERSON).await;
    let location = answer.location();
    assert!(shows_draft(&coordinator, &location).await);
    let other_device = app.sign_in("coordinator").await;
    assert!(shows_draft(&other_device, &location).await);
    for name in ["admin", "stranger-coordinator"] {
        let other = app.sign_in(name).await;
        let page = other.get(&location).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.body.contains("Confidenciana"), "{name}");
    }
}

#[tokio::test]
async fn signing_out_drops_what_was_typed() {
    let app = TestApp::new().await;
    let device = app.sign_in("coordinator").await;
    let answer = refused(&device, "/people/new", "people/create_person", &PERSON).await;
    let other_device = app.sign_in("coordinator").await;
    device.post("access/sign_out", &[]).await;
    assert!(!shows_draft(&other_device, &answer.location()).await);
}

#[tokio::test]
async fn what_a_stranger_typed_is_for_their_browser_and_ten_minutes() {
    let app = TestApp::new().await;
    let stranger = app.stranger();
    let answer = refused(&stranger, "/register", "access/register", &complete()).await;
    let cookie = answer.headers[header::SET_COOKIE].to_str().expect("ASCII");
    assert!(cookie.starts_with("capacita-visit="), "{cookie}");
    assert!(
        cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax; Max-Age=600"),
        "{cookie}"
    );
    let browser = app.client(Some(answer.cookies()));
    let location = answer.location();
    assert!(shows_draft(&browser, &location).await);
    assert!(!shows_draft(&stranger, &location).await);
    let elsewhere = app.client(Some("capacita-visit=0123456789abcdef".into()));
    assert!(!shows_draft(&elsewhere, &location).await);
    let again = refused(&browser, "/register", "access/register", &complete()).await;
    assert!(again.headers.get(header::SET_COOKIE).is_none());
    app.clock.advance(Duration::minutes(10));
    assert!(!shows_draft(&browser, &location).await);
}

/// A registration that is refused for its document.
fn complete() -> Vec<(&'static str, &'static str)> {
    let account = [
        ("email", "ana@example.pe"),
        ("password", "hoja trueno mesa verde"),
        ("repeat_password", "hoja trueno mesa verde"),
    ];
    PERSON.into_iter().chain(account).collect()
}

#[tokio::test]
async fn who_signs_in_first_finds_the_draft_again() {
    let app = TestApp::new().await;
    let stranger = app.stranger();
    let answer = stranger
        .post_form("/people/new", "people/create_person", &PERSON)
        .await;
    let location = answer.location();
    assert!(
        location.starts_with("/sign-in?next=%2Fpeople%2Fnew%3Fkept%3D"),
        "{location}"
    );
    let (_, key) = location.split_once("kept%3D").expect("a key");
    let signed_in = app.sign_in("coordinator").await.cookie().expect("a cookie");
    let browser = app.client(Some(format!("{signed_in}; {}", answer.cookies())));
    assert!(shows_draft(&browser, &format!("/people/new?kept={key}")).await);
}

#[tokio::test]
async fn nothing_is_kept_of_what_is_sent_to_no_action() {
    let app = TestApp::new().await;
    for client in [app.stranger(), app.sign_in("participant").await] {
        let answer = client.post_form("/", "people/no_such_thing", &PERSON).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert_eq!(answer.error(), AppError::NotFound);
        assert!(answer.headers.get(header::LOCATION).is_none());
    }
}

#[tokio::test]
async fn a_strangers_form_is_short() {
    let app = TestApp::new().await;
    let long = "a".repeat(64 * 1024);
    let form = [("given_names", long.as_str())];
    let stranger = app.stranger();
    let answer = stranger
        .post_form("/register", "people/create_person", &form)
        .await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    let coordinator = app.sign_in("coordinator").await;
    let answer = refused(&coordinator, "/people/new", "people/create_person", &form).await;
    let page = coordinator.get(&answer.location()).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("era demasiado largo"));
    assert!(!page.body.contains("aaaaaaaa"));
}
