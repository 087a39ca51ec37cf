//! People without e-mail: who is called, what is said, and that it was said.

use axum::http::StatusCode;
use capacita::error::{AppError, Reason};
use chrono::Duration;

use super::{done, enrol_wari, lines, notices};
use crate::test_app::TestApp;

const FORM: [(&str, &str); 1] = [("notice", "1")];

/// The person without e-mail is enrolled by the coordinator.
async fn enrolled() -> TestApp {
    let app = TestApp::new().await;
    app.execute("UPDATE people SET phone = '965 111 222' WHERE id = 8")
        .await;
    let coordinator = app.sign_in("coordinator").await;
    let form = [("edition", "1"), ("person", "8")];
    done(&coordinator.post("enrolment/enrol_other", &form).await);
    app
}

#[tokio::test]
async fn a_notice_says_who_how_and_what_and_is_ticked_off_once() {
    let app = enrolled().await;
    assert_eq!(notices(&app).await, ["8 enrolment_enrolled"]);
    let coordinator = app.sign_in("coordinator").await;
    let home = coordinator.get("/").await.html();
    assert!(home.contains("1 aviso por teléfono o nota"));
    let list = coordinator.get("/editions/1/enrolments").await.html();
    assert!(list.contains("1 aviso por dar"));
    let page = coordinator.get("/editions/1/notices").await.html();
    for shown in [
        "Sin Cuenta, Wari",
        "Teléfono: 965 111 222",
        "Inscripción confirmada: Cadena de custodia",
        "Hola, Wari:",
        "Ya se avisó a Wari Sin Cuenta",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
    done(&coordinator.post("enrolment/tick_notice", &FORM).await);
    let again = coordinator.post("enrolment/tick_notice", &FORM).await;
    assert_eq!(again.error(), AppError::Conflict(Reason::SentAlready));
    assert_eq!(notices(&app).await, [""; 0]);
    let page = coordinator.get("/editions/1/notices").await.html();
    assert!(page.contains("No hay avisos por dar"));
    assert!(page.contains("Avisos dados"));
    assert!(!page.contains("965 111 222"));
    let events = "SELECT account_id || ' ' || program_id || ' ' || before FROM audit_events
                  WHERE action = 'notice_tell'";
    assert_eq!(lines(&app, events).await, [r#"3 1 {"told":false}"#]);
    assert_eq!(app.count("SELECT told_by FROM notices").await, 3);
}

#[tokio::test]
async fn a_notice_is_for_who_runs_the_edition() {
    let app = enrolled().await;
    for (who, page, tick) in [
        ("admin", StatusCode::OK, StatusCode::OK),
        ("manager", StatusCode::FORBIDDEN, StatusCode::NOT_FOUND),
        (
            "stranger-coordinator",
            StatusCode::FORBIDDEN,
            StatusCode::NOT_FOUND,
        ),
        ("facilitator", StatusCode::FORBIDDEN, StatusCode::NOT_FOUND),
        ("participant", StatusCode::FORBIDDEN, StatusCode::NOT_FOUND),
        ("other", StatusCode::FORBIDDEN, StatusCode::NOT_FOUND),
    ] {
        app.execute("UPDATE notices SET told_at = NULL, told_by = NULL")
            .await;
        let client = app.sign_in(who).await;
        let seen = client.get("/editions/1/notices").await;
        assert_eq!(seen.status, page, "{who}");
        assert_eq!(
            seen.body.contains("965 111 222"),
            page == StatusCode::OK,
            "{who}"
        );
        let answer = client.post("enrolment/tick_notice", &FORM).await;
        assert_eq!(answer.status, tick, "{who}");
    }
}

#[tokio::test]
async fn who_has_no_telephone_is_written_a_note_and_what_is_over_is_not_told() {
    let app = TestApp::new().await;
    enrol_wari(&app).await;
    let coordinator = app.sign_in("coordinator").await;
    done(
        &coordinator
            .post("sessions/delete", &[("session", "2")])
            .await,
    );
    let page = coordinator.get("/editions/1/notices").await.html();
    assert!(page.contains("Sin teléfono registrado: entregue una nota."));
    app.clock.advance(Duration::days(7));
    let coordinator = app.sign_in("coordinator").await;
    let page = coordinator.get("/editions/1/notices").await.html();
    assert!(page.contains("No hay avisos por dar"));
    assert!(
        !coordinator
            .get("/")
            .await
            .body
            .contains("por teléfono o nota")
    );
}
