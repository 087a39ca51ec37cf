//! Closing an edition: the checklist, the record, reopening, and what changed since.

mod headcount;
mod old_record;
mod record;

use axum::http::StatusCode;
use capacita::{
    closing,
    error::{AppError, Fault, FieldError, Reason},
};
use chrono::Duration;

use crate::{
    certificates::{CLOSE, ended},
    test_app::{Client, TestApp},
};

const PAGE: &str = "/editions/1/closing";
const PDF: &str = "/editions/1/closing-record.pdf";
const EDITION: [(&str, &str); 1] = [("edition", "1")];
const REOPEN: [(&str, &str); 2] = [("edition", "1"), ("reason", "Faltó una lista")];

async fn states(app: &TestApp) -> String {
    app.text(
        "SELECT group_concat(id || ' ' || state, ', ') FROM
         (SELECT id, state FROM enrolments WHERE edition_id = 1 ORDER BY id)",
    )
    .await
}

async fn edition(app: &TestApp) -> String {
    app.text("SELECT state || ' ' || coalesce(state_reason, '-') FROM editions WHERE id = 1")
        .await
}

/// What `capacita check` says of the records.
async fn checked(app: &TestApp) -> Vec<String> {
    let mut connection = app.state.database.read().await.expect("a connection");
    let faults = closing::check(&mut connection).await.expect("checked");
    faults.iter().map(ToString::to_string).collect()
}

async fn close(coordinator: &Client) {
    let done = coordinator.post("closing/close", &CLOSE).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
}

fn needed(fields: &[&str]) -> AppError {
    let fault = |field: &&str| FieldError {
        field: (*field).to_owned(),
        fault: Fault::ReasonNeeded,
    };
    AppError::Invalid(fields.iter().map(fault).collect())
}

#[tokio::test]
async fn closing_says_what_became_of_everybody() {
    let app = ended().await;
    app.execute(
        "INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, sex)
         VALUES (20, 1, 1, 'requested', '2026-11-03T00:00:00+00:00', '2026-11-03T00:00:00+00:00', 'f'),
                (21, 1, 3, 'waiting', '2026-11-03T00:00:00+00:00', '2026-11-03T00:00:00+00:00', 'f')",
    )
    .await;
    let coordinator = app.sign_in("coordinator").await;
    let page = coordinator.get(PAGE).await.html();
    assert!(
        page.contains("2 inscripciones pendientes o en espera"),
        "{page}"
    );
    close(&coordinator).await;
    assert_eq!(edition(&app).await, "closed -");
    assert_eq!(
        states(&app).await,
        "1 completed, 10 completed, 11 not_completed, 12 completed, 13 no_show, 20 declined, 21 declined"
    );
    let reasons = "SELECT count(*) FROM enrolment_events
                   WHERE to_state = 'declined' AND reason = 'La edición terminó y se cerró.'";
    assert_eq!(app.count(reasons).await, 2);
    assert_eq!(
        app.count("SELECT count(*) FROM enrolment_events WHERE account_id = 3")
            .await,
        7
    );
    let again = coordinator.post("closing/close", &CLOSE).await;
    assert_eq!(again.error(), AppError::Conflict(Reason::WrongEditionState));

    // Certificates are issued after it as well.
    coordinator.post("certificates/issue_due", &EDITION).await;
    assert_eq!(app.count("SELECT count(*) FROM certificates").await, 3);
    let page = coordinator.get(PAGE).await.html();
    assert!(page.contains("Acta de cierre 001-2026") && page.contains("Reabrir la edición"));
}

#[tokio::test]
async fn what_is_missing_is_listed_with_the_way_there_and_has_to_be_explained() {
    let app = ended().await;
    let coordinator = app.sign_in("coordinator").await;
    let page = coordinator.get(PAGE).await.html();
    // Enrolment 13 has no mark in the second session; 12 came and has no grade; 13 never came.
    for expected in [
        "<a href=\"/sessions/2/attendance\">Segunda: 1 persona sin marca</a>",
        "<a href=\"/editions/1/results\">SECRETO Rojas, Otilia: sin nota</a>",
        "Nadie espera una decisión",
        "No hay marcas que se contradigan",
        "name=\"explain_marks\"",
        "name=\"explain_results\"",
        "3 personas completaron",
    ] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    assert!(!page.contains("Primera: ") && !page.contains("name=\"explain_pending\""));
    assert!(!page.contains("Ajeno, Cosme: sin nota"));

    let refused = coordinator.post("closing/close", &EDITION).await;
    assert_eq!(
        refused.error(),
        needed(&["explain_marks", "explain_results"])
    );
    let blank = [
        ("edition", "1"),
        ("explain_marks", "Se fue la luz"),
        ("explain_results", "  "),
    ];
    let refused = coordinator.post("closing/close", &blank).await;
    assert_eq!(refused.error(), needed(&["explain_results"]));
    let long = "x".repeat(501);
    let hostile = [
        ("edition", "1"),
        ("explain_marks", long.as_str()),
        ("explain_results", "a\u{202e}b"),
    ];
    let refused = coordinator.post("closing/close", &hostile).await;
    assert_eq!(
        refused.error(),
        AppError::Invalid(vec![
            FieldError {
                field: "explain_marks".to_owned(),
                fault: Fault::TooLong { max: 500 },
            },
            FieldError {
                field: "explain_results".to_owned(),
                fault: Fault::BadCharacter,
            },
        ])
    );
    assert_eq!(edition(&app).await, "running -");
    assert_eq!(app.count("SELECT count(*) FROM closing_records").await, 0);

    // A form that came back keeps what was typed.
    let returned = coordinator.post_form(PAGE, "closing/close", &blank).await;
    let returned = coordinator.get(&returned.location()).await.body;
    assert!(returned.contains("Se fue la luz"), "{returned}");

    close(&coordinator).await;
    let page = coordinator.get(PAGE).await.html();
    for expected in ["Se fue la luz", "No rindió", "Segunda: 1 persona sin marca"] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    // What nobody missed was not explained, whatever was sent.
    assert!(!page.contains("Ya no hay sesiones"), "{page}");
}

#[tokio::test]
async fn marks_that_disagree_are_settled_whatever_is_written() {
    let app = ended().await;
    app.execute(
        "UPDATE attendance_standing SET conflict = 1 WHERE enrolment_id = 11 AND session_id = 1",
    )
    .await;
    let coordinator = app.sign_in("coordinator").await;
    let page = coordinator.get(PAGE).await.html();
    assert!(page.contains("<a href=\"/sessions/1/attendance\">Primera: 1 marca por resolver</a>"));
    assert!(!page.contains("closing/close"), "{page}");
    let mut form = CLOSE.to_vec();
    form.push(("explain_conflicts", "Da igual"));
    let refused = coordinator.post("closing/close", &form).await;
    assert_eq!(refused.error(), AppError::Conflict(Reason::MarksDisagree));
    assert_eq!(edition(&app).await, "running -");
}

#[tokio::test]
async fn self_paced_sessions_that_are_open_are_explained_and_meetings_ahead_are_waited_for() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let page = coordinator.get("/editions/4/closing").await.html();
    assert!(page.contains("Autónoma: todavía abierta"), "{page}");
    let form = [("edition", "4"), ("explain_results", "x")];
    let refused = coordinator.post("closing/close", &form).await;
    assert_eq!(refused.error(), needed(&["explain_self_paced"]));
    let form = [
        ("edition", "4"),
        ("explain_self_paced", "El programa termina"),
    ];
    let done = coordinator.post("closing/close", &form).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);

    let app = ended().await;
    app.clock.advance(-Duration::days(1));
    let coordinator = app.sign_in("coordinator").await;
    let refused = coordinator.post("closing/close", &CLOSE).await;
    assert_eq!(refused.error(), AppError::Conflict(Reason::SessionsAhead));
    assert_eq!(edition(&app).await, "running -");
    assert!(states(&app).await.starts_with("1 enrolled, 10 enrolled"));
    let page = coordinator.get(PAGE).await.html();
    assert!(page.contains("Podrá cerrar la edición cuando termine la última sesión"));
    assert!(!page.contains("closing/close"));
}

#[tokio::test]
async fn closing_is_for_who_runs_the_program() {
    let app = ended().await;
    for who in [
        "stranger-coordinator",
        "manager",
        "facilitator",
        "participant",
        "other",
    ] {
        let client = app.sign_in(who).await;
        for endpoint in ["closing/close", "closing/reopen"] {
            let form = [
                ("edition", "1"),
                ("reason", "x"),
                ("explain_marks", "x"),
                ("explain_results", "x"),
            ];
            let refused = client.post(endpoint, &form).await;
            assert_eq!(refused.error(), AppError::Forbidden, "{who} {endpoint}");
        }
    }
    assert_eq!(edition(&app).await, "running -");
    let overview = app
        .sign_in("facilitator")
        .await
        .get("/editions/1")
        .await
        .body;
    assert!(!overview.contains("/editions/1/closing"), "{overview}");
}

#[tokio::test]
async fn without_any_attendance_every_mark_is_missing() {
    let app = ended().await;
    app.execute("DELETE FROM attendance_standing").await;
    let coordinator = app.sign_in("coordinator").await;
    let page = coordinator.get(PAGE).await.html();
    assert!(page.contains("Primera: 5 personas sin marca"), "{page}");
    // On the page of certificates what is missing is the way on, not the closing.
    let page = coordinator.get("/editions/1/certificates").await.body;
    assert!(page.contains("Falta registrar la asistencia"), "{page}");
    assert!(!page.contains("class=\"button\" href=\"/editions/1/closing\""));
    let form = [("edition", "1"), ("explain_marks", "Se suspendió")];
    let done = coordinator.post("closing/close", &form).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert_eq!(
        states(&app).await,
        "1 no_show, 10 no_show, 11 no_show, 12 no_show, 13 no_show"
    );
}

#[tokio::test]
async fn who_was_excused_throughout_has_not_simply_stayed_away() {
    let app = ended().await;
    app.execute(
        "UPDATE attendance_standing SET status = 'excused', minutes = 0 WHERE enrolment_id = 13",
    )
    .await;
    close(&app.sign_in("coordinator").await).await;
    let state = app.text("SELECT state FROM enrolments WHERE id = 13").await;
    assert_eq!(state, "not_completed");
}

#[tokio::test]
async fn an_edition_of_nobody_is_closed_without_a_question() {
    let app = ended().await;
    app.execute("UPDATE enrolments SET state = 'withdrawn' WHERE edition_id = 1")
        .await;
    let coordinator = app.sign_in("coordinator").await;
    let done = coordinator.post("closing/close", &EDITION).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert_eq!(coordinator.get(PDF).await.status, StatusCode::OK);
}
