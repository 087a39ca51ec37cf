//! Badges over HTTP. Who may have them stands in the access matrix.

use axum::http::{StatusCode, header};

use crate::test_app::TestApp;

#[tokio::test]
async fn a_facilitator_prints_the_badges_of_an_edition() {
    let app = TestApp::new().await;
    let facilitator = app.sign_in("facilitator").await;
    let link = "href=\"/editions/1/badges.pdf\"";
    let roll = facilitator.get("/sessions/1/attendance").await;
    assert!(roll.body.contains(link));
    let list = app.sign_in("coordinator").await;
    let list = list.get("/editions/1/enrolments").await;
    assert!(list.body.contains(link));
    let badges = facilitator.get("/editions/1/badges.pdf").await;
    assert_eq!(badges.status, StatusCode::OK);
    assert!(badges.bytes.starts_with(b"%PDF-"));
    assert_eq!(badges.headers[header::CONTENT_TYPE], "application/pdf");
    // Names and codes are on them: nothing keeps a copy on the way.
    assert_eq!(badges.headers[header::CACHE_CONTROL], "private, no-store");
    // The same again is the same file; with a renewed code it is another.
    let again = facilitator.get("/editions/1/badges.pdf").await;
    assert_eq!(again.bytes, badges.bytes);
    let rosa = app.sign_in("participant").await;
    rosa.post("check_in/renew_code", &[]).await;
    let renewed = facilitator.get("/editions/1/badges.pdf").await;
    assert_ne!(renewed.bytes, badges.bytes);
}
