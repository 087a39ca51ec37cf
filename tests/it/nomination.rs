//! Lists of people that institutions send: reviewed line by line, enrolled as a whole, taken back
//! as a whole.

mod columns;
mod document;
mod moves;
mod quota;
mod same_answers;
mod undo;

use std::collections::BTreeMap;

use axum::http::StatusCode;
use capacita::error::{AppError, Fault, FieldError, Reason};
use rust_xlsxwriter::Workbook;

use crate::test_app::{Answer, Client, TestApp};

const HEAD: &str =
    "DNI;Apellido paterno;Apellido materno;Nombres;Sexo;Año de nacimiento;Institución;Correo\n";

/// Lines of a list beneath the headings.
fn list(lines: &[&str]) -> Vec<u8> {
    format!("{HEAD}{}\n", lines.join("\n")).into_bytes()
}

async fn send(client: &Client, edition: &str, content: &[u8]) -> Answer {
    let form = [("edition", edition)];
    client
        .post_file("nomination/upload", &form, ("lista.csv", content))
        .await
}

/// Sends a list that is taken and gives its number.
async fn sent(app: &TestApp, client: &Client, edition: &str, content: &[u8]) -> String {
    let answer = send(client, edition, content).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    app.text("SELECT CAST(max(id) AS TEXT) FROM nominations")
        .await
}

async fn act(client: &Client, verb: &str, id: &str) -> Answer {
    client
        .post(&format!("nomination/{verb}"), &[("nomination", id)])
        .await
}

/// "verdict lines" of the latest list, in the order of the lines.
async fn verdicts(app: &TestApp) -> String {
    app.text(
        "SELECT group_concat(verdict, ' ') FROM (SELECT verdict FROM nomination_lines
         WHERE nomination_id = (SELECT max(id) FROM nominations) ORDER BY line)",
    )
    .await
}

async fn outcomes(app: &TestApp) -> String {
    app.text(
        "SELECT group_concat(outcome, ' ') FROM (SELECT outcome FROM nomination_lines
         WHERE nomination_id = (SELECT max(id) FROM nominations) ORDER BY line)",
    )
    .await
}

/// How many rows each of the tables has that a list may touch.
async fn everything(app: &TestApp) -> BTreeMap<&'static str, i64> {
    BTreeMap::from([
        ("people", app.count("SELECT count(*) FROM people").await),
        (
            "affiliations",
            app.count("SELECT count(*) FROM affiliations").await,
        ),
        (
            "enrolments",
            app.count("SELECT count(*) FROM enrolments").await,
        ),
        (
            "events",
            app.count("SELECT count(*) FROM enrolment_events").await,
        ),
        (
            "search",
            app.count("SELECT count(*) FROM people_search").await,
        ),
        ("outbox", app.count("SELECT count(*) FROM outbox").await),
    ])
}

/// Room for everybody.
const ROOMY: &str = "UPDATE editions SET seats = 100 WHERE id = 1";

#[tokio::test]
async fn a_list_is_reviewed_enrolled_and_told() {
    let app = TestApp::new().await;
    app.execute(ROOMY).await;
    let coordinator = app.sign_in("coordinator").await;
    let before = everything(&app).await;
    let id = sent(
        &app,
        &coordinator,
        "1",
        &list(&[
            "41234567;Quispe;Mamani;Luz;F;1985;FEMA;luz@fema.test",
            "1234567;Rojas;;Iván;M;12/03/1990;Policía de Prueba;",
            ";Núñez;Quispe;Rosa;F;;;",
            "41234567;Quispe;Mamani;Luz;F;1985;FEMA;",
            "123;Díaz;;Ana;X;85;Ninguna;ana",
            ";Sin Cuenta;;Wari;;;;",
        ]),
    )
    .await;
    assert_eq!(
        verdicts(&app).await,
        "new new possible repeated faulty possible"
    );
    assert_eq!(everything(&app).await, before, "a review changes nothing");

    let page = coordinator.get(&format!("/nominations/{id}")).await.html();
    for words in [
        "Quispe Mamani, Luz",
        "los mismos nombres, que la línea 2: cada persona se inscribe una sola vez.",
        "<strong>Número de documento</strong>: «123»",
        "<strong>Sexo</strong>: «X» no se entiende.",
        "<strong>Institución</strong>: «Ninguna» no está en el registro.",
        "Es Núñez Quispe, Rosa (Fiscalía Especializada en Materia Ambiental)",
        "Inscribir a 2 personas",
    ] {
        assert!(page.contains(words), "{words}");
    }

    // Nobody, and a line that cannot be decided.
    for choice in ["7:999999", "99:another", "6:another"] {
        let form = [("nomination", id.as_str()), ("choice[]", choice)];
        let refused = coordinator.post("nomination/decide", &form).await;
        assert_eq!(refused.error(), Reason::ChangedMeanwhile.into(), "{choice}");
    }

    // It is Wari, and another Rosa; Iván is left out.
    let form = [
        ("nomination", id.as_str()),
        ("shown[]", "2"),
        ("shown[]", "3"),
        ("take[]", "2"),
        ("choice[]", "4:another"),
        ("choice[]", "7:8"),
    ];
    let decided = coordinator.post("nomination/decide", &form).await;
    assert_eq!(decided.status, StatusCode::OK, "{}", decided.body);
    let applied = act(&coordinator, "apply", &id).await;
    assert_eq!(applied.status, StatusCode::OK, "{}", applied.body);
    assert_eq!(
        outcomes(&app).await,
        "enrolled left enrolled left left enrolled"
    );
    let after = everything(&app).await;
    assert_eq!(after["people"], before["people"] + 2);
    assert_eq!(after["enrolments"], before["enrolments"] + 3);
    assert_eq!(after["search"], after["people"]);
    assert_eq!(after["outbox"], before["outbox"], "nobody is told yet");
    let luz = app
        .text(
            "SELECT state || ' ' || institution_name || ' ' || sector FROM enrolments
             JOIN people ON people.id = person_id WHERE sort_name = 'quispe mamani luz'",
        )
        .await;
    assert_eq!(
        luz,
        "enrolled Fiscalía Especializada en Materia Ambiental prosecution"
    );
    // What the list said of those who are enrolled is gone; of the others it stays to be mended.
    let kept = app
        .count(
            "SELECT count(*) FROM nomination_lines WHERE cells IS NOT NULL AND nomination_id > 4",
        )
        .await;
    assert_eq!(kept, 3);

    let told = act(&coordinator, "tell", &id).await;
    assert_eq!(told.status, StatusCode::OK, "{}", told.body);
    assert_eq!(everything(&app).await["outbox"], before["outbox"] + 1);
    assert_eq!(
        act(&coordinator, "tell", &id).await.status,
        StatusCode::CONFLICT
    );
    let late = act(&coordinator, "undo", &id).await;
    assert_eq!(late.error(), Reason::NominationInUse.into());
}

#[tokio::test]
async fn the_same_list_twice_changes_nothing() {
    let app = TestApp::new().await;
    app.execute(ROOMY).await;
    let coordinator = app.sign_in("coordinator").await;
    let content = list(&[
        "41234567;Quispe;Mamani;Luz;F;1985;FEMA;",
        ";Paima;Shuña;Irma;F;1979;;",
        ";Tello;;Juan;M;;;",
    ]);
    let id = sent(&app, &coordinator, "1", &content).await;
    assert_eq!(act(&coordinator, "apply", &id).await.status, StatusCode::OK);
    assert_eq!(outcomes(&app).await, "enrolled enrolled enrolled");
    let once = everything(&app).await;

    let again = sent(&app, &coordinator, "1", &content).await;
    // By the document, by names and year of birth; equal names alone decide nothing.
    assert_eq!(verdicts(&app).await, "enrolled enrolled possible");
    let page = coordinator.get(&format!("/nominations/{again}")).await;
    assert!(page.body.contains("Este mismo archivo ya se cargó"));
    assert_eq!(
        act(&coordinator, "apply", &again).await.status,
        StatusCode::OK
    );
    assert_eq!(everything(&app).await, once);
    assert_eq!(outcomes(&app).await, "left left left");
}

#[tokio::test]
async fn seats_and_the_waiting_list_hold() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let lines = [
        "41234501;Alva;;Ana;F;;;",
        "41234502;Baca;;Bea;F;;;",
        "41234503;Cano;;Cira;F;;;",
    ];
    // Two seats, of which one is taken.
    app.execute("UPDATE editions SET waiting_list = 1 WHERE id = 1")
        .await;
    let id = sent(&app, &coordinator, "1", &list(&lines)).await;
    assert_eq!(act(&coordinator, "apply", &id).await.status, StatusCode::OK);
    assert_eq!(outcomes(&app).await, "enrolled waiting waiting");
    assert_eq!(act(&coordinator, "undo", &id).await.status, StatusCode::OK);

    app.execute("UPDATE editions SET waiting_list = 0 WHERE id = 1")
        .await;
    let people = everything(&app).await["people"];
    let id = sent(&app, &coordinator, "1", &list(&lines)).await;
    assert_eq!(act(&coordinator, "apply", &id).await.status, StatusCode::OK);
    assert_eq!(outcomes(&app).await, "enrolled refused refused");
    assert_eq!(
        everything(&app).await["people"],
        people + 1,
        "who is refused is not registered"
    );
    let page = coordinator.get(&format!("/nominations/{id}")).await;
    assert!(page.body.contains("No se pudo"));
}

#[tokio::test]
async fn files_that_are_no_lists_are_refused_at_their_field() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let lists = "SELECT count(*) FROM nominations";
    let before = app.count(lists).await;
    let mut empty = Workbook::new();
    empty.add_worksheet();
    let empty = empty.save_to_buffer().expect("a workbook");
    let cases: [(&str, Vec<u8>, Fault); 5] = [
        (
            "a picture",
            b"\x89PNG\r\n\x1a\n\0".to_vec(),
            Fault::NotATable,
        ),
        (
            "an old workbook",
            b"\xd0\xcf\x11\xe0\xa1\xb1".to_vec(),
            Fault::OldWorkbook,
        ),
        (
            "a broken workbook",
            b"PK\x03\x04".to_vec(),
            Fault::DamagedWorkbook,
        ),
        ("an empty workbook", empty, Fault::EmptyFile),
        ("headings alone", HEAD.into(), Fault::EmptyFile),
    ];
    for (case, content, fault) in cases {
        let refused = send(&coordinator, "1", &content).await;
        let field = FieldError {
            field: "file".to_owned(),
            fault,
        };
        assert_eq!(refused.error(), AppError::Invalid(vec![field]), "{case}");
    }
    assert_eq!(app.count(lists).await, before);
    // In a browser everything typed is still there.
    let form = [("edition", "1"), ("letter", "Oficio 7")];
    let page = "/editions/1/nominations";
    let file = ("lista.pdf", b"%PDF-1.7".as_slice());
    let back = coordinator
        .post_file_form(page, "nomination/upload", &form, file)
        .await;
    let back = coordinator.get(&back.location()).await;
    assert!(back.body.contains("value=\"Oficio 7\""));
    assert!(back.body.contains("No es una lista"));
}

#[tokio::test]
async fn a_list_is_given_up_and_forgotten() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let content = list(&["41234567;Quispe;Mamani;Luz;F;1985;FEMA;"]);
    let sealed = "SELECT count(*) FROM nomination_lines WHERE cells IS NOT NULL";
    let id = sent(&app, &coordinator, "1", &content).await;
    assert_eq!(app.count(sealed).await, 1);
    assert_eq!(
        act(&coordinator, "discard", &id).await.status,
        StatusCode::OK
    );
    assert_eq!(app.count(sealed).await, 0);
    assert_eq!(
        act(&coordinator, "apply", &id).await.error(),
        Reason::NominationClosed.into()
    );

    // One that nobody touches for a month is forgotten when the next comes in.
    sent(&app, &coordinator, "1", &content).await;
    app.clock.advance(chrono::Duration::days(31));
    app.execute("UPDATE editions SET ends_on = '2027-12-31' WHERE id = 1")
        .await;
    let coordinator = app.sign_in("coordinator").await;
    sent(&app, &coordinator, "1", &content).await;
    assert_eq!(app.count(sealed).await, 1);
}

#[tokio::test]
async fn no_number_of_a_document_stands_in_the_database() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    sent(
        &app,
        &coordinator,
        "1",
        &list(&["41234567;Quispe;Mamani;Luz;F;1985;FEMA;"]),
    )
    .await;
    let file = app.into_file().await;
    for secret in [b"41234567".as_slice(), b"Quispe;Mamani", b"Luz"] {
        assert!(!file.windows(secret.len()).any(|window| window == secret));
    }
}

#[tokio::test]
async fn only_those_who_enrol_there_take_lists_in() {
    let app = TestApp::new().await;
    let content = list(&["41234567;Quispe;Mamani;Luz;F;1985;FEMA;"]);
    for (who, status) in [
        ("stranger-coordinator", StatusCode::FORBIDDEN),
        ("facilitator", StatusCode::FORBIDDEN),
        ("participant", StatusCode::FORBIDDEN),
    ] {
        let client = app.sign_in(who).await;
        assert_eq!(send(&client, "1", &content).await.status, status, "{who}");
    }
}

#[tokio::test]
async fn five_hundred_lines_go_through() {
    let app = TestApp::new().await;
    app.execute("UPDATE editions SET seats = 300, waiting_list = 1 WHERE id = 1")
        .await;
    let coordinator = app.sign_in("coordinator").await;
    let lines: Vec<String> = (0..500)
        .map(|n| format!("{:08};Quispe;Mamani;Luz {n};F;1985;FEMA;", 41_000_000 + n))
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let id = sent(&app, &coordinator, "1", &list(&lines)).await;
    assert_eq!(act(&coordinator, "apply", &id).await.status, StatusCode::OK);
    // Whoever waited two seconds is shown how far it is; the page says when it is done.
    let enrolled = "SELECT count(*) FROM enrolments WHERE edition_id = 1 AND state = 'enrolled'";
    for _ in 0..300 {
        if app.count(enrolled).await == 300 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert_eq!(app.count(enrolled).await, 300);
    let waiting = "SELECT count(*) FROM enrolments WHERE edition_id = 1 AND state = 'waiting'";
    assert_eq!(app.count(waiting).await, 201);
    let page = coordinator.get(&format!("/nominations/{id}")).await;
    assert!(page.body.contains("Inscritas"), "{}", page.body);
}
