//! What a coordinator sees and changes of somebody: it depends on whose program they are in.

use axum::http::StatusCode;
use capacita::error::AppError;

use super::{ROSA, create, with};
use crate::test_app::{Client, TestApp};

/// Person 6 is in program 2, which `stranger-coordinator` coordinates.
const HER_PHONE: &str = "900 SECRETO 6";

fn update<'a>(person: &'a str, email: &'a str) -> Vec<(&'a str, &'a str)> {
    with(
        ROSA,
        &[("person", person), ("version", "1"), ("email", email)],
    )
}

#[tokio::test]
async fn everybody_is_found_by_name_and_nothing_more() {
    let app = TestApp::new().await;
    app.execute(
        "UPDATE people SET ethnic_identity = 'awajún', consented_at = created_at WHERE id = 6",
    )
    .await;
    let coordinator = app.sign_in("coordinator").await;
    let list = coordinator.get("/people?q=secreto").await.html();
    assert!(list.contains("SECRETO Rojas, Otilia") && list.contains("Policía de Prueba"));
    assert!(list.contains("De otro programa"));
    assert!(list.contains("solo en otro programa se muestran el nombre y la institución"));
    let page = coordinator.get("/people/6").await;
    assert_eq!(page.status, StatusCode::OK);
    let html = page.html();
    assert!(html.contains("SECRETO Rojas, Otilia") && html.contains("Policía de Prueba"));
    for hidden in [
        HER_PHONE,
        "other@capacita.test",
        "awajún",
        "Suboficial",
        "Madre de Dios",
        "Ucayali",
        "Litigación oral",
        "/people/6/edit",
        "/api/access/invite",
    ] {
        assert!(!html.contains(hidden), "{hidden}");
        // The list's filter offers every department.
        let (_, lines) = list.split_once("<table").expect("a table");
        assert!(!lines.contains(hidden), "{hidden} in the list");
    }
    let own = app.sign_in("stranger-coordinator").await;
    let html = own.get("/people/6").await.html();
    for shown in [HER_PHONE, "awajún", "Litigación oral", "/people/6/edit"] {
        assert!(html.contains(shown), "{shown}");
    }
}

#[tokio::test]
async fn a_change_of_somebody_elses_person_is_refused_unwritten() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let form = update("6", "espia@example.pe");
    let answer = coordinator.post("people/update_person", &form).await;
    assert_eq!(answer.error(), AppError::Forbidden);
    let affiliation = [("person", "6"), ("version", "1"), ("until", "2026-11-20")];
    let answer = coordinator
        .post("people/end_affiliation", &affiliation)
        .await;
    assert_eq!(answer.error(), AppError::Forbidden);
    let untouched = "SELECT count(*) FROM people WHERE id = 6 AND version = 1
                     AND email = 'other@capacita.test'";
    assert_eq!(app.count(untouched).await, 1);
}

#[tokio::test]
async fn a_history_shows_the_editions_of_ones_own_programs() {
    let app = TestApp::new().await;
    app.execute(
        "INSERT INTO enrolments (edition_id, person_id, state, state_at, requested_at, sex, grade_tenths)
         VALUES (3, 5, 'declined', '2026-10-02T00:00:00+00:00', '2026-10-02T00:00:00+00:00', 'f', 73)",
    )
    .await;
    let titles = [
        "Cadena de custodia",
        "Delitos contra la fauna",
        "Litigación oral",
    ];
    for (name, page, seen) in [
        ("coordinator", "/people/5", [true, true, false]),
        ("stranger-coordinator", "/people/5", [false, false, true]),
        ("admin", "/people/5", [true, true, true]),
        ("participant", "/me/data", [true, true, true]),
    ] {
        let html = app.sign_in(name).await.get(page).await.html();
        assert_eq!(titles.map(|title| html.contains(title)), seen, "{name}");
    }
}

#[tokio::test]
async fn who_added_somebody_keeps_reading_them_until_then_every_coordinator_does() {
    let app = TestApp::new().await;
    let creator = app.sign_in("coordinator").await;
    let other = app.sign_in("stranger-coordinator").await;
    let id = create(&creator, ROSA).await;
    let edit = format!("/people/{id}/edit");
    let statuses = async || {
        let of = async |client: &Client| client.get(&edit).await.status.as_u16();
        (of(&creator).await, of(&other).await)
    };
    assert_eq!(statuses().await, (200, 200), "of no program yet");
    let person = id.to_string();
    let own = [("edition", "1"), ("person", person.as_str())];
    let enrolled = creator.post("enrolment/enrol_other", &own).await;
    assert_eq!(enrolled.status, StatusCode::OK, "{}", enrolled.body);
    assert_eq!(statuses().await, (200, 403));
    app.execute("UPDATE enrolments SET edition_id = 3 WHERE id = (SELECT max(id) FROM enrolments)")
        .await;
    assert_eq!(statuses().await, (200, 200));
}

#[tokio::test]
async fn nobody_is_taken_over_by_an_address_and_an_invitation() {
    let app = TestApp::new().await;
    app.execute(
        "DELETE FROM accounts WHERE id = 6;
         INSERT INTO enrolments (edition_id, person_id, state, state_at, requested_at, sex)
         VALUES (1, 6, 'requested', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', 'f')",
    )
    .await;
    // In both programs: both coordinators may correct the address, neither may send the link there.
    for name in ["coordinator", "stranger-coordinator"] {
        let client = app.sign_in(name).await;
        let page = client.get("/people/6").await.html();
        assert!(
            page.contains("También participa en otro programa"),
            "{name}"
        );
        let invited = client.post("access/invite", &[("person", "6")]).await;
        assert_eq!(invited.error(), AppError::Forbidden, "{name}");
    }
    assert_eq!(app.count("SELECT count(*) FROM outbox").await, 0);
    let admin = app.sign_in("admin").await;
    let invited = admin.post("access/invite", &[("person", "6")]).await;
    assert_eq!(invited.status, StatusCode::OK);
    assert_eq!(app.count("SELECT count(*) FROM outbox").await, 1);
}
