//! A session's list: the form that works on a phone and without JavaScript.

use axum::http::StatusCode;
use capacita::error::{AppError, Fault, FieldError, Reason};

use super::{MORE_PEOPLE, mark, marks, projection_is_sound, with_sql};
use crate::test_app::{Answer, Client, TestApp};

const PAGE: &str = "/sessions/1/attendance";

async fn save(client: &Client, form: &[(&str, &str)]) -> Answer {
    let form = [&[("session", "1")], form].concat();
    client
        .post_form(PAGE, "attendance/mark_session", &form)
        .await
}

/// What stands, as "1 present 240; 11 absent 0".
async fn standing(app: &TestApp) -> String {
    let mut connection = app.state.database.read().await.expect("a connection");
    let rows: Vec<(i64, String, i64)> = sqlx::query_as(
        "SELECT enrolment_id, status, minutes FROM attendance_standing ORDER BY enrolment_id",
    )
    .fetch_all(&mut *connection)
    .await
    .expect("rows");
    let told: Vec<String> = rows
        .iter()
        .map(|(enrolment, status, minutes)| format!("{enrolment} {status} {minutes}"))
        .collect();
    told.join("; ")
}

#[tokio::test]
async fn a_list_is_saved_in_one_post() {
    let app = TestApp::new().await;
    with_sql(&app, MORE_PEOPLE).await;
    let facilitator = app.sign_in("facilitator").await;
    let page = facilitator.get(PAGE).await;
    assert_eq!(page.status, StatusCode::OK);
    for there in [
        "Núñez Quispe, Rosa",
        "Sin Cuenta, Wari",
        r#"name="mark-11""#,
        r#"name="minutes-12""#,
        r#"name="seen-1" value="""#,
        "sáb 21 nov 2026, 9:00–13:00",
    ] {
        assert!(page.body.contains(there), "{there}");
    }
    assert!(!page.body.contains("mark-13"), "withdrawn");
    assert!(!page.body.contains("capacita.js"), "no client here");

    let saved = save(
        &facilitator,
        &[
            ("mark-1", "present"),
            ("minutes-1", ""),
            ("seen-1", ""),
            ("mark-11", "partial"),
            ("minutes-11", "90"),
            ("seen-11", ""),
            ("minutes-12", ""),
            ("seen-12", ""),
        ],
    )
    .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    let after = facilitator.get(&saved.location()).await;
    assert!(after.body.contains("Se guardaron 2 marcas."));
    assert_eq!(standing(&app).await, "1 present 240; 11 partial 90");
    // The same once more, as it comes back from the page, adds nothing.
    let again = save(
        &facilitator,
        &[
            ("mark-1", "present"),
            ("seen-1", "1"),
            ("mark-11", "partial"),
            ("minutes-11", "90"),
            ("seen-11", "2"),
            ("seen-12", ""),
        ],
    )
    .await;
    let after = facilitator.get(&again.location()).await;
    assert!(after.body.contains("No había nada nuevo que guardar."));
    assert_eq!(marks(&app).await, 2);
    projection_is_sound(&app).await;
}

#[tokio::test]
async fn the_rest_is_marked_present_after_what_was_chosen() {
    let app = TestApp::new().await;
    with_sql(&app, MORE_PEOPLE).await;
    let facilitator = app.sign_in("facilitator").await;
    let chosen = [
        ("then", "rest_present"),
        ("mark-11", "absent"),
        ("seen-1", ""),
        ("seen-11", ""),
        ("seen-12", ""),
    ];
    let saved = save(&facilitator, &chosen).await;
    let after = facilitator.get(&saved.location()).await;
    assert!(after.body.contains("Se guardaron 3 marcas."));
    assert_eq!(
        standing(&app).await,
        "1 present 240; 11 absent 0; 12 present 240"
    );
    // A double click.
    save(&facilitator, &chosen).await;
    assert_eq!(marks(&app).await, 3);
    let events = "SELECT count(*) FROM audit_events WHERE action = 'attendance_mark_many'";
    assert_eq!(app.count(events).await, 2);
}

#[tokio::test]
async fn bad_lines_come_back_with_all_that_was_chosen() {
    let app = TestApp::new().await;
    with_sql(&app, MORE_PEOPLE).await;
    let facilitator = app.sign_in("facilitator").await;
    let form = [
        ("session", "1"),
        ("mark-1", "partial"),
        ("minutes-1", "500"),
        ("seen-1", ""),
        ("mark-11", "excused"),
        ("minutes-11", ""),
        ("seen-11", ""),
        ("minutes-12", "0"),
        ("seen-12", ""),
    ];
    let refused = facilitator.post("attendance/mark_session", &form).await;
    let fault = |field: &str| FieldError {
        field: field.to_owned(),
        fault: Fault::BadMinutes { planned: 240 },
    };
    assert_eq!(
        refused.error(),
        AppError::Invalid(vec![fault("minutes-1"), fault("minutes-12")])
    );
    assert_eq!(marks(&app).await, 0);
    let back = save(&facilitator, &form[1..]).await;
    let page = facilitator.get(&back.location()).await;
    for kept in [
        r##"href="#minutes-1""##,
        r##"href="#minutes-12""##,
        r#"value="500""#,
        "más de 0 y menos de 240",
    ] {
        assert!(page.body.contains(kept), "{kept}");
    }
    assert!(is_chosen(&page, 11, "excused"));
}

/// Whether the page's line of an enrolment has this choice made.
fn is_chosen(page: &Answer, enrolment: i64, status: &str) -> bool {
    let button = format!(r#"name="mark-{enrolment}" value="{status}""#);
    let after = page.body.split(&button).nth(1);
    after.expect("the button").starts_with(" checked")
}

#[tokio::test]
async fn minutes_beside_a_choice_that_stood_are_partial_attendance() {
    let app = TestApp::new().await;
    with_sql(&app, MORE_PEOPLE).await;
    let facilitator = app.sign_in("facilitator").await;
    let first = [
        ("mark-1", "present"),
        ("seen-1", ""),
        ("mark-11", "absent"),
        ("seen-11", ""),
        ("mark-12", "partial"),
        ("minutes-12", "90"),
        ("seen-12", ""),
    ];
    save(&facilitator, &first).await;
    // Without a script nobody can untick what stands: the minutes are what was added.
    let later = [
        ("mark-1", "present"),
        ("minutes-1", "30"),
        ("seen-1", "1"),
        ("mark-11", "absent"),
        ("minutes-11", "45"),
        ("seen-11", "2"),
        // The minutes of a former partial attendance are left over.
        ("mark-12", "present"),
        ("minutes-12", "90"),
        ("seen-12", "3"),
    ];
    let saved = save(&facilitator, &later).await;
    let after = facilitator.get(&saved.location()).await;
    assert!(after.body.contains("Se guardaron 3 marcas."));
    let stands = "1 partial 30; 11 partial 45; 12 present 240";
    assert_eq!(standing(&app).await, stands);
    assert!(
        after
            .body
            .contains("Asistió solo una parte: minutos, de 1 a 239")
    );
    let beyond = [
        ("mark-12", "present"),
        ("minutes-12", "500"),
        ("seen-12", "6"),
    ];
    let refused = save(&facilitator, &beyond).await;
    let page = facilitator.get(&refused.location()).await;
    assert!(page.body.contains("más de 0 y menos de 240"));
    projection_is_sound(&app).await;
}

#[tokio::test]
async fn minutes_beside_a_new_choice_are_refused_at_their_field() {
    let app = TestApp::new().await;
    with_sql(&app, MORE_PEOPLE).await;
    let facilitator = app.sign_in("facilitator").await;
    mark(&facilitator, "absent", "", "key-00001").await;
    let lines = [
        ("mark-1", "late"),
        ("minutes-1", "60"),
        ("seen-1", "1"),
        ("mark-11", "present"),
        ("minutes-11", "30"),
        ("seen-11", ""),
        ("mark-12", "excused"),
        ("seen-12", ""),
    ];
    let form = [&[("session", "1")], &lines[..]].concat();
    let refused = facilitator.post("attendance/mark_session", &form).await;
    let fault = |field: &str| FieldError {
        field: field.to_owned(),
        fault: Fault::MinutesBesideMark,
    };
    let faults = vec![fault("minutes-1"), fault("minutes-11")];
    assert_eq!(refused.error(), AppError::Invalid(faults));
    assert_eq!(marks(&app).await, 1, "nothing is half-written");
    let back = save(&facilitator, &lines).await;
    let page = facilitator.get(&back.location()).await;
    for kept in [
        r##"href="#minutes-1""##,
        r##"href="#minutes-11""##,
        r#"value="60""#,
        r#"value="30""#,
        "marque «Parcial» o borre los minutos",
    ] {
        assert!(page.body.contains(kept), "{kept}");
    }
    for (enrolment, status) in [(1, "late"), (11, "present"), (12, "excused")] {
        assert!(is_chosen(&page, enrolment, status), "{enrolment} {status}");
    }
}

#[tokio::test]
async fn a_decision_with_minutes_beside_another_choice_is_refused() {
    let app = TestApp::new().await;
    let facilitator = app.sign_in("facilitator").await;
    let settle = async |status: &str| {
        let form = [
            ("enrolment", "1"),
            ("session", "1"),
            ("status", status),
            ("minutes", "30"),
        ];
        facilitator.post("attendance/settle", &form).await
    };
    let beside = AppError::field("minutes", Fault::MinutesBesideMark);
    assert_eq!(settle("present").await.error(), beside);
    assert_eq!(marks(&app).await, 0);
    settle("partial").await;
    assert_eq!(standing(&app).await, "1 partial 30");
}

#[tokio::test]
async fn a_line_that_somebody_else_has_marked_meanwhile_is_a_conflict() {
    let app = TestApp::new().await;
    with_sql(&app, MORE_PEOPLE).await;
    let facilitator = app.sign_in("facilitator").await;
    let coordinator = app.sign_in("coordinator").await;
    mark(&coordinator, "absent", "", "key-00001").await;
    // The facilitator's page is older than that mark.
    let lines = [
        ("mark-1", "present"),
        ("seen-1", ""),
        ("mark-11", "present"),
        ("seen-11", ""),
    ];
    let saved = save(&facilitator, &lines).await;
    let after = facilitator.get(&saved.location()).await;
    assert!(
        after
            .body
            .contains("Se guardaron 2 marcas. 1 no coincide con la de otra persona")
    );
    assert!(after.body.contains("is-conflict"));
    assert!(after.body.contains("/enrolments/1/sessions/1"));
    assert_eq!(standing(&app).await, "1 absent 0; 11 present 240");
    projection_is_sound(&app).await;
    // A line that repeats what its page showed does not contradict what came after.
    mark(&coordinator, "late", "2", "key-00002").await;
    let unchanged = [("mark-11", "present"), ("seen-11", "3"), ("seen-1", "2")];
    let before = marks(&app).await;
    save(&facilitator, &unchanged).await;
    assert_eq!(marks(&app).await, before);
}

#[tokio::test]
async fn a_list_takes_nobody_from_elsewhere_and_nothing_once_closed() {
    let app = TestApp::new().await;
    let facilitator = app.sign_in("facilitator").await;
    let post = async |form: &[(&str, &str)]| {
        let form = [&[("session", "1")], form].concat();
        facilitator.post("attendance/mark_session", &form).await
    };
    let foreign = post(&[
        ("mark-1", "present"),
        ("seen-1", ""),
        ("mark-2", "present"),
        ("seen-2", ""),
    ])
    .await;
    assert_eq!(foreign.error(), Reason::NotTakingPart.into());
    assert_eq!(marks(&app).await, 0, "all or nothing");
    let unseen = post(&[("mark-1", "present"), ("seen-1", "5")]).await;
    let unknown = AppError::field("mark-1", Fault::UnknownChoice);
    assert_eq!(unseen.error(), unknown);

    with_sql(&app, "UPDATE editions SET state = 'closed' WHERE id = 1").await;
    let closed = post(&[("mark-1", "present"), ("seen-1", "")]).await;
    assert_eq!(closed.error(), Reason::EditionClosed.into());
    let page = facilitator.get(PAGE).await;
    assert!(page.body.contains("La edición está cerrada"));
    assert!(!page.body.contains("attendance/mark_session"));
}

#[tokio::test]
async fn a_surname_is_found_without_its_accents() {
    let app = TestApp::new().await;
    let mut sql = String::from("UPDATE editions SET seats = NULL WHERE id = 1;");
    for number in 100..112 {
        use std::fmt::Write as _;
        write!(
            sql,
            "INSERT INTO people (id, document_kind, no_document_reason, given_names, paternal_surname, sex, sort_name, created_at)
               VALUES ({number}, 'none', 'prueba', 'Ana', 'Apellido{number}', 'f', 'apellido{number} ana', '2026-01-01T00:00:00+00:00');
             INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, sex)
               VALUES ({number}, 1, {number}, 'enrolled', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', 'f');"
        )
        .expect("a String");
    }
    with_sql(&app, sql.leak()).await;
    let facilitator = app.sign_in("facilitator").await;
    let all = facilitator.get(PAGE).await;
    assert!(all.body.contains(r#"name="q""#) && all.body.contains("Apellido105"));
    let found = facilitator.get("/sessions/1/attendance?q=NU%C3%91EZ").await;
    assert!(found.body.contains("Núñez Quispe, Rosa"));
    assert!(!found.body.contains("Apellido105"));
    assert!(
        !found.body.contains("rest_present"),
        "nobody out of sight is marked along"
    );
    let nobody = facilitator.get("/sessions/1/attendance?q=zzz").await;
    assert!(nobody.body.contains("Nadie con ese apellido"));

    // Looking for somebody saves what was chosen.
    let chosen = [
        ("then", "find"),
        ("q", "nuñez"),
        ("mark-105", "late"),
        ("seen-105", ""),
        ("seen-1", ""),
    ];
    let saved = save(&facilitator, &chosen).await;
    let location = saved.location();
    assert!(
        location.starts_with("/sessions/1/attendance?q=nu%C3%B1ez&kept="),
        "{location}"
    );
    let found = facilitator.get(&location).await;
    assert!(found.body.contains("Se guardó 1 marca."));
    assert!(found.body.contains("Núñez Quispe, Rosa"));
    assert_eq!(standing(&app).await, "105 late 240");
    let back = save(&facilitator, &[("then", "all"), ("q", "nuñez")]).await;
    assert_eq!(back.location(), PAGE);
}
