//! People who come to a session without being enrolled.

use axum::http::StatusCode;
use capacita::{
    check_in::room_code::Kind,
    error::{AppError, Fault, Reason},
};
use chrono::Duration;

use super::{at_ten_past, on_screen};
use crate::test_app::{Answer, Client, TestApp};

/// Room for everybody.
const ROOMY: &str = "UPDATE editions SET seats = 100 WHERE id = 1";

const LUZ: [(&str, &str); 9] = [
    ("given_names", "Luz"),
    ("paternal_surname", "Quispe"),
    ("maternal_surname", "Mamani"),
    ("sex", "f"),
    ("document_kind", "dni"),
    ("document_number", "41234567"),
    ("institution", "1"),
    ("position", "Fiscal provincial"),
    ("phone", "965 111 222"),
];

/// Somebody of the same names as Rosa, who has no document at hand.
const ROSA: [(&str, &str); 5] = [
    ("given_names", "Rosa"),
    ("paternal_surname", "Núñez"),
    ("maternal_surname", "Quispe"),
    ("sex", "f"),
    ("document_kind", "none"),
];

async fn write(client: &Client, entry: &[(&str, &str)]) -> Answer {
    let mut form = vec![("session", "1")];
    form.extend_from_slice(entry);
    client.post("check_in/write_walk_in", &form).await
}

async fn write_own(client: &Client, code: &str, entry: &[(&str, &str)]) -> Answer {
    let mut form = vec![("session", "1"), ("code", code)];
    form.extend_from_slice(entry);
    client.post("check_in/write_own_walk_in", &form).await
}

async fn accept(client: &Client, id: &str, choice: &str) -> Answer {
    let form = [("walk_in", id), ("choice", choice)];
    client.post("check_in/accept_walk_in", &form).await
}

async fn reject(client: &Client, id: &str, reason: &str) -> Answer {
    let form = [("walk_in", id), ("reason", reason)];
    client.post("check_in/reject_walk_in", &form).await
}

/// "state, whether anything is left of what was written" of every walk-in.
async fn walk_ins(app: &TestApp) -> String {
    app.text(
        "SELECT coalesce(group_concat(state || CASE WHEN entry IS NULL THEN '' ELSE '+' END, ' '), '')
         FROM (SELECT * FROM walk_ins ORDER BY id)",
    )
    .await
}

/// People, enrolments and marks.
async fn everything(app: &TestApp) -> (i64, i64, i64) {
    (
        app.count("SELECT count(*) FROM people").await,
        app.count("SELECT count(*) FROM enrolments").await,
        app.count("SELECT count(*) FROM attendance_marks").await,
    )
}

#[tokio::test]
async fn a_stranger_writes_on_their_own_phone_and_the_coordinator_enrols_them() {
    let app = at_ten_past().await;
    app.execute(ROOMY).await;
    let coordinator = app.sign_in("coordinator").await;
    let before = everything(&app).await;
    let code = on_screen(&app, Kind::WalkIn, 1);
    let stranger = app.stranger();
    let page = stranger.get(&format!("/walk-in/1/{code}")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Cadena de custodia"));
    // The form may take its time.
    app.clock.advance(Duration::minutes(20));
    let sent = write_own(&stranger, &code, &LUZ).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
    assert_eq!(sent.location(), "/walk-in/done");
    assert_eq!(stranger.get("/walk-in/done").await.status, StatusCode::OK);
    // The same once more is one.
    write_own(&stranger, &code, &LUZ).await;
    assert_eq!(walk_ins(&app).await, "waiting+");
    assert_eq!(everything(&app).await, before);
    let readable =
        "SELECT count(*) FROM walk_ins WHERE instr(entry, 'Quispe') OR instr(entry, '41234567')";
    assert_eq!(app.count(readable).await, 0, "sealed");

    let home = coordinator.get("/").await;
    assert!(home.html().contains("persona que llegó sin inscripción"));
    let page = coordinator.get("/sessions/1/walk-ins").await.html();
    for words in [
        "1 por decidir",
        "Quispe Mamani, Luz",
        "DNI 41234567",
        "Fiscal provincial",
        "No está en el registro: se agregará.",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let done = accept(&coordinator, "1", "").await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert_eq!(walk_ins(&app).await, "accepted");
    let (people, enrolments, marks) = before;
    let after = (people + 1, enrolments + 1, marks + 1);
    assert_eq!(everything(&app).await, after);
    let stands = "SELECT count(*) FROM attendance_standing
        JOIN attendance_marks ON attendance_marks.id = mark_id
        JOIN enrolments ON enrolments.id = attendance_standing.enrolment_id
        JOIN people ON people.id = enrolments.person_id
        WHERE attendance_standing.status = 'present' AND source = 'walk_in' AND conflict = 0
          AND attendance_marks.session_id = 1 AND enrolments.state = 'enrolled'
          AND people.sort_name = 'quispe mamani luz' AND attendance_marks.account_id = 3";
    assert_eq!(app.count(stands).await, 1);
    // Accepting twice changes nothing.
    assert_eq!(accept(&coordinator, "1", "").await.status, StatusCode::OK);
    assert_eq!(everything(&app).await, after);
    let refused = reject(&coordinator, "1", "No").await.error();
    assert_eq!(refused, Reason::WalkInDecided.into());
    let page = coordinator.get("/sessions/1/walk-ins").await.html();
    assert!(page.contains("0 por decidir"));
    assert!(page.contains("Quispe Mamani, Luz"));
    // And the same form again, after the decision, is still one.
    write_own(&stranger, &on_screen(&app, Kind::WalkIn, 1), &LUZ).await;
    assert_eq!(walk_ins(&app).await, "accepted");
}

#[tokio::test]
async fn the_strangers_form_tells_nothing_and_takes_no_other_code() {
    let app = at_ten_past().await;
    let stranger = app.stranger();
    let code = on_screen(&app, Kind::WalkIn, 1);
    // Known or not, the answers are the same.
    let known = write_own(&stranger, &code, &ROSA).await;
    let unknown = write_own(&stranger, &code, &LUZ).await;
    assert_eq!(
        (known.status, known.body.as_str()),
        (unknown.status, unknown.body.as_str())
    );
    assert_eq!(known.location(), unknown.location());
    let changed: AppError = Reason::RoomCodeChanged.into();
    let scanned = on_screen(&app, Kind::Scanned, 1);
    let other = on_screen(&app, Kind::WalkIn, 2);
    for wrong in [scanned.as_str(), other.as_str(), "", "CDFHJKMNPRTV"] {
        assert_eq!(write_own(&stranger, wrong, &LUZ).await.error(), changed);
        let page = stranger.get(&format!("/walk-in/1/{wrong}x")).await;
        assert_eq!(page.status, StatusCode::GONE, "{wrong}");
    }
    let missing = stranger.get("/walk-in/99/CDFHJKMNPRTV").await;
    let page = stranger.get("/walk-in/1/CDFHJKMNPRTV").await;
    assert_eq!(
        missing.status, page.status,
        "no session is told from another"
    );
    app.clock.advance(Duration::seconds(21 * 60));
    assert_eq!(write_own(&stranger, &code, &LUZ).await.error(), changed);
    // Every fault of the form at once.
    let code = on_screen(&app, Kind::WalkIn, 1);
    let faulty = [
        ("document_kind", "dni"),
        ("document_number", "12"),
        ("phone", "x"),
    ];
    let AppError::Invalid(faults) = write_own(&stranger, &code, &faulty).await.error() else {
        panic!("faults");
    };
    let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
    for field in [
        "given_names",
        "paternal_surname",
        "sex",
        "document_number",
        "phone",
    ] {
        assert!(fields.contains(&field), "{field}: {fields:?}");
    }
    app.execute("UPDATE editions SET state = 'closed' WHERE id = 1")
        .await;
    let closed = write_own(&stranger, &code, &LUZ).await.error();
    assert_eq!(closed, Reason::CheckInEditionClosed.into());
}

#[tokio::test]
async fn a_flood_from_one_address_waits() {
    let app = at_ten_past().await;
    let stranger = app.stranger();
    let code = on_screen(&app, Kind::WalkIn, 1);
    for number in 0..60 {
        let phone = format!("965 000 {number:03}");
        let mut entry = ROSA.to_vec();
        entry.push(("phone", &phone));
        let sent = write_own(&stranger, &code, &entry).await;
        assert_eq!(sent.status, StatusCode::OK, "{number}: {}", sent.body);
    }
    let waits = write_own(&stranger, &code, &LUZ).await.error();
    assert_eq!(waits, Reason::TooManyAttempts { minutes: 1 }.into());
    assert_eq!(app.count("SELECT count(*) FROM walk_ins").await, 60);
}

#[tokio::test]
async fn facilitators_see_the_number_and_what_they_wrote_themselves() {
    let app = at_ten_past().await;
    let facilitator = app.sign_in("facilitator").await;
    write_own(&app.stranger(), &on_screen(&app, Kind::WalkIn, 1), &LUZ).await;
    let written = write(&facilitator, &ROSA).await;
    assert_eq!(written.status, StatusCode::OK, "{}", written.body);
    let page = facilitator.get("/sessions/1/walk-ins").await.html();
    assert!(page.contains("2 por decidir"));
    assert!(page.contains("Núñez Quispe, Rosa"));
    assert!(!page.contains("Mamani"), "written by another");
    assert!(!page.contains("accept_walk_in"));
    for answer in [
        accept(&facilitator, "1", "").await,
        reject(&facilitator, "2", "No").await,
    ] {
        assert_eq!(answer.error(), AppError::NotFound);
    }
    assert_eq!(walk_ins(&app).await, "waiting+ waiting+");
    // Nobody can have come to a session that is a week away.
    let mut form = vec![("session", "2")];
    form.extend_from_slice(&LUZ);
    let early = facilitator.post("check_in/write_walk_in", &form).await;
    assert!(matches!(
        early.error(),
        AppError::Conflict(Reason::CheckInAhead { .. })
    ));
}

#[tokio::test]
async fn equal_names_are_decided_by_a_person() {
    let app = at_ten_past().await;
    app.execute(ROOMY).await;
    let coordinator = app.sign_in("coordinator").await;
    write(&coordinator, &ROSA).await;
    let page = coordinator.get("/sessions/1/walk-ins").await.html();
    assert!(page.contains("personas con los mismos nombres"));
    assert!(page.contains("Es Núñez Quispe, Rosa (Fiscalía Especializada en Materia Ambiental)"));
    let before = everything(&app).await;
    // Undecided, or somebody who was not offered.
    for choice in ["", "8", "999"] {
        let refused = accept(&coordinator, "1", choice).await.error();
        assert_eq!(refused, Reason::ChangedMeanwhile.into(), "{choice}");
    }
    let odd = accept(&coordinator, "1", "x").await.error();
    assert_eq!(odd, AppError::field("choice", Fault::UnknownChoice));
    assert_eq!(everything(&app).await, before);
    // It is her: enrolled already, so only her attendance is marked.
    let done = accept(&coordinator, "1", "5").await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let (people, enrolments, marks) = before;
    assert_eq!(everything(&app).await, (people, enrolments, marks + 1));
    assert_eq!(super::stands(&app).await, "present 0");
}

#[tokio::test]
async fn without_a_seat_nothing_happens() {
    let app = at_ten_past().await;
    let coordinator = app.sign_in("coordinator").await;
    for waiting_list in [0, 1] {
        app.execute("UPDATE editions SET seats = 1, waiting_list = 0 WHERE id = 1")
            .await;
        if waiting_list == 1 {
            app.execute("UPDATE editions SET waiting_list = 1 WHERE id = 1")
                .await;
        }
        write(&coordinator, &LUZ).await;
        let before = everything(&app).await;
        let refused = accept(&coordinator, "1", "").await.error();
        assert_eq!(refused, Reason::EditionFull.into(), "{waiting_list}");
        assert_eq!(everything(&app).await, before);
        assert_eq!(walk_ins(&app).await, "waiting+");
    }
    // Whom the funder must clear first has no seat either.
    app.execute(
        "UPDATE editions SET seats = 9 WHERE id = 1;
         INSERT INTO vetting_rules (program_id, sector) VALUES (1, 'prosecution')",
    )
    .await;
    let before = everything(&app).await;
    let refused = accept(&coordinator, "1", "").await.error();
    assert_eq!(refused, Reason::NotCleared.into());
    assert_eq!(everything(&app).await, before);
    app.execute("DELETE FROM vetting_rules").await;
    // Who waits for a seat is decided where seats are.
    app.execute("UPDATE editions SET seats = 9 WHERE id = 1; UPDATE enrolments SET state = 'waiting' WHERE id = 1").await;
    write(&coordinator, &ROSA).await;
    let refused = accept(&coordinator, "2", "5").await.error();
    assert_eq!(refused, Reason::WalkInWaits.into());
}

#[tokio::test]
async fn who_is_not_enrolled_is_erased_with_a_reason() {
    let app = at_ten_past().await;
    let coordinator = app.sign_in("coordinator").await;
    write(&coordinator, &LUZ).await;
    let missing = reject(&coordinator, "1", " ").await.error();
    assert_eq!(missing, AppError::field("reason", Fault::ReasonNeeded));
    let before = everything(&app).await;
    for _ in 0..2 {
        let done = reject(&coordinator, "1", "Es de otro curso").await;
        assert_eq!(done.status, StatusCode::OK);
    }
    assert_eq!(walk_ins(&app).await, "rejected");
    assert_eq!(everything(&app).await, before);
    let page = coordinator.get("/sessions/1/walk-ins").await.html();
    assert!(page.contains("No inscrita: Es de otro curso"), "{page}");
    assert!(!page.contains("Mamani"));
    let refused = accept(&coordinator, "1", "").await.error();
    assert_eq!(refused, Reason::WalkInDecided.into());
    let told = "SELECT count(*) FROM audit_events WHERE action = 'walk_in_reject'";
    assert_eq!(app.count(told).await, 1);
}

#[tokio::test]
async fn what_nobody_decides_is_erased_after_thirty_days() {
    let app = at_ten_past().await;
    let coordinator = app.sign_in("coordinator").await;
    write(&coordinator, &LUZ).await;
    app.clock.advance(Duration::days(31));
    write(&app.sign_in("coordinator").await, &ROSA).await;
    assert_eq!(walk_ins(&app).await, "lapsed waiting+");
}

#[tokio::test]
async fn the_document_of_another_is_accepted_only_by_saying_so() {
    let app = at_ten_past().await;
    app.execute(ROOMY).await;
    let coordinator = app.sign_in("coordinator").await;
    write(&coordinator, &LUZ).await;
    accept(&coordinator, "1", "").await;
    let luz = app.text("SELECT CAST(max(id) AS TEXT) FROM people").await;
    app.execute(
        "DELETE FROM attendance_standing WHERE enrolment_id = (SELECT max(id) FROM enrolments)",
    )
    .await;
    let mut pedro = LUZ.to_vec();
    pedro[0] = ("given_names", "Pedro Pablo");
    pedro[1] = ("paternal_surname", "Castillo");
    pedro[2] = ("maternal_surname", "Terrones");
    pedro[3] = ("sex", "m");
    write(&coordinator, &pedro).await;
    let page = coordinator.get("/sessions/1/walk-ins").await.html();
    for words in [
        "Castillo Terrones, Pedro Pablo",
        "El número de documento es de Quispe Mamani, Luz \
         (Fiscalía Especializada en Materia Ambiental). No coincide: los nombres, el sexo.",
        "Es la misma persona: Quispe Mamani, Luz…",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    // Without a word, as another person of the same document, or as one who does not hold it.
    let before = everything(&app).await;
    for choice in ["", "another", "5"] {
        let refused = accept(&coordinator, "2", choice).await.error();
        assert_eq!(refused, Reason::ChangedMeanwhile.into(), "{choice}");
    }
    assert_eq!(everything(&app).await, before);
    assert_eq!(walk_ins(&app).await, "accepted waiting+");
    let done = accept(&coordinator, "2", &luz).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let (people, enrolments, marks) = before;
    assert_eq!(everything(&app).await, (people, enrolments, marks + 1));
    assert_eq!(walk_ins(&app).await, "accepted accepted");
}

#[tokio::test]
async fn whoever_is_known_is_named() {
    let app = at_ten_past().await;
    app.execute(ROOMY).await;
    let coordinator = app.sign_in("coordinator").await;
    write(&coordinator, &LUZ).await;
    accept(&coordinator, "1", "").await;
    let mut luz = LUZ.to_vec();
    luz[2] = ("maternal_surname", "");
    write(&coordinator, &luz).await;
    let place = "(Fiscalía Especializada en Materia Ambiental)";
    let page = coordinator.get("/sessions/1/walk-ins").await.html();
    let enrolled = format!("Ya está inscrita en esta edición: Quispe Mamani, Luz {place}.");
    assert!(page.contains(&enrolled), "{page}");
    app.execute(
        "UPDATE enrolments SET state = 'withdrawn' WHERE id = (SELECT max(id) FROM enrolments)",
    )
    .await;
    let page = coordinator.get("/sessions/1/walk-ins").await.html();
    let known = format!("Ya está en el registro: Quispe Mamani, Luz {place}.");
    assert!(page.contains(&known), "{page}");
}
