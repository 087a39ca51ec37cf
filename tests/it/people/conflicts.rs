//! Two of the same, and two at once.

use axum::http::StatusCode;
use capacita::error::{AppError, Fault, Reason};

use super::{ROSA, create, row_heads, with};
use crate::test_app::TestApp;

#[tokio::test]
async fn a_document_is_registered_once() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let id = create(&coordinator, ROSA).await;
    let again = with(
        ROSA,
        &[
            ("document_number", "0123 4567"),
            ("given_names", "Otra"),
            ("not_duplicate", "1"),
        ],
    );
    let duplicate = AppError::field("document_number", Fault::DuplicateDocument);
    let answer = coordinator.post("people/create_person", &again).await;
    assert_eq!(answer.error(), duplicate);
    // The form shows who holds it.
    let refused = coordinator
        .post_form("/people/new", "people/create_person", &again)
        .await;
    let page = coordinator.get(&refused.location()).await;
    assert!(page.body.contains(&format!("href=\"/people/{id}\"")));

    let other = [("document_number", "01234568"), ("given_names", "Otra")];
    let other = create(&coordinator, &with(ROSA, &other)).await.to_string();
    let changed = with(ROSA, &[("person", &other), ("version", "1")]);
    let answer = coordinator.post("people/update_person", &changed).await;
    assert_eq!(answer.error(), duplicate);
    // The same number of another kind is another document.
    let kind = [("document_kind", "passport"), ("given_names", "Pasajera")];
    create(&coordinator, &with(ROSA, &kind)).await;
}

#[tokio::test]
async fn equal_names_ask_for_a_second_look() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let id = create(&coordinator, &with(ROSA, &[("birth_year", "1980")])).await;
    let same = [
        ("document_number", "01234568"),
        ("given_names", "ROSA"),
        ("paternal_surname", "Nahui"),
        ("maternal_surname", "Chaska"),
    ];
    let same = with(ROSA, &same);
    let possible = AppError::field("not_duplicate", Fault::PossibleDuplicate);
    let answer = coordinator.post("people/create_person", &same).await;
    assert_eq!(answer.error(), possible);
    let answer = coordinator
        .post(
            "people/create_person",
            &with(&same, &[("birth_year", "1980")]),
        )
        .await;
    assert_eq!(answer.error(), possible);

    let fresh = coordinator.get("/people/new").await;
    assert!(!fresh.body.contains("not_duplicate"));
    let refused = coordinator
        .post_form("/people/new", "people/create_person", &same)
        .await;
    let page = coordinator.get(&refused.location()).await;
    assert!(page.body.contains("Puede que ya esté registrada"));
    assert!(page.body.contains(&format!("href=\"/people/{id}\"")));
    assert!(page.body.contains("name=\"not_duplicate\""));

    // Another year of birth is another person, and so is whoever is said to be one.
    create(&coordinator, &with(&same, &[("birth_year", "1990")])).await;
    let confirmed = [("document_number", "01234569"), ("not_duplicate", "1")];
    create(&coordinator, &with(&same, &confirmed)).await;
}

#[tokio::test]
async fn of_two_edits_at_once_one_is_told() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let admin = app.sign_in("admin").await;
    let id = create(&coordinator, ROSA).await.to_string();
    let first = with(
        ROSA,
        &[
            ("person", &id),
            ("version", "1"),
            ("given_names", "Primera"),
        ],
    );
    let second = with(
        ROSA,
        &[
            ("person", &id),
            ("version", "1"),
            ("given_names", "Segunda"),
        ],
    );
    let (one, two) = tokio::join!(
        coordinator.post("people/update_person", &first),
        admin.post("people/update_person", &second),
    );
    let (done, refused) = if one.status == StatusCode::OK {
        (one, two)
    } else {
        (two, one)
    };
    assert_eq!(done.status, StatusCode::OK);
    assert_eq!(
        refused.error(),
        AppError::Conflict(Reason::ChangedMeanwhile)
    );
    let events = "SELECT count(*) FROM audit_events WHERE action = 'person_update'";
    assert_eq!(app.count(events).await, 1);

    // The form that lost keeps its version: it must be opened again.
    let page = format!("/people/{id}/edit");
    let refused = coordinator
        .post_form(&page, "people/update_person", &first)
        .await;
    let returned = coordinator.get(&refused.location()).await;
    assert!(returned.body.contains("Otra persona cambió este registro"));
    assert!(returned.body.contains("name=\"version\" value=\"1\""));
    let opened = coordinator.get(&page).await;
    assert!(opened.body.contains("name=\"version\" value=\"2\""));
}

#[tokio::test]
async fn a_change_of_names_is_found_at_once() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let id = create(&coordinator, ROSA).await.to_string();
    let married = with(
        ROSA,
        &[
            ("person", &id),
            ("version", "1"),
            ("paternal_surname", "Zúñiga"),
        ],
    );
    let page = format!("/people/{id}/edit");
    let answer = coordinator
        .post_form(&page, "people/update_person", &married)
        .await;
    let shown = coordinator.get(&answer.location()).await;
    assert!(shown.body.contains("Los cambios quedaron guardados."));
    let by_new = coordinator.get("/people?q=zuniga").await;
    assert_eq!(row_heads(&by_new.body), ["Zúñiga Ch'aska, Rosa"]);
    let by_old = coordinator.get("/people?q=nahui").await;
    assert_eq!(row_heads(&by_old.body), [""; 0]);
}
