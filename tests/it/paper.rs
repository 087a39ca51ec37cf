//! Paper: the sheet that is printed, who signed it, and how many were counted.

mod sheet;

use axum::http::StatusCode;
use capacita::error::{AppError, Fault, Reason};

use crate::test_app::{Answer, Client, TestApp};

const PAGE: &str = "/sessions/1/paper";

/// Two more people in edition 1: enrolment 11 is Wari's, 12 is Gil's.
const MORE_PEOPLE: &str = "
    UPDATE editions SET seats = NULL WHERE id = 1;
    INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, sex) VALUES
     (11, 1, 8, 'enrolled', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', 'm'),
     (12, 1, 2, 'enrolled', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', 'm');";

async fn app() -> (TestApp, Client) {
    let app = TestApp::new().await;
    app.execute(MORE_PEOPLE).await;
    let facilitator = app.sign_in("facilitator").await;
    (app, facilitator)
}

async fn tick(client: &Client, session: &str, signed: &[&str], shown: &str) -> Answer {
    let mut form = vec![("session", session), ("shown", shown)];
    form.extend(signed.iter().map(|id| ("signed[]", *id)));
    client.post("paper/mark_signed", &form).await
}

async fn count(client: &Client, figures: [&str; 3], explanation: &str) -> Answer {
    let [women, men, unstated] = figures;
    let form = [
        ("session", "1"),
        ("women", women),
        ("men", men),
        ("unstated", unstated),
        ("explanation", explanation),
    ];
    client.post("paper/count_heads", &form).await
}

async fn mark(client: &Client, enrolment: &str, status: &str, key: &str) {
    let form = [
        ("enrolment", enrolment),
        ("session", "1"),
        ("status", status),
        ("key", key),
    ];
    let done = client.post("attendance/mark", &form).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
}

/// "enrolment status source conflict" of every cell of session 1.
async fn cells(app: &TestApp) -> String {
    app.text(
        "SELECT coalesce(group_concat(enrolment_id || ' ' || status || ' ' || source || ' ' || conflict, ', '), '')
         FROM (SELECT standing.*, marks.source FROM attendance_standing AS standing
               JOIN attendance_marks AS marks ON marks.id = mark_id
               WHERE standing.session_id = 1 ORDER BY standing.enrolment_id)",
    )
    .await
}

/// "women men unstated / named … explanation" of every headcount.
async fn counts(app: &TestApp) -> String {
    app.text(
        "SELECT coalesce(group_concat(women || ' ' || men || ' ' || unstated || '/' || named_women || ' '
            || named_men || ' ' || named_unstated || ' ' || coalesce(explanation, '-'), ', '), '')
         FROM (SELECT * FROM headcounts ORDER BY id)",
    )
    .await
}

const MARKS: &str = "SELECT count(*) FROM attendance_marks";
const EVENTS: &str = "SELECT count(*) FROM audit_events WHERE action IN ('attendance_mark_many', 'headcount_record')";

#[tokio::test]
async fn who_signed_is_present_and_an_empty_box_says_nothing() {
    let (app, facilitator) = app().await;
    let roll = facilitator.get("/sessions/1/attendance").await;
    assert!(roll.body.contains("href=\"/sessions/1/paper\""));
    let grid = facilitator.get("/editions/1/attendance").await;
    assert!(grid.body.contains("href=\"/sessions/1/paper\""));
    let page = facilitator.get(PAGE).await.html();
    // In the order of the sheet, by page and row.
    let place = |words: &str| {
        page.find(words)
            .unwrap_or_else(|| panic!("{words}: {page}"))
    };
    let rows = [
        "Página 1, filas 1 a 3",
        "1. Gerente, Gil",
        "2. Núñez Quispe, Rosa",
        "3. Sin Cuenta, Wari",
    ];
    assert!(rows.map(place).is_sorted());
    assert!(page.contains("1 persona anotada espera una decisión."));

    let done = tick(&facilitator, "1", &["1", "12"], "").await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let marked = "1 present sheet 0, 12 present sheet 0";
    assert_eq!(cells(&app).await, marked);
    let page = facilitator.get(&done.location()).await;
    assert!(page.notice().contains("Se guardaron 2 marcas."));
    let page = page.html();
    assert!(page.contains("Presente · Hoja firmada"), "{page}");
    assert_eq!(app.count(EVENTS).await, 1);

    // The same again, fewer boxes, no box: nobody is unmarked, nothing is added.
    for signed in [&["1", "12"][..], &["12"], &[]] {
        let again = tick(&facilitator, "1", signed, "").await;
        let page = facilitator.get(&again.location()).await;
        assert!(page.notice().contains("No había nada nuevo que guardar."));
    }
    assert_eq!(cells(&app).await, marked);
    assert_eq!(app.count(MARKS).await, 2);
    assert_eq!(app.count(EVENTS).await, 1);
}

#[tokio::test]
async fn a_signature_against_an_absence_is_a_conflict() {
    let (app, facilitator) = app().await;
    let coordinator = app.sign_in("coordinator").await;
    mark(&coordinator, "1", "absent", "key-00001").await;
    mark(&coordinator, "11", "late", "key-00002").await;
    mark(&coordinator, "12", "excused", "key-00003").await;
    for _ in 0..2 {
        let done = tick(&facilitator, "1", &["1", "11", "12"], "3").await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.body);
        // Who came late attended: the signature says nothing else.
        let disputed = "1 absent grid 1, 11 late grid 0, 12 excused grid 1";
        assert_eq!(cells(&app).await, disputed);
        assert_eq!(app.count(MARKS).await, 5);
    }
    let page = facilitator.get(PAGE).await.html();
    assert!(page.contains("Hay marcas que no coinciden."));
    // Somebody settles it; the form of before does not open it again.
    let settled = [
        ("enrolment", "1"),
        ("session", "1"),
        ("status", "absent"),
        ("seen", "4"),
    ];
    let done = coordinator.post("attendance/settle", &settled).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    tick(&facilitator, "1", &["1"], "3").await;
    assert!(cells(&app).await.starts_with("1 absent form 0,"));
}

#[tokio::test]
async fn what_cannot_be_ticked_is_refused() {
    let (app, facilitator) = app().await;
    let coordinator = app.sign_in("coordinator").await;
    app.execute("INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, sex) VALUES
        (13, 1, 3, 'enrolled', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', 'f')")
        .await;
    let conflict = |reason: Reason| AppError::Conflict(reason);
    let unknown = |field: &str| AppError::field(field, Fault::UnknownChoice);
    for (session, signed, shown, expected) in [
        ("1", "2", "", conflict(Reason::NotTakingPart)),
        ("1", "999", "", conflict(Reason::NotTakingPart)),
        ("1", "x", "", unknown("signed")),
        ("1", "1", "x", unknown("shown")),
        ("1", "13", "", conflict(Reason::OwnRecord)),
        ("2", "1", "", conflict(Reason::SessionNotBegun)),
        ("5", "3", "", conflict(Reason::CheckInSelfPaced)),
        ("3", "2", "", AppError::NotFound),
        ("99", "1", "", AppError::NotFound),
        ("x", "1", "", AppError::NotFound),
    ] {
        let answer = tick(&coordinator, session, &[signed], shown).await;
        assert_eq!(answer.error(), expected, "{session} {signed}");
    }
    app.execute("UPDATE editions SET state = 'closed' WHERE id = 1")
        .await;
    let closed = conflict(Reason::EditionClosed);
    assert_eq!(tick(&facilitator, "1", &["1"], "").await.error(), closed);
    assert_eq!(
        count(&facilitator, ["1", "1", "1"], "Sin nombre")
            .await
            .error(),
        closed
    );
    assert_eq!(app.count(MARKS).await, 0);
    let page = facilitator.get(PAGE).await.html();
    assert!(
        page.contains("aquí se ve lo que quedó registrado"),
        "{page}"
    );
    assert!(!page.contains("name=\"signed[]\"") && !page.contains("name=\"women\""));
    let self_paced = coordinator.get("/sessions/5/paper").await.html();
    assert!(self_paced.contains("se lleva a su ritmo"), "{self_paced}");
}

#[tokio::test]
async fn a_difference_is_explained_and_comes_back() {
    let (app, facilitator) = app().await;
    let needed = AppError::field("explanation", Fault::ReasonNeeded);
    assert_eq!(
        count(&facilitator, ["1", "0", "0"], "").await.error(),
        needed
    );
    assert_eq!(
        count(&facilitator, ["0", "0", "0"], "").await.status,
        StatusCode::OK
    );
    assert_eq!(counts(&app).await, "0 0 0/0 0 0 -");

    tick(&facilitator, "1", &["1"], "").await;
    let page = facilitator.get(PAGE).await.html();
    assert!(
        page.contains("no coinciden. Explique la diferencia"),
        "{page}"
    );
    // Named beyond counted is a difference too.
    assert_eq!(
        count(&facilitator, ["0", "0", "0"], "").await.error(),
        needed
    );
    let done = count(&facilitator, ["3", "2", ""], "Cuatro no firmaron la hoja").await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let page = facilitator.get(&done.location()).await;
    assert!(page.notice().contains("Se guardó el conteo."));
    assert!(page.html().contains("Diferencia explicada"));
    let written = "0 0 0/0 0 0 -, 3 2 0/1 0 0 Cuatro no firmaron la hoja";
    assert_eq!(counts(&app).await, written);

    // The same again changes nothing.
    let again = count(&facilitator, ["3", "2", "0"], "Cuatro no firmaron la hoja").await;
    let page = facilitator.get(&again.location()).await;
    assert!(page.notice().contains("El conteo ya estaba así"));
    assert_eq!(counts(&app).await, written);
    assert_eq!(app.count(EVENTS).await, 3);

    // Somebody is marked afterwards: it is not the difference that was explained.
    mark(&facilitator, "12", "present", "key-00004").await;
    let page = facilitator.get(PAGE).await.html();
    assert!(
        page.contains("la diferencia ya no es la que se explicó"),
        "{page}"
    );
    mark(&facilitator, "12", "absent", "key-00005").await;
    assert!(
        facilitator
            .get(PAGE)
            .await
            .html()
            .contains("Diferencia explicada")
    );
    let history = facilitator.get(PAGE).await.html();
    assert!(history.contains("Daniel Docente"), "who counted: {history}");
}

#[tokio::test]
async fn a_refused_headcount_comes_back_as_it_was_typed() {
    let (_app, facilitator) = app().await;
    let form = [
        ("session", "1"),
        ("women", "12"),
        ("men", "2001"),
        ("explanation", "corta"),
    ];
    let sent = facilitator
        .post_form(PAGE, "paper/count_heads", &form)
        .await;
    let page = facilitator.get(&sent.location()).await.html();
    for expected in [
        "value=\"12\"",
        "value=\"2001\"",
        ">corta</textarea>",
        "entre 0 y 2000",
    ] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
}
