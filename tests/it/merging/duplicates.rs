//! Finding who may be recorded twice.

use axum::http::StatusCode;
use capacita::{
    error::{AppError, Reason},
    merging::operations::compare_some,
};

use crate::test_app::{Client, TestApp};

async fn create(client: &Client, changes: &[(&str, &str)]) {
    let mut form = vec![("sex", "f"), ("nationality", "PE"), ("not_duplicate", "1")];
    form.extend(changes);
    let done = client.post("people/create_person", &form).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
}

async fn compared(app: &TestApp) {
    while compare_some(&app.state).await.expect("compared") > 0 {}
}

/// Reasons and weight of every open pair.
async fn pairs(app: &TestApp) -> String {
    app.text(
        "SELECT coalesce(group_concat(line, '; '), '') FROM (
             SELECT one.given_names || ' + ' || other.given_names || ': ' || reasons AS line
             FROM duplicate_pairs
             JOIN people AS one ON one.id = person_id JOIN people AS other ON other.id = other_id
             WHERE dismissed_at IS NULL ORDER BY weight DESC, duplicate_pairs.id)",
    )
    .await
}

/// Two with one number under two kinds, two of one name and year, and one who shares an address with
/// one of these and a telephone with the other.
async fn five_people(coordinator: &Client) {
    let dni = [("document_kind", "dni"), ("document_number", "12345678")];
    let passport = [
        ("document_kind", "passport"),
        ("document_number", "12345678"),
    ];
    let none = [("document_kind", "none"), ("no_document_reason", "x")];
    let of = |document: &[(&'static str, &'static str); 2],
              more: &[(&'static str, &'static str)]| {
        let mut form = document.to_vec();
        form.extend_from_slice(more);
        form
    };
    create(
        coordinator,
        &of(
            &dni,
            &[("given_names", "Ana"), ("paternal_surname", "Rojas")],
        ),
    )
    .await;
    create(
        coordinator,
        &of(
            &passport,
            &[("given_names", "Anita"), ("paternal_surname", "Vega")],
        ),
    )
    .await;
    create(
        coordinator,
        &of(
            &none,
            &[
                ("given_names", "Luz"),
                ("paternal_surname", "Ramos"),
                ("birth_year", "1980"),
                ("email", "luz@example.pe"),
            ],
        ),
    )
    .await;
    create(
        coordinator,
        &of(
            &none,
            &[
                ("given_names", "Luz"),
                ("paternal_surname", "Ramos"),
                ("birth_year", "1980"),
                ("phone", "900 111 222"),
            ],
        ),
    )
    .await;
    create(
        coordinator,
        &of(
            &none,
            &[
                ("given_names", "Lucía"),
                ("paternal_surname", "Otra"),
                ("email", "luz@example.pe"),
                ("phone", "900 111 222"),
            ],
        ),
    )
    .await;
}

#[tokio::test]
async fn pairs_are_found_with_their_reasons_and_dismissed_for_good() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    five_people(&coordinator).await;
    assert_eq!(pairs(&app).await, "");
    compared(&app).await;
    assert_eq!(
        pairs(&app).await,
        "Ana + Anita: [\"document\"]; Luz + Luz: [\"name_and_year\"]; Luz + Lucía: [\"email\"]; Luz + Lucía: [\"phone\"]"
    );
    let page = coordinator.get("/people/duplicates").await.html();
    for expected in [
        "Rojas, Ana",
        "Vega, Anita",
        "mismo correo",
        "merging/dismiss",
    ] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    // What two have in common is named, not shown.
    assert!(
        !page.contains("luz@example.pe") && !page.contains("12345678"),
        "{page}"
    );

    let pair = app
        .count("SELECT id FROM duplicate_pairs WHERE reasons = '[\"document\"]'")
        .await
        .to_string();
    let form = [("pair", pair.as_str())];
    for who in ["manager", "facilitator", "participant"] {
        let refused = app.sign_in(who).await.post("merging/dismiss", &form).await;
        assert_eq!(refused.error(), AppError::Forbidden, "{who}");
    }
    let done = coordinator.post("merging/dismiss", &form).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let again = coordinator.post("merging/dismiss", &form).await;
    assert_eq!(again.error(), AppError::Conflict(Reason::ChangedMeanwhile));
    // Compared anew, it does not come back.
    app.execute("UPDATE people SET compared_version = NULL")
        .await;
    compared(&app).await;
    assert!(!pairs(&app).await.contains("document"));
    // What is not alike any more is found no more.
    app.execute(
        "UPDATE people SET phone = NULL, version = version + 1 WHERE given_names = 'Lucía'",
    )
    .await;
    compared(&app).await;
    assert!(!pairs(&app).await.contains("phone"));
}

#[tokio::test]
async fn nearly_the_same_names_count_within_an_institution() {
    let app = TestApp::new().await;
    app.execute(
        "INSERT INTO people (id, document_kind, no_document_reason, given_names, paternal_surname, sex, sort_name, created_at)
         SELECT value ->> 0, 'none', 'x', value ->> 1, 'x', 'f', value ->> 1, '2026-01-01T00:00:00+00:00'
         FROM json_each('[[60, \"quispe mamani rosa\"], [61, \"quispe mamani roza\"], [62, \"quispe mamani rossa\"], [63, \"quispe mamani rosaa\"]]');
         INSERT INTO affiliations (person_id, institution_id, since, created_at) VALUES
         (60, 1, '2026-01-01', '2026-01-01T00:00:00+00:00'), (61, 1, '2026-01-01', '2026-01-01T00:00:00+00:00'),
         (62, 2, '2026-01-01', '2026-01-01T00:00:00+00:00'), (63, 2, '2026-01-01', '2026-01-01T00:00:00+00:00');
         UPDATE people SET birth_year = CASE id WHEN 62 THEN 1980 ELSE 1970 END WHERE id IN (62, 63);",
    )
    .await;
    compared(&app).await;
    assert_eq!(
        pairs(&app).await,
        "quispe mamani rosa + quispe mamani roza: [\"similar_name\"]"
    );
}
