//! Reports of video calls: sent, seen, marked from, erased.

use axum::http::StatusCode;
use capacita::error::{AppError, Fault, Reason};

use crate::test_app::{Answer, Client, TestApp};

/// Two more people in edition 1, one of whom is called as Rosa is without her second surname.
const MORE_PEOPLE: &str = "
    DELETE FROM video_reports;
    UPDATE editions SET seats = NULL WHERE id = 1;
    UPDATE people SET given_names = 'Rosa', paternal_surname = 'Núñez', maternal_surname = 'Huamán' WHERE id = 8;
    INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, institution_name, sex) VALUES
     (11, 1, 8, 'enrolled', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', NULL, 'f'),
     (12, 1, 2, 'enrolled', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', 'SERFOR', 'm');";

/// Session 1 is from 9:00 to 13:00 in Lima, 240 minutes.
const REPORT: &str = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\n\
    Rosa N,participant@capacita.test,2026-11-21 08:50:00,2026-11-21 13:10:00,260\n\
    celular,participant@capacita.test,2026-11-21 09:30:00,2026-11-21 10:00:00,30\n\
    Gil Gerente,,2026-11-21 09:00:00,2026-11-21 10:30:00,90\n\
    gil gerente,,2026-11-21 10:00:00,2026-11-21 11:00:00,60\n\
    Rosa Núñez,,2026-11-21 09:00:00,2026-11-21 09:20:00,20\n\
    Elena Paz,elena@paz.pe,2026-11-21 09:00:00,2026-11-21 13:00:00,240\n\
    Ada Temprana,,2026-11-21 07:00:00,2026-11-21 08:00:00,60\n";

async fn app() -> (TestApp, Client) {
    let app = TestApp::new().await;
    app.execute(MORE_PEOPLE).await;
    let facilitator = app.sign_in("facilitator").await;
    (app, facilitator)
}

async fn send(client: &Client, content: &[u8]) -> Answer {
    let form = [("session", "1")];
    client
        .post_file("video_calls/upload", &form, ("informe.csv", content))
        .await
}

async fn apply(client: &Client, id: &str, choices: &[(&str, &str)]) -> Answer {
    let mut form = vec![("report", id)];
    form.extend_from_slice(choices);
    client.post("video_calls/apply", &form).await
}

/// "enrolment status minutes source conflict" of every cell of session 1.
async fn cells(app: &TestApp) -> String {
    app.text(
        "SELECT coalesce(group_concat(enrolment_id || ' ' || status || ' ' || minutes || ' ' || source || ' ' || conflict, ', '), '')
         FROM (SELECT standing.*, marks.source FROM attendance_standing AS standing
               JOIN attendance_marks AS marks ON marks.id = mark_id
               WHERE standing.session_id = 1 ORDER BY standing.enrolment_id)",
    )
    .await
}

async fn reports(app: &TestApp) -> String {
    app.text(
        "SELECT coalesce(group_concat(state || CASE WHEN content IS NULL THEN '' ELSE '+' END, ' '), '')
         FROM (SELECT * FROM video_reports ORDER BY id)",
    )
    .await
}

const MARKS: &str = "SELECT count(*) FROM attendance_marks";

#[tokio::test]
async fn a_report_is_seen_marked_from_and_erased() {
    let (app, facilitator) = app().await;
    let roll = facilitator.get("/sessions/1/attendance").await;
    assert!(roll.body.contains("href=\"/sessions/1/video-call\""));
    let sent = send(&facilitator, REPORT.as_bytes()).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
    assert_eq!(sent.location(), "/sessions/1/video-call");
    assert_eq!(app.count(MARKS).await, 0, "a preview marks nobody");
    let readable = "SELECT count(*) FROM video_reports WHERE instr(content, 'Gerente')";
    assert_eq!(app.count(readable).await, 0, "sealed");
    let page = facilitator.get("/sessions/1/video-call").await.html();
    for words in [
        "Personas en el informe de Zoom",
        "Reconocida",
        "Puede ser más de una persona",
        "No está en la edición con ese nombre o correo",
        "Sin tiempo dentro de la sesión",
        "Parcial, 2 h",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let done = apply(&facilitator, "1", &[]).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let marked = "1 present 240 video_call 0, 12 partial 120 video_call 0";
    assert_eq!(cells(&app).await, marked);
    assert_eq!(reports(&app).await, "applied");
    let page = facilitator.get(&done.location()).await;
    assert!(page.notice().contains("Se guardaron 2 marcas."));

    // Pressed twice, and the same report sent twice: nothing changes.
    assert_eq!(apply(&facilitator, "1", &[]).await.status, StatusCode::OK);
    send(&facilitator, REPORT.as_bytes()).await;
    let again = apply(&facilitator, "2", &[]).await;
    let page = facilitator.get(&again.location()).await;
    assert!(page.notice().contains("No había nada nuevo que marcar."));
    assert_eq!(app.count(MARKS).await, 2);
    assert_eq!(cells(&app).await, marked);
    assert_eq!(reports(&app).await, "applied applied");
}

#[tokio::test]
async fn who_is_not_plain_is_chosen() {
    let (app, facilitator) = app().await;
    send(&facilitator, REPORT.as_bytes()).await;
    // Lines are in the order of their names: Ada, celular, Elena, Gil, Rosa N, Rosa Núñez.
    for (choice, value) in [("choice-5", "2"), ("choice-5", "999"), ("choice-5", "x")] {
        let odd = apply(&facilitator, "1", &[(choice, value)]).await.error();
        let unknown = AppError::field(choice, Fault::UnknownChoice);
        assert_eq!(odd, unknown, "{value}: only people of the edition");
    }
    assert_eq!(cells(&app).await, "");
    // The second Rosa; Gil is left out; Elena is who is enrolled as Gil.
    let choices = [("choice-5", "11"), ("choice-3", ""), ("choice-2", "12")];
    let done = apply(&facilitator, "1", &choices).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let marked =
        "1 present 240 video_call 0, 11 partial 20 video_call 0, 12 present 240 video_call 0";
    assert_eq!(cells(&app).await, marked);
}

#[tokio::test]
async fn what_others_said_shows_as_a_conflict() {
    let (app, facilitator) = app().await;
    let coordinator = app.sign_in("coordinator").await;
    for (enrolment, status, key) in [("1", "absent", "key-00001"), ("12", "present", "key-00002")] {
        let form = [
            ("enrolment", enrolment),
            ("session", "1"),
            ("status", status),
            ("key", key),
        ];
        coordinator.post("attendance/mark", &form).await;
    }
    for id in ["1", "2"] {
        send(&facilitator, REPORT.as_bytes()).await;
        apply(&facilitator, id, &[]).await;
        assert_eq!(
            cells(&app).await,
            "1 absent 0 grid 1, 12 present 240 grid 1"
        );
        assert_eq!(app.count(MARKS).await, 4);
    }
}

#[tokio::test]
async fn a_report_is_given_up_or_replaced() {
    let (app, facilitator) = app().await;
    send(&facilitator, REPORT.as_bytes()).await;
    send(&facilitator, REPORT.as_bytes()).await;
    assert_eq!(reports(&app).await, "discarded waiting+");
    let closed = apply(&facilitator, "1", &[]).await.error();
    assert_eq!(closed, Reason::CallReportClosed.into());
    let form = [("report", "2")];
    for _ in 0..2 {
        let done = facilitator.post("video_calls/discard", &form).await;
        assert_eq!(done.status, StatusCode::OK);
    }
    assert_eq!(reports(&app).await, "discarded discarded");
    assert_eq!(app.count(MARKS).await, 0);
}

#[tokio::test]
async fn what_is_no_report_is_refused() {
    let (app, facilitator) = app().await;
    let not_one = AppError::field("file", Fault::NotACallReport);
    for content in [
        b"Apellidos;Nombres\nQuispe;Rosa\n".as_slice(),
        b"%PDF-1.7",
        b"hola",
        &[0, 1, 2, 3],
    ] {
        assert_eq!(send(&facilitator, content).await.error(), not_one);
    }
    let head = b"Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\n";
    let empty = AppError::field("file", Fault::EmptyFile);
    assert_eq!(send(&facilitator, head).await.error(), empty);
    assert_eq!(send(&facilitator, b"").await.error(), empty);
    let wide = "Name,".repeat(200_000);
    let much = AppError::field("file", Fault::TooMuchInFile);
    assert_eq!(send(&facilitator, wide.as_bytes()).await.error(), much);
    app.execute("UPDATE editions SET state = 'closed' WHERE id = 1")
        .await;
    let closed = send(&facilitator, REPORT.as_bytes()).await.error();
    assert_eq!(closed, Reason::EditionClosed.into());
    assert_eq!(reports(&app).await, "");
}
