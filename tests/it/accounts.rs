//! Accounts: passwords, links, devices, roles.

mod meanwhile;
mod unproven;

use axum::http::{StatusCode, header};
use capacita::error::{AppError, Fault, Reason};
use chrono::Duration;

use crate::test_app::{Client, PASSWORD, TestApp};

/// Another good password.
const NEW: &str = "hoja trueno mesa verde";

/// The token in the latest letter.
async fn latest_token(app: &TestApp) -> String {
    let body = app.latest_letter().await;
    let (_, rest) = body.split_once("/set-password?token=").expect("a link");
    rest.split_whitespace().next().expect("a token").to_owned()
}

async fn set_password(client: &Client, token: &str, password: &str) -> crate::test_app::Answer {
    let form = [
        ("token", token),
        ("new_password", password),
        ("repeat_password", password),
    ];
    client.post("access/set_password", &form).await
}

async fn sign_in(app: &TestApp, email: &str, password: &str) -> crate::test_app::Answer {
    let form = [("email", email), ("password", password)];
    app.stranger().post("access/sign_in", &form).await
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_by_link_once() {
    let app = TestApp::new().await;
    let other_device = app.sign_in("participant").await;
    let stranger = app.stranger();
    let known = [("email", "participant@capacita.test")];
    let unknown = [("email", "nobody@capacita.test")];
    let page = "/forgotten-password";
    let to_known = stranger
        .post_form(page, "access/forgotten_password", &known)
        .await;
    let to_unknown = stranger
        .post_form(page, "access/forgotten_password", &unknown)
        .await;
    assert_eq!(
        stranger.get(&to_known.location()).await.notice(),
        stranger.get(&to_unknown.location()).await.notice()
    );
    assert_eq!(app.count("SELECT count(*) FROM outbox").await, 1);

    let first = latest_token(&app).await;
    for _ in 0..2 {
        stranger.post("access/forgotten_password", &known).await;
    }
    let second = latest_token(&app).await;
    let expired = AppError::Conflict(Reason::LinkExpired);
    assert_eq!(set_password(&stranger, &first, NEW).await.error(), expired);

    let page = stranger.get(&format!("/set-password?token={second}")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("participant@capacita.test"));
    let weak = set_password(&stranger, &second, "1234567890").await;
    assert_eq!(
        weak.error(),
        AppError::field("new_password", Fault::WeakPassword)
    );
    let done = set_password(&stranger, &second, NEW).await;
    assert_eq!(done.status, StatusCode::OK);
    let client = app.client(done.cookie());
    assert_eq!(client.get("/me/account").await.status, StatusCode::OK);
    assert_eq!(
        other_device.get("/me/account").await.status,
        StatusCode::FOUND,
        "other devices are signed out"
    );
    let email = "participant@capacita.test";
    assert_eq!(sign_in(&app, email, NEW).await.status, StatusCode::OK);
    let old = sign_in(&app, email, PASSWORD).await;
    assert_eq!(
        old.error(),
        AppError::field("email", Fault::WrongCredentials)
    );
    assert_eq!(set_password(&stranger, &second, NEW).await.error(), expired);
    let gone = stranger.get(&format!("/set-password?token={second}")).await;
    assert_eq!(gone.status, StatusCode::GONE);
}

#[tokio::test]
async fn who_asks_again_does_not_kill_the_link_that_is_being_read() {
    let app = TestApp::new().await;
    let stranger = app.stranger();
    let known = [("email", "participant@capacita.test")];
    stranger.post("access/forgotten_password", &known).await;
    let read = latest_token(&app).await;
    stranger.post("access/forgotten_password", &known).await;
    let unread = latest_token(&app).await;
    let done = set_password(&stranger, &read, NEW).await;
    assert_eq!(done.status, StatusCode::OK);
    let other = set_password(&stranger, &unread, NEW).await;
    assert_eq!(other.error(), AppError::Conflict(Reason::LinkExpired));
}

#[tokio::test]
async fn links_are_asked_for_a_few_times_from_one_address() {
    let app = TestApp::new().await;
    let unknown = [("email", "nobody@capacita.test")];
    let ask = async || {
        let stranger = app.stranger();
        stranger.post("access/forgotten_password", &unknown).await
    };
    for _ in 0..20 {
        assert_eq!(ask().await.status, StatusCode::OK);
    }
    let wait = AppError::Conflict(Reason::TooManyAttempts { minutes: 1 });
    assert_eq!(ask().await.error(), wait);
    app.clock.advance(Duration::minutes(1));
    assert_eq!(ask().await.status, StatusCode::OK);
}

#[tokio::test]
async fn links_grow_old_and_mailboxes_are_not_flooded() {
    let app = TestApp::new().await;
    let stranger = app.stranger();
    let known = [("email", "participant@capacita.test")];
    for _ in 0..7 {
        let answer = stranger.post("access/forgotten_password", &known).await;
        assert_eq!(answer.status, StatusCode::OK);
    }
    assert_eq!(app.count("SELECT count(*) FROM outbox").await, 5);
    let token = latest_token(&app).await;
    app.clock.advance(Duration::minutes(60));
    let late = set_password(&stranger, &token, NEW).await;
    assert_eq!(late.error(), AppError::Conflict(Reason::LinkExpired));
    stranger.post("access/forgotten_password", &known).await;
    assert_eq!(app.count("SELECT count(*) FROM outbox").await, 6);
    let disabled = "UPDATE accounts SET disabled_at = '2026-11-21T00:00:00+00:00' WHERE id = 5";
    app.execute(disabled).await;
    let token = latest_token(&app).await;
    let dead = set_password(&stranger, &token, NEW).await;
    assert_eq!(dead.error(), AppError::Conflict(Reason::LinkExpired));
}

#[tokio::test]
async fn an_invitation_makes_an_account_that_waits_for_its_password() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let invite = [("person", "8")];
    let without = coordinator.post("access/invite", &invite).await;
    assert_eq!(without.error(), AppError::Conflict(Reason::NoEmail));
    app.execute("UPDATE people SET email = 'other@capacita.test' WHERE id = 8")
        .await;
    let taken = coordinator.post("access/invite", &invite).await;
    assert_eq!(taken.error(), AppError::Conflict(Reason::EmailTaken));
    app.execute("UPDATE people SET email = 'Wari@Example.pe' WHERE id = 8")
        .await;
    let page = coordinator.get("/people/8").await.body;
    assert!(page.contains("/api/access/invite"));
    for _ in 0..2 {
        let answer = coordinator.post("access/invite", &invite).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    }
    assert_eq!(
        app.count("SELECT count(*) FROM accounts WHERE email = 'wari@example.pe'")
            .await,
        1
    );
    let early = sign_in(&app, "wari@example.pe", "").await;
    assert_eq!(
        early.error(),
        AppError::field("email", Fault::WrongCredentials)
    );
    app.clock.advance(Duration::days(7) - Duration::seconds(1));
    let token = latest_token(&app).await;
    let stranger = app.stranger();
    assert_eq!(
        set_password(&stranger, &token, NEW).await.status,
        StatusCode::OK
    );
    let again = app.sign_in("coordinator").await;
    let answer = again.post("access/invite", &invite).await;
    assert_eq!(answer.error(), AppError::Conflict(Reason::HasAccount));
    let nobody = again.post("access/invite", &[("person", "99")]).await;
    assert_eq!(nobody.error(), AppError::NotFound);
}

#[tokio::test]
async fn changing_the_password_signs_other_devices_out() {
    let app = TestApp::new().await;
    let (here, there) = (app.sign_in("manager").await, app.sign_in("manager").await);
    let form = |current, new, repeat| {
        [
            ("current_password", current),
            ("new_password", new),
            ("repeat_password", repeat),
        ]
    };
    let wrong = here
        .post("access/change_password", &form("wrong", NEW, NEW))
        .await;
    assert_eq!(
        wrong.error(),
        AppError::field("current_password", Fault::WrongPassword)
    );
    let own_name = form(PASSWORD, "manager@capacita.test", "manager@capacita.test");
    let weak = here.post("access/change_password", &own_name).await;
    assert_eq!(
        weak.error(),
        AppError::field("new_password", Fault::WeakPassword)
    );
    let done = here
        .post("access/change_password", &form(PASSWORD, NEW, NEW))
        .await;
    assert_eq!(done.status, StatusCode::OK);
    assert_eq!(here.get("/me/account").await.status, StatusCode::OK);
    assert_eq!(there.get("/me/account").await.status, StatusCode::FOUND);
}

#[tokio::test]
async fn guessing_the_present_password_is_slowed_down() {
    let app = TestApp::new().await;
    let client = app.sign_in("manager").await;
    let form = [
        ("current_password", "guess"),
        ("new_password", NEW),
        ("repeat_password", NEW),
    ];
    for _ in 0..5 {
        client.post("access/change_password", &form).await;
    }
    assert_eq!(
        client.post("access/change_password", &form).await.error(),
        AppError::Conflict(Reason::TooManyAttempts { minutes: 1 })
    );
}

#[tokio::test]
async fn devices_are_listed_and_signed_out() {
    let app = TestApp::new().await;
    let (one, two) = (app.sign_in("manager").await, app.sign_in("manager").await);
    let three = app.sign_in("manager").await;
    let page = one.get("/me/account").await.body;
    assert_eq!(page.matches("/api/access/end_sign_in\"").count(), 2);
    let ended = one.post("access/end_sign_in", &[("sign_in", "2")]).await;
    assert_eq!(ended.status, StatusCode::OK);
    assert_eq!(two.get("/me/account").await.status, StatusCode::FOUND);
    let foreign = app.sign_in("admin").await;
    let refused = foreign
        .post("access/end_sign_in", &[("sign_in", "3")])
        .await;
    assert_eq!(refused.error(), AppError::NotFound);
    one.post("access/end_other_sign_ins", &[]).await;
    assert_eq!(three.get("/me/account").await.status, StatusCode::FOUND);
    assert_eq!(one.get("/me/account").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_language_is_remembered_with_the_account() {
    let app = TestApp::new().await;
    let client = app.sign_in("participant").await;
    let form = [("locale", "en")];
    let done = client.post("access/set_language", &form).await;
    assert!(
        done.headers
            .get_all(header::SET_COOKIE)
            .iter()
            .any(|cookie| cookie.as_bytes().starts_with(b"capacita-language=en"))
    );
    let elsewhere = app.sign_in("participant").await;
    let page = elsewhere.get("/me/account").await.body;
    assert!(page.contains("<html lang=\"en\">") && page.contains("My account"));
    let bad = client
        .post("access/set_language", &[("locale", "qu")])
        .await;
    assert_eq!(bad.error(), AppError::field("locale", Fault::UnknownChoice));
}

#[tokio::test]
async fn roles_are_granted_and_taken_away() {
    let app = TestApp::new().await;
    let admin = app.sign_in("admin").await;
    let participant = app.sign_in("participant").await;
    let grant = [("account", "5"), ("role", "administrator")];
    assert_eq!(
        participant.post("access/grant_role", &grant).await.error(),
        AppError::Forbidden
    );
    let last = [("account", "1"), ("role", "administrator")];
    let refused = admin.post("access/revoke_role", &last).await;
    assert_eq!(
        refused.error(),
        AppError::Conflict(Reason::LastAdministrator)
    );
    let refused = admin.post("access/disable_account", &last[..1]).await;
    assert_eq!(
        refused.error(),
        AppError::Conflict(Reason::LastAdministrator)
    );
    assert_eq!(
        admin.post("access/grant_role", &grant).await.status,
        StatusCode::OK
    );
    assert_eq!(
        participant.post("access/revoke_role", &last).await.status,
        StatusCode::OK,
        "there is another administrator now"
    );
    assert_eq!(
        admin.post("access/grant_role", &last).await.error(),
        AppError::Forbidden
    );
    let scoped = [("account", "2"), ("role", "coordinator"), ("program", "")];
    assert_eq!(
        participant.post("access/grant_role", &scoped).await.error(),
        AppError::field("program", Fault::Missing)
    );
    let nowhere = [("account", "2"), ("role", "coordinator"), ("program", "9")];
    assert_eq!(
        participant
            .post("access/grant_role", &nowhere)
            .await
            .error(),
        AppError::field("program", Fault::UnknownChoice)
    );
}

#[tokio::test]
async fn a_disabled_account_is_signed_out_and_stays_out() {
    let app = TestApp::new().await;
    let admin = app.sign_in("admin").await;
    let manager = app.sign_in("manager").await;
    let account = [("account", "2")];
    admin.post("access/disable_account", &account).await;
    assert_eq!(manager.get("/me/account").await.status, StatusCode::FOUND);
    let email = "manager@capacita.test";
    let refused = sign_in(&app, email, PASSWORD).await;
    assert_eq!(
        refused.error(),
        AppError::field("email", Fault::WrongCredentials)
    );
    admin.post("access/enable_account", &account).await;
    assert_eq!(sign_in(&app, email, PASSWORD).await.status, StatusCode::OK);
    assert_eq!(
        manager.get("/me/account").await.status,
        StatusCode::FOUND,
        "enabling brings no device back"
    );
}
