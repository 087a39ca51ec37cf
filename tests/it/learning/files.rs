//! Who may have a file, and how it is given.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};

use super::done;
use crate::test_app::TestApp;

/// The small world with a file in session 5, uploaded by its coordinator.
async fn world(name: &str, content: &[u8]) -> TestApp {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let form = [("session", "5"), ("title", "Guía")];
    done(
        &coordinator
            .post_file("learning/upload_file", &form, (name, content))
            .await,
    );
    app
}

#[tokio::test]
async fn a_file_is_for_those_who_take_part_and_for_the_staff() {
    let app = world("guia.pdf", b"%PDF-1.7 RESERVADO").await;
    for (name, status) in [
        ("admin", 200),
        ("manager", 404),
        ("coordinator", 200),
        ("stranger-coordinator", 404),
        ("facilitator", 404),
        ("participant", 200),
        ("other", 404),
    ] {
        let answer = app.sign_in(name).await.get("/files/1").await;
        assert_eq!(answer.status.as_u16(), status, "{name}");
        assert_eq!(answer.body.contains("RESERVADO"), status == 200, "{name}");
    }
    let stranger = app.stranger().get("/files/1").await;
    assert_eq!(stranger.status, StatusCode::FOUND);
    assert_eq!(stranger.location(), "/sign-in?next=%2Ffiles%2F1");

    app.execute("UPDATE enrolments SET state = 'withdrawn' WHERE id = 3")
        .await;
    let gone = app.sign_in("participant").await.get("/files/1").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    for odd in ["/files/2", "/files/0", "/files/01", "/files/x"] {
        let answer = app.sign_in("admin").await.get(odd).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{odd}");
    }
}

#[tokio::test]
async fn a_file_is_taken_away_and_never_opened_as_a_page() {
    let app = world(
        "Guía \u{202e}de campo.txt",
        "<script>alert(1)</script>".as_bytes(),
    )
    .await;
    let participant = app.sign_in("participant").await;
    let answer = participant.get("/files/1").await;
    let value = |name: header::HeaderName| answer.headers[name].to_str().expect("ASCII");
    assert_eq!(value(header::CONTENT_TYPE), "text/plain; charset=utf-8");
    assert_eq!(
        value(header::CONTENT_DISPOSITION),
        "attachment; filename=\"Gu_a de campo.txt\"; filename*=UTF-8''Gu%C3%ADa%20de%20campo.txt"
    );
    assert_eq!(value(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    assert_eq!(value(header::CACHE_CONTROL), "private, no-cache");
    assert!(value(header::CONTENT_SECURITY_POLICY).starts_with("default-src 'none'"));
    assert_eq!(answer.body, "<script>alert(1)</script>");
}

#[tokio::test]
async fn a_file_that_the_browser_has_is_not_sent_again() {
    let app = world("guia.pdf", b"%PDF-1.7").await;
    let participant = app.sign_in("participant").await;
    let first = participant.get("/files/1").await;
    let ask = || {
        Request::get("/files/1")
            .header(header::IF_NONE_MATCH, first.headers[header::ETAG].clone())
            .body(Body::empty())
            .expect("a request")
    };
    let again = participant.send(ask()).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert!(again.bytes.is_empty());
    let other = app.sign_in("other").await.send(ask()).await;
    assert_eq!(
        other.status,
        StatusCode::NOT_FOUND,
        "not even whether it changed"
    );
}
