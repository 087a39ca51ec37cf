//! What a list of people gets is what each of them would have got by themselves, in its order.

use axum::http::StatusCode;

use super::{act, list, sent};
use crate::test_app::{Client, TestApp};

/// Who is in edition 1, and as what, by name.
const STATES: &str = "SELECT group_concat(sort_name || ' ' || state, ', ') FROM
    (SELECT sort_name, state FROM enrolments JOIN people ON people.id = person_id
     WHERE edition_id = 1 ORDER BY sort_name)";

/// Women and men of two institutions and of none, as in a list.
fn lines() -> Vec<String> {
    let one = |n: usize| {
        let sex = ["F", "M", "M", "F", "M"][n % 5];
        let institution = [
            "FEMA",
            "Policía de Prueba",
            "FEMA",
            "",
            "Policía de Prueba",
            "FEMA",
        ][n % 6];
        format!("412345{n:02};Alva;;Nombre{n:02};{sex};;{institution};")
    };
    (0..24).map(one).collect()
}

fn all(lines: &[String]) -> Vec<u8> {
    list(&lines.iter().map(String::as_str).collect::<Vec<_>>())
}

/// A world in which these rules hold for edition 1, and its coordinator.
async fn world(rules: &'static str) -> (TestApp, Client) {
    let app = TestApp::new().await;
    app.execute(rules).await;
    let coordinator = app.sign_in("coordinator").await;
    (app, coordinator)
}

/// The same with all of the list in the register already: they are in another edition.
async fn registered(rules: &'static str) -> (TestApp, Client) {
    let (app, coordinator) = world("UPDATE editions SET seats = NULL WHERE id = 4").await;
    let id = sent(&app, &coordinator, "4", &all(&lines())).await;
    act(&coordinator, "apply", &id).await;
    assert_eq!(
        app.count("SELECT count(*) FROM enrolments WHERE edition_id = 4 AND person_id > 8")
            .await,
        24
    );
    app.execute(rules).await;
    (app, coordinator)
}

async fn by_list((app, coordinator): (TestApp, Client)) -> String {
    let id = sent(&app, &coordinator, "1", &all(&lines())).await;
    let done = act(&coordinator, "apply", &id).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    app.text(STATES).await
}

async fn one_by_one((app, coordinator): (TestApp, Client)) -> String {
    for person in 9..33 {
        let person = person.to_string();
        let form = [("edition", "1"), ("person", person.as_str())];
        let done = coordinator.post("enrolment/enrol_other", &form).await;
        assert!(
            matches!(done.status, StatusCode::OK | StatusCode::CONFLICT),
            "{}",
            done.body
        );
    }
    app.text(STATES).await
}

#[tokio::test]
async fn a_list_gets_what_its_people_get_one_by_one() {
    for rules in [
        "UPDATE editions SET seats = NULL WHERE id = 1",
        "UPDATE editions SET seats = 6, waiting_list = 1 WHERE id = 1",
        "UPDATE editions SET seats = 6, waiting_list = 0 WHERE id = 1",
        "UPDATE editions SET seats = 1, waiting_list = 1 WHERE id = 1",
        // Kept for the police and for women: a policewoman fills both, and leaves a seat to others.
        "UPDATE editions SET seats = 14, waiting_list = 1 WHERE id = 1;
         INSERT INTO edition_quotas (edition_id, sector, reserved) VALUES (1, 'police', 6);
         INSERT INTO edition_quotas (edition_id, sex, reserved) VALUES (1, 'f', 6)",
        "UPDATE editions SET seats = 14, waiting_list = 0 WHERE id = 1;
         INSERT INTO edition_quotas (edition_id, sector, reserved) VALUES (1, 'police', 6);
         INSERT INTO edition_quotas (edition_id, sex, reserved) VALUES (1, 'f', 6)",
        "UPDATE editions SET seats = 30, waiting_list = 1 WHERE id = 1;
         INSERT INTO edition_quotas (edition_id, sector, reserved, at_most) VALUES (1, 'police', 0, 3);
         INSERT INTO edition_quotas (edition_id, institution_id, reserved, at_most) VALUES (1, 1, 4, 5)",
        // Whom a sector vets asks.
        "UPDATE editions SET seats = 6, waiting_list = 1 WHERE id = 1;
         INSERT INTO vetting_rules (program_id, sector) VALUES (1, 'police')",
        // Two wait already, for a seat that has been added since; others are offered theirs.
        "UPDATE editions SET seats = 8, waiting_list = 1 WHERE id = 1;
         INSERT INTO enrolments (edition_id, person_id, state, state_at, requested_at, sex) VALUES
         (1, 2, 'waiting', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', 'm'),
         (1, 8, 'waiting', '2026-11-03T00:00:00+00:00', '2026-11-03T00:00:00+00:00', 'm')",
        "UPDATE editions SET seats = 8, waiting_list = 1, offer_hours = 24 WHERE id = 1;
         INSERT INTO enrolments (edition_id, person_id, state, state_at, requested_at, sex) VALUES
         (1, 2, 'waiting', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', 'm'),
         (1, 8, 'waiting', '2026-11-03T00:00:00+00:00', '2026-11-03T00:00:00+00:00', 'm')",
        // What must be completed first has been completed by nobody.
        "UPDATE editions SET seats = NULL WHERE id = 1;
         INSERT INTO course_prerequisites (course_id, required_course_id) VALUES (1, 3)",
    ] {
        let expected = one_by_one(registered(rules).await).await;
        assert_eq!(by_list(registered(rules).await).await, expected, "known: {rules}");
        assert_eq!(by_list(world(rules).await).await, expected, "new: {rules}");
    }
}
