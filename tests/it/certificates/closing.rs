//! Closing and reopening an edition.

use axum::http::StatusCode;
use capacita::error::{AppError, Fault, Reason};
use chrono::Duration;

use super::{PAGE, all, ended};
use crate::test_app::TestApp;

const EDITION: [(&str, &str); 1] = [("edition", "1")];

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
    let page = coordinator.get(PAGE).await.body;
    assert!(
        page.contains("2 inscripciones pendientes o en espera"),
        "{page}"
    );
    let done = coordinator
        .post("certificates/close_edition", &EDITION)
        .await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
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
    let again = coordinator
        .post("certificates/close_edition", &EDITION)
        .await;
    assert_eq!(again.error(), AppError::Conflict(Reason::WrongEditionState));

    // Certificates are issued after it as well.
    coordinator.post("certificates/issue_due", &EDITION).await;
    assert_eq!(app.count("SELECT count(*) FROM certificates").await, 3);
    let page = coordinator.get(PAGE).await.body;
    assert!(page.contains("3 documentos válidos") && page.contains("Reabrir la edición"));
}

#[tokio::test]
async fn an_edition_is_not_closed_before_its_last_session_has_ended() {
    let app = ended().await;
    app.clock.advance(-Duration::days(1));
    let coordinator = app.sign_in("coordinator").await;
    let refused = coordinator
        .post("certificates/close_edition", &EDITION)
        .await;
    assert_eq!(refused.error(), AppError::Conflict(Reason::SessionsAhead));
    assert_eq!(edition(&app).await, "running -");
    assert!(states(&app).await.starts_with("1 enrolled, 10 enrolled"));
    let page = coordinator.get(PAGE).await.body;
    assert!(page.contains("Podrá cerrar la edición cuando termine la última sesión"));
}

#[tokio::test]
async fn reopening_opens_every_outcome_again() {
    let app = ended().await;
    let coordinator = app.sign_in("coordinator").await;
    let before = states(&app).await;
    coordinator.post("certificates/issue_due", &EDITION).await;
    let certificates = all(&app).await;
    coordinator
        .post("certificates/close_edition", &EDITION)
        .await;
    let refused = coordinator
        .post("certificates/reopen_edition", &EDITION)
        .await;
    assert_eq!(
        refused.error(),
        AppError::field("reason", Fault::ReasonNeeded)
    );
    let reason = [("edition", "1"), ("reason", "Faltó una lista")];
    let done = coordinator
        .post("certificates/reopen_edition", &reason)
        .await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert_eq!(edition(&app).await, "running Faltó una lista");
    assert_eq!(states(&app).await, before);
    assert_eq!(all(&app).await, certificates);
    let again = coordinator
        .post("certificates/reopen_edition", &reason)
        .await;
    assert_eq!(again.error(), AppError::Conflict(Reason::WrongEditionState));

    // What was mended meanwhile counts at the next closing.
    app.execute(
        "UPDATE attendance_standing SET minutes = 144 WHERE enrolment_id = 11 AND session_id = 2",
    )
    .await;
    coordinator
        .post("certificates/close_edition", &EDITION)
        .await;
    assert!(states(&app).await.contains("11 completed"));
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
        for endpoint in ["certificates/close_edition", "certificates/reopen_edition"] {
            let form = [("edition", "1"), ("reason", "x")];
            let refused = client.post(endpoint, &form).await;
            assert_eq!(refused.error(), AppError::Forbidden, "{who} {endpoint}");
        }
    }
    assert_eq!(edition(&app).await, "running -");
}

#[tokio::test]
async fn closing_without_any_attendance_is_asked_about() {
    let app = ended().await;
    app.execute("DELETE FROM attendance_standing").await;
    let coordinator = app.sign_in("coordinator").await;
    let page = coordinator.get(PAGE).await.body;
    assert!(
        page.contains("Nadie tiene asistencia registrada")
            && page.contains("href=\"/editions/1/attendance\"")
            && page.contains("name=\"confirmed\""),
        "{page}"
    );
    // What is missing is the way on, not the closing.
    assert!(page.contains("Falta registrar la asistencia"), "{page}");
    assert!(!page.contains("href=\"/editions/1/certificates#closing\""));
    let refused = coordinator
        .post("certificates/close_edition", &EDITION)
        .await;
    assert_eq!(refused.error(), AppError::Conflict(Reason::NobodyAttended));
    assert_eq!(edition(&app).await, "running -");
    let confirmed = [("edition", "1"), ("confirmed", "true")];
    let done = coordinator
        .post("certificates/close_edition", &confirmed)
        .await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert_eq!(
        states(&app).await,
        "1 no_show, 10 no_show, 11 no_show, 12 no_show, 13 no_show"
    );
}

#[tokio::test]
async fn an_edition_of_nobody_is_closed_without_a_question() {
    let app = ended().await;
    app.execute("UPDATE enrolments SET state = 'withdrawn' WHERE edition_id = 1")
        .await;
    let coordinator = app.sign_in("coordinator").await;
    let done = coordinator
        .post("certificates/close_edition", &EDITION)
        .await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
}
