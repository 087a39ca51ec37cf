//! The coordinator's queue.

use axum::http::StatusCode;
use capacita::error::{AppError, Fault};
use serde_json::json;

use super::{app, cells, hand_in, mark, take, with};

const WAITING: &str =
    "SELECT count(*) FROM offline_marks WHERE outcome = 'refused' AND decision IS NULL";

#[tokio::test]
async fn a_refused_mark_is_handed_in_again_once_nothing_stands_against_it() {
    let (app, facilitator) = app().await;
    let coordinator = app.sign_in("coordinator").await;
    let taken = take(&facilitator).await;
    // Who withdrew came after all; who is of another program is nobody here; and a code of somebody
    // who was never enrolled.
    let code = capacita::check_in::personal_code::token(&app.state.secrets, 6.into(), 0);
    let by_code = with(
        with(mark(3, 1, "late"), "enrolment", json!(null)),
        "code",
        json!(code),
    );
    hand_in(
        &app,
        &taken,
        &[mark(1, 12, "present"), mark(2, 2, "present"), by_code],
    )
    .await;
    assert_eq!(app.count(WAITING).await, 3);
    let home = coordinator.get("/").await.html();
    assert!(home.contains("/editions/1/offline-marks"));
    let grid = coordinator.get("/editions/1/attendance").await.html();
    assert!(grid.contains("3 marcas de teléfonos sin conexión por revisar"));
    assert!(
        !facilitator
            .get("/editions/1/attendance")
            .await
            .html()
            .contains("sin conexión por revisar")
    );
    let queue = coordinator.get("/editions/1/offline-marks").await.html();
    for words in [
        "Gerente, Gil",
        "Persona que no está en esta edición",
        "SECRETO Rojas, Otilia",
        "La persona no está inscrita en esta edición.",
        "Daniel Docente, Celular de campo",
    ] {
        assert!(queue.contains(words), "{words}");
    }
    let foreign = facilitator.get("/editions/1/offline-marks").await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);

    let accept = async |mark| coordinator.post("offline/accept", &[("mark", mark)]).await;
    let still = accept("1").await;
    let page = coordinator.get(&still.location()).await;
    assert!(page.notice().contains("sigue sin poder guardarse"));
    assert_eq!(app.count(WAITING).await, 3);
    app.execute("UPDATE enrolments SET state = 'enrolled' WHERE id = 12;
        INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, sex) VALUES
        (14, 1, 6, 'enrolled', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', 'f')").await;
    for mark in ["1", "3"] {
        assert_eq!(accept(mark).await.status, StatusCode::OK);
    }
    assert_eq!(cells(&app).await, "12 present 240 0, 14 late 240 0");
    let said = "SELECT group_concat(account_id || ' ' || source) FROM attendance_marks";
    assert_eq!(
        app.text(said).await,
        "4 offline,4 offline",
        "said by who said it"
    );
    assert_eq!(accept("1").await.status, StatusCode::CONFLICT);
    // The phone is told what became of it.
    let again = hand_in(&app, &taken, &[mark(1, 12, "present")]).await;
    assert_eq!(again["marks"][0]["outcome"], json!("applied"));

    let reasonless = coordinator
        .post("offline/dismiss", &[("mark", "2"), ("reason", " ")])
        .await;
    assert_eq!(
        reasonless.error(),
        AppError::field("reason", Fault::ReasonNeeded)
    );
    let form = [("mark", "2"), ("reason", "No es de este curso")];
    assert_eq!(
        coordinator.post("offline/dismiss", &form).await.status,
        StatusCode::OK
    );
    assert_eq!(
        coordinator.post("offline/dismiss", &form).await.status,
        StatusCode::CONFLICT
    );
    assert_eq!(app.count(WAITING).await, 0);
    let kept = "SELECT outcome || ' ' || decision || ' ' || note FROM offline_marks WHERE id = 2";
    assert_eq!(
        app.text(kept).await,
        "refused dismissed No es de este curso"
    );
    let queue = coordinator.get("/editions/1/offline-marks").await.html();
    assert!(queue.contains("No hay nada que revisar"));
}

#[tokio::test]
async fn a_revoked_phones_marks_count_if_the_coordinator_vouches_for_them() {
    let (app, facilitator) = app().await;
    let coordinator = app.sign_in("coordinator").await;
    let taken = take(&facilitator).await;
    facilitator.post("offline/revoke", &[("roster", "1")]).await;
    hand_in(&app, &taken, &[mark(1, 1, "present")]).await;
    app.execute("UPDATE editions SET state = 'closed' WHERE id = 1")
        .await;
    coordinator.post("offline/accept", &[("mark", "1")]).await;
    let queue = coordinator.get("/editions/1/offline-marks").await.html();
    assert!(queue.contains("La edición está cerrada o cancelada."));
    assert!(queue.contains("Reabra primero la edición"));
    app.execute("UPDATE editions SET state = 'running' WHERE id = 1")
        .await;
    coordinator.post("offline/accept", &[("mark", "1")]).await;
    assert_eq!(cells(&app).await, "1 present 240 0");
}
