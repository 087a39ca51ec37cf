//! What administrators see of messages, and decide.

use axum::http::StatusCode;
use capacita::error::{AppError, Reason};
use chrono::Duration;

use super::{
    deliver, queue,
    server::{Deed, Stage},
    standings, with_server,
};
use crate::test_app::TestApp;

const FORM: [(&str, &str); 1] = [("message", "1")];

#[tokio::test]
async fn what_was_perhaps_sent_is_sent_again_on_an_administrators_word_alone() {
    let (server, app) = with_server().await;
    queue(&app, "rosa@capacita.test", |_| ()).await;
    server.plan(Stage::End, Deed::HangUp);
    deliver(&app).await;
    let admin = app.sign_in("admin").await;
    let page = admin.get("/admin/outbox?show=uncertain").await.body;
    assert!(page.contains("Quizá enviado"));
    assert!(page.contains("la persona lo recibirá dos veces"));
    assert_eq!(
        admin.get("/admin").await.fact("Mensajes quizá enviados"),
        "1"
    );
    assert!(
        admin
            .get("/")
            .await
            .body
            .contains("1 mensaje quizá enviado")
    );

    let answer = admin.post("admin/resend_message", &FORM).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(deliver(&app).await.sent, 1);
    // The same message, and it says so.
    let taken = server.taken();
    assert_eq!(taken.len(), 2);
    assert_eq!(taken[0], taken[1]);
    let refused = AppError::Conflict(Reason::WrongMessageState);
    for endpoint in ["admin/resend_message", "admin/give_up_message"] {
        assert_eq!(admin.post(endpoint, &FORM).await.error(), refused);
    }
    let events = "SELECT group_concat(action || ' ' || before) FROM audit_events WHERE subject_kind = 'message'";
    let expected = r#"message_resend {"kind":"enrolment_enrolled","state":"uncertain"}"#;
    assert_eq!(app.text(events).await, expected);
}

#[tokio::test]
async fn a_refusal_is_shown_with_its_code_and_can_be_tried_again_or_given_up() {
    let (server, app) = with_server().await;
    queue(&app, "rosa@capacita.test", |_| ()).await;
    server.plan(Stage::Rcpt, Deed::Say("550 5.1.1 No <such> user"));
    deliver(&app).await;
    let admin = app.sign_in("admin").await;
    let page = admin.get("/admin/outbox?show=failed").await.html();
    assert!(page.contains("550 5.1.1 No &lt;such&gt; user"));
    assert!(page.contains("1 intento"));
    assert_eq!(
        admin.get("/admin").await.fact("Mensajes que no salieron"),
        "1"
    );
    assert_eq!(
        admin.get("/admin").await.fact("Servidor de correo"),
        "Configurado"
    );

    admin.post("admin/give_up_message", &FORM).await;
    assert_eq!(
        admin.get("/admin").await.fact("Mensajes que no salieron"),
        "0"
    );
    let again = admin.post("admin/give_up_message", &FORM).await;
    assert_eq!(again.error(), AppError::Conflict(Reason::WrongMessageState));
    admin.post("admin/resend_message", &FORM).await;
    assert_eq!(deliver(&app).await.sent, 1);
    assert_eq!(standings(&app).await, ["sent - - 1"]);
}

#[tokio::test]
async fn what_waits_is_given_up_and_an_expired_link_is_not_sent_again() {
    let app = TestApp::new().await;
    let form = [("email", "participant@capacita.test")];
    app.stranger()
        .post("access/forgotten_password", &form)
        .await;
    queue(&app, "rosa@capacita.test", |_| ()).await;
    let admin = app.sign_in("admin").await;
    let page = admin.get("/admin/outbox").await.body;
    assert!(page.contains("No hay servidor de correo"));
    assert_eq!(admin.get("/admin").await.fact("Mensajes por enviar"), "2");
    let second = [("message", "2")];
    admin.post("admin/give_up_message", &second).await;
    app.clock.advance(Duration::hours(1));
    deliver(&app).await;
    assert_eq!(
        standings(&app).await,
        ["failed expired - 0", "failed given_up - 0"]
    );
    let refused = admin.post("admin/resend_message", &FORM).await;
    assert_eq!(refused.error(), AppError::Conflict(Reason::MessageExpired));
}

#[tokio::test]
async fn nobody_else_decides_about_messages() {
    let app = TestApp::new().await;
    queue(&app, "rosa@capacita.test", |_| ()).await;
    for who in ["manager", "coordinator", "facilitator", "participant"] {
        let client = app.sign_in(who).await;
        for endpoint in ["admin/resend_message", "admin/give_up_message"] {
            let answer = client.post(endpoint, &FORM).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{who}");
        }
    }
    assert_eq!(standings(&app).await, ["queued - - 0"]);
}
