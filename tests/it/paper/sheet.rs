//! The sign-in sheet over HTTP. Who may have it stands in the access matrix.

use axum::http::{StatusCode, header};

use crate::test_app::TestApp;

#[tokio::test]
async fn a_facilitator_prints_the_sheet_of_their_session() {
    let app = TestApp::new().await;
    let facilitator = app.sign_in("facilitator").await;
    let roll = facilitator.get("/sessions/1/attendance").await;
    assert!(roll.body.contains("href=\"/sessions/1/sign-in-sheet.pdf\""));
    let sheet = facilitator.get("/sessions/1/sign-in-sheet.pdf").await;
    assert_eq!(sheet.status, StatusCode::OK);
    assert!(sheet.bytes.starts_with(b"%PDF-"));
    assert_eq!(sheet.headers[header::CONTENT_TYPE], "application/pdf");
    // Names are on it: nothing keeps a copy on the way.
    assert_eq!(sheet.headers[header::CACHE_CONTROL], "private, no-store");
    // More empty rows take more room.
    let long = facilitator
        .get("/sessions/1/sign-in-sheet.pdf?blank=120")
        .await;
    assert!(long.bytes.len() > sheet.bytes.len());
    // What is no number is as if nothing had been asked.
    let odd = facilitator
        .get("/sessions/1/sign-in-sheet.pdf?blank=x")
        .await;
    assert_eq!(odd.bytes, sheet.bytes);
}
