//! Known people whom a list names at another institution: said in the review, written down where
//! somebody chooses so, and taken back with the list.

use axum::http::StatusCode;
use capacita::error::{AppError, Reason};
use chrono::Duration;

use super::{ROOMY, act, list, outcomes, sent, verdicts};
use crate::test_app::{Client, TestApp};

/// "institution since until" of everything that is known of Luz, the first first.
const SERVED: &str = "SELECT group_concat(institution_id || ' ' || since || ' ' || coalesce(until, 'now'), ', ')
    FROM (SELECT * FROM affiliations WHERE person_id = (SELECT id FROM people WHERE given_names = 'Luz') ORDER BY id)";
const BEFORE: &str = "1 2026-11-21 now";
const MOVED: &str = "1 2026-11-21 2026-11-21, 2 2026-11-22 now";
const CHANGES: &str = "SELECT count(*) FROM audit_events WHERE action = 'affiliation_change'";
const BOX: &str = "name=\"moves[]\"";
/// Line 2 is Luz, who serves where the list says.
const LUZ: &str = "2:9";

/// Luz serves at FEMA since the 21st; on the 22nd the police names her. Gives the list.
async fn named_by_police() -> (TestApp, Client, String) {
    let app = TestApp::new().await;
    app.execute(ROOMY).await;
    let coordinator = app.sign_in("coordinator").await;
    let first = list(&["41234567;Quispe;Mamani;Luz;F;1985;FEMA;"]);
    let first = sent(&app, &coordinator, "4", &first).await;
    act(&coordinator, "apply", &first).await;
    assert_eq!(app.text(SERVED).await, BEFORE);
    app.clock.advance(Duration::days(1));
    let second = list(&["41234567;Quispe;Mamani;Luz;F;1985;Policía de Prueba;"]);
    let second = sent(&app, &coordinator, "1", &second).await;
    assert_eq!(verdicts(&app).await, "known");
    (app, coordinator, second)
}

async fn choose(client: &Client, id: &str, moves: bool) {
    let mut form = vec![
        ("nomination", id),
        ("shown[]", "2"),
        ("take[]", "2"),
        ("moves[]", "2:no"),
    ];
    if moves {
        form.push(("moves[]", LUZ));
    }
    let done = client.post("nomination/decide", &form).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
}

async fn page(client: &Client, id: &str) -> String {
    client.get(&format!("/nominations/{id}")).await.html()
}

#[tokio::test]
async fn the_review_says_it_and_nothing_changes_unless_it_is_chosen() {
    let (app, coordinator, id) = named_by_police().await;
    let shown = page(&coordinator, &id).await;
    let sentence = "La lista dice que trabaja en «Policía de Prueba»; el registro, en «Fiscalía Especializada en Materia Ambiental».";
    for words in [
        sentence,
        "Registrar que trabaja ahí desde el",
        "22 nov 2026",
        BOX,
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    choose(&coordinator, &id, true).await;
    choose(&coordinator, &id, false).await;
    act(&coordinator, "apply", &id).await;
    assert_eq!(app.text(SERVED).await, BEFORE);
    assert_eq!(app.count(CHANGES).await, 0);
    let shown = page(&coordinator, &id).await;
    assert!(!shown.contains("Se registró la institución"), "{shown}");
}

#[tokio::test]
async fn chosen_it_begins_an_affiliation_from_the_lists_day_and_goes_with_the_list() {
    let (app, coordinator, id) = named_by_police().await;
    choose(&coordinator, &id, true).await;
    app.clock.advance(Duration::days(2));
    act(&coordinator, "apply", &id).await;
    assert_eq!(app.text(SERVED).await, MOVED);
    // What she was is what she was: each participation has the affiliation of its own time.
    let then = "SELECT group_concat(edition_id || ' ' || institution_id, ', ') FROM
                (SELECT * FROM enrolments WHERE person_id > 8 ORDER BY id)";
    assert_eq!(app.text(then).await, "4 1, 1 2");
    assert_eq!(app.count(CHANGES).await, 1);
    let shown = page(&coordinator, &id).await;
    let done = "Se registró la institución que indica la lista.";
    assert!(shown.contains(done), "{shown}");
    let found = coordinator.get("/people?q=luz+policia").await.html();
    assert!(found.contains("Quispe Mamani, Luz"), "{found}");

    let undone = act(&coordinator, "undo", &id).await;
    assert_eq!(undone.status, StatusCode::OK, "{}", undone.body);
    assert_eq!(app.text(SERVED).await, BEFORE);
    assert_eq!(app.text(then).await, "4 1");
    assert_eq!(app.count(CHANGES).await, 2);
    assert!(!page(&coordinator, &id).await.contains(done));
    let found = coordinator.get("/people?q=luz+policia").await.html();
    assert!(!found.contains("Quispe Mamani, Luz"), "{found}");
}

#[tokio::test]
async fn what_the_register_learned_since_stands() {
    let (app, coordinator, id) = named_by_police().await;
    choose(&coordinator, &id, true).await;
    app.clock.advance(Duration::days(2));
    app.execute(
        "UPDATE affiliations SET until = '2026-11-22' WHERE until IS NULL AND person_id > 8;
         INSERT INTO affiliations (person_id, position, since, created_at)
         SELECT max(id), 'Jubilada', '2026-11-23', '2026-11-23T15:00:00+00:00' FROM people",
    )
    .await;
    assert!(!page(&coordinator, &id).await.contains(BOX));
    act(&coordinator, "apply", &id).await;
    assert_eq!(app.count(CHANGES).await, 0);
    assert_eq!(
        app.count("SELECT count(*) FROM affiliations WHERE institution_id = 2 AND person_id > 8")
            .await,
        0
    );
}

#[tokio::test]
async fn a_list_is_not_taken_back_once_its_move_is_history() {
    let (app, coordinator, id) = named_by_police().await;
    choose(&coordinator, &id, true).await;
    act(&coordinator, "apply", &id).await;
    app.execute(
        "UPDATE affiliations SET until = '2026-11-22' WHERE until IS NULL AND person_id > 8",
    )
    .await;
    let undo = act(&coordinator, "undo", &id).await;
    assert_eq!(undo.error(), Reason::NominationInUse.into());
}

#[tokio::test]
async fn a_list_is_not_taken_back_once_somebody_entered_from_where_it_says() {
    let (app, coordinator, id) = named_by_police().await;
    choose(&coordinator, &id, true).await;
    act(&coordinator, "apply", &id).await;
    let once = app.text(SERVED).await;
    app.clock.advance(Duration::days(1));
    // Another edition keeps where she serves as it was on its day.
    app.execute(
        "UPDATE editions SET state = 'enrolling', seats = 9 WHERE id = 3;
         UPDATE courses SET program_id = 1 WHERE id = 2",
    )
    .await;
    let entered = [("edition", "3"), ("person", "9")];
    let entered = coordinator.post("enrolment/enrol_other", &entered).await;
    assert_eq!(entered.status, StatusCode::OK, "{}", entered.body);
    let undo = act(&coordinator, "undo", &id).await;
    assert_eq!(undo.error(), Reason::NominationInUse.into());
    assert_eq!(app.text(SERVED).await, once);
}

#[tokio::test]
async fn who_is_named_twice_goes_back_to_where_the_list_found_them() {
    let (app, coordinator, id) = named_by_police().await;
    act(&coordinator, "discard", &id).await;
    // The second line has no document: somebody says that it is her.
    let content = list(&[
        "41234567;Quispe;Mamani;Luz;F;1985;Policía de Prueba;",
        ";Quispe;Mamani;Luz;F;;FEMA;",
    ]);
    let id = sent(&app, &coordinator, "1", &content).await;
    assert_eq!(verdicts(&app).await, "known possible");
    for form in [
        vec![("shown[]", "2"), ("take[]", "2"), ("choice[]", "3:9")],
        vec![("moves[]", LUZ), ("moves[]", "3:9")],
    ] {
        let mut form = form;
        form.push(("nomination", &id));
        let done = coordinator.post("nomination/decide", &form).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    }
    act(&coordinator, "apply", &id).await;
    assert_eq!(
        app.text(SERVED).await,
        "1 2026-11-21 2026-11-21, 2 2026-11-22 2026-11-22, 1 2026-11-22 now"
    );
    let undone = act(&coordinator, "undo", &id).await;
    assert_eq!(undone.status, StatusCode::OK, "{}", undone.body);
    assert_eq!(app.text(SERVED).await, BEFORE);
}

#[tokio::test]
async fn whose_document_it_is_moves_once_it_is_said_that_both_are_one() {
    let (app, coordinator, id) = named_by_police().await;
    act(&coordinator, "discard", &id).await;
    let content = list(&["41234567;Quispe;Mamani;Luz;M;1985;Policía de Prueba;"]);
    let id = sent(&app, &coordinator, "1", &content).await;
    assert_eq!(verdicts(&app).await, "conflict");
    assert!(!page(&coordinator, &id).await.contains(BOX));
    let same = [("nomination", id.as_str()), ("choice[]", LUZ)];
    coordinator.post("nomination/decide", &same).await;
    assert!(page(&coordinator, &id).await.contains(BOX));
    let moves = [same[0], same[1], ("moves[]", "2:no"), ("moves[]", LUZ)];
    coordinator.post("nomination/decide", &moves).await;
    act(&coordinator, "apply", &id).await;
    assert_eq!(app.text(SERVED).await, MOVED);
}

#[tokio::test]
async fn a_box_about_one_person_says_nothing_of_another() {
    let app = TestApp::new().await;
    app.execute(ROOMY).await;
    app.execute(
        "INSERT INTO people (document_kind, no_document_reason, given_names, paternal_surname,
             sort_name, sex, created_at)
         SELECT document_kind, no_document_reason, given_names, paternal_surname, sort_name, sex,
             created_at FROM people WHERE id = 8",
    )
    .await;
    let coordinator = app.sign_in("coordinator").await;
    let content = list(&[";Sin Cuenta;;Wari;;;FEMA;"]);
    let id = sent(&app, &coordinator, "1", &content).await;
    let moves = "SELECT group_concat(person_id || ' ' || moves) FROM nomination_lines
                 WHERE nomination_id = (SELECT max(id) FROM nominations)";
    for (choice, said, expected) in [
        ("2:8", "2:no", "8 0"),
        ("2:8", "2:8", "8 1"),
        // Somebody else is chosen while the box about the first is still ticked.
        ("2:9", "2:8", "9 0"),
        ("2:9", "2:9", "9 1"),
        ("2:8", "2:no", "8 0"),
    ] {
        let form = [
            ("nomination", id.as_str()),
            ("choice[]", choice),
            ("moves[]", "2:no"),
            ("moves[]", said),
        ];
        let done = coordinator.post("nomination/decide", &form).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.body);
        assert_eq!(app.text(moves).await, expected, "{choice} {said}");
    }
    // Looked at again, decisions are taken again.
    act(&coordinator, "check_again", &id).await;
    let kept = "SELECT count(*) FROM nomination_lines WHERE moves OR person_id IS NOT NULL";
    assert_eq!(app.count(kept).await, 0);
}

#[tokio::test]
async fn nobody_moves_people_of_other_programs() {
    let app = TestApp::new().await;
    app.execute(ROOMY).await;
    let stranger = app.sign_in("stranger-coordinator").await;
    let first = list(&["41234567;Quispe;Mamani;Luz;F;1985;FEMA;"]);
    let first = sent(&app, &stranger, "3", &first).await;
    act(&stranger, "apply", &first).await;
    assert_eq!(app.text(SERVED).await, BEFORE);
    let coordinator = app.sign_in("coordinator").await;
    let second = list(&["41234567;Quispe;Mamani;Luz;F;1985;Policía de Prueba;"]);
    let id = sent(&app, &coordinator, "1", &second).await;
    assert_eq!(verdicts(&app).await, "known");
    assert!(!page(&coordinator, &id).await.contains(BOX));
    let form = [("nomination", id.as_str()), ("moves[]", LUZ)];
    let refused = coordinator.post("nomination/decide", &form).await;
    assert_eq!(refused.error(), AppError::Forbidden);
    // Whoever could choose it may not be who enrols the list.
    app.execute("UPDATE nomination_lines SET moves = 1 WHERE person_id > 8")
        .await;
    act(&coordinator, "apply", &id).await;
    assert_eq!(outcomes(&app).await, "enrolled");
    assert_eq!(app.text(SERVED).await, BEFORE);
    assert_eq!(app.count(CHANGES).await, 0);
}

#[tokio::test]
async fn somebody_of_the_same_names_moves_once_it_is_said_who_they_are() {
    let app = TestApp::new().await;
    app.execute(ROOMY).await;
    let coordinator = app.sign_in("coordinator").await;
    let content = list(&[";Sin Cuenta;;Wari;;;FEMA;"]);
    let id = sent(&app, &coordinator, "1", &content).await;
    assert_eq!(verdicts(&app).await, "possible");
    assert!(!page(&coordinator, &id).await.contains(BOX));
    let same = [("nomination", id.as_str()), ("choice[]", "2:8")];
    coordinator.post("nomination/decide", &same).await;
    let shown = page(&coordinator, &id).await;
    assert!(
        shown.contains("el registro no dice dónde trabaja") && shown.contains(BOX),
        "{shown}"
    );
    let moves = [same[0], same[1], ("moves[]", "2:no"), ("moves[]", "2:8")];
    coordinator.post("nomination/decide", &moves).await;
    act(&coordinator, "apply", &id).await;
    let served = "SELECT coalesce(group_concat(institution_id || ' ' || since), '') FROM affiliations WHERE person_id = 8";
    assert_eq!(app.text(served).await, "1 2026-11-21");
    let undone = act(&coordinator, "undo", &id).await;
    assert_eq!(undone.status, StatusCode::OK, "{}", undone.body);
    assert_eq!(app.text(served).await, "");
}

#[tokio::test]
async fn nobody_else_chooses_and_no_line_that_is_not_about_somebody() {
    let (app, coordinator, id) = named_by_police().await;
    // A word about somebody else is none about her.
    let other = [("nomination", id.as_str()), ("moves[]", "2:5")];
    let kept = coordinator.post("nomination/decide", &other).await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
    for (line, error) in [
        ("99:9", Reason::ChangedMeanwhile.into()),
        ("-1:9", AppError::NotFound),
        ("2:999999", AppError::NotFound),
        ("2:-9", AppError::NotFound),
        ("2:yes", AppError::NotFound),
        ("x", AppError::NotFound),
    ] {
        let form = [("nomination", id.as_str()), ("moves[]", line)];
        let refused = coordinator.post("nomination/decide", &form).await;
        assert_eq!(refused.error(), error, "{line}");
    }
    let form = [("nomination", id.as_str()), ("moves[]", LUZ)];
    for who in [
        "stranger-coordinator",
        "facilitator",
        "manager",
        "participant",
    ] {
        let refused = app
            .sign_in(who)
            .await
            .post("nomination/decide", &form)
            .await;
        assert_eq!(refused.error(), AppError::NotFound, "{who}");
    }
    assert_eq!(
        app.count("SELECT count(*) FROM nomination_lines WHERE moves")
            .await,
        0
    );
}
