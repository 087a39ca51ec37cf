//! Addresses that somebody typed when registering and nobody has shown to be theirs.

use axum::http::StatusCode;
use capacita::error::{AppError, Fault, Reason};

use super::{NEW, latest_token, set_password, sign_in};
use crate::test_app::{Client, TestApp};

/// Somebody registers with an address; what they are signed in with.
async fn register(app: &TestApp, email: &str, document: &str) -> Client {
    let form = [
        ("given_names", "Otra"),
        ("paternal_surname", "Persona"),
        ("sex", "f"),
        ("document_kind", "dni"),
        ("document_number", document),
        ("email", email),
        ("password", NEW),
        ("repeat_password", NEW),
    ];
    let answer = app.stranger().post("access/register", &form).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    app.client(answer.cookie())
}

#[tokio::test]
async fn an_invitation_supersedes_an_address_that_nobody_confirmed() {
    let app = TestApp::new().await;
    let thief = register(&app, "wari@example.pe", "01234567").await;
    app.execute("UPDATE people SET email = 'wari@example.pe' WHERE id = 8")
        .await;
    let coordinator = app.sign_in("coordinator").await;
    let invited = coordinator.post("access/invite", &[("person", "8")]).await;
    assert_eq!(invited.status, StatusCode::OK, "{}", invited.body);

    // Who typed it is signed out, cannot come back, and gets none of the letters.
    assert_eq!(thief.get("/me/account").await.status, StatusCode::FOUND);
    let wrong = AppError::field("email", Fault::WrongCredentials);
    let back = sign_in(&app, "wari@example.pe", NEW).await;
    assert_eq!(back.error(), wrong);
    let theirs = "SELECT count(*) FROM people WHERE email = 'wari@example.pe' AND id <> 8";
    assert_eq!(app.count(theirs).await, 0);
    let events = "SELECT count(*) FROM audit_events WHERE action = 'email_supersede'";
    assert_eq!(app.count(events).await, 1);

    let own = "campo luna piedra azul";
    let token = latest_token(&app).await;
    let accepted = set_password(&app.stranger(), &token, own).await;
    assert_eq!(accepted.status, StatusCode::OK, "{}", accepted.body);
    app.sign_in_as("wari@example.pe", own).await;
    let whose = "SELECT person_id FROM accounts WHERE email = 'wari@example.pe'";
    assert_eq!(app.count(whose).await, 8);
}

#[tokio::test]
async fn an_address_that_was_confirmed_or_is_known_to_the_staff_is_not_superseded() {
    for known in [true, false] {
        let app = TestApp::new().await;
        register(&app, "wari@example.pe", "01234567").await;
        if known {
            app.execute(
                "INSERT INTO role_grants (account_id, role, program_id, granted_at)
                 SELECT id, 'manager', 0, '2026-11-21T00:00:00+00:00' FROM accounts
                 WHERE email = 'wari@example.pe'",
            )
            .await;
        } else {
            let stranger = app.stranger();
            let form = [("email", "wari@example.pe")];
            stranger.post("access/forgotten_password", &form).await;
            let token = latest_token(&app).await;
            set_password(&stranger, &token, NEW).await;
        }
        app.execute("UPDATE people SET email = 'wari@example.pe' WHERE id = 8")
            .await;
        let coordinator = app.sign_in("coordinator").await;
        let taken = coordinator.post("access/invite", &[("person", "8")]).await;
        assert_eq!(
            taken.error(),
            AppError::Conflict(Reason::EmailTaken),
            "{known}"
        );
        app.sign_in_as("wari@example.pe", NEW).await;
    }
}
