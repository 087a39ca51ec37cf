//! Adding people and changing them.

use axum::http::StatusCode;
use capacita::error::{AppError, Fault, FieldError};

use super::{ROSA, create, with};
use crate::test_app::TestApp;

const MARIA: &[(&str, &str)] = &[
    ("document_kind", "none"),
    ("no_document_reason", "En trámite"),
    ("given_names", "María  Elena"),
    ("paternal_surname", "Tsamajain"),
    ("sex", "f"),
    ("birth_year", "1988"),
    ("nationality", "EC"),
    ("email", "Maria@Correo.PE"),
    ("phone", "+51 999 888 777"),
    ("ethnic_identity", "awajún"),
    ("consent", "1"),
    ("institution", "101"),
    ("unit", "101"),
    ("position", "Suboficial de segunda"),
    ("department", "16"),
    ("country", "PE"),
    ("since", "2026-02-01"),
];

#[tokio::test]
async fn everything_that_was_typed_is_on_the_persons_page() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let id = create(&coordinator, MARIA).await;
    let page = coordinator.get(&format!("/people/{id}")).await;
    assert_eq!(page.status, StatusCode::OK);
    for expected in [
        "María Elena Tsamajain",
        "Sin documento: En trámite",
        "Femenino",
        "1988",
        "Ecuador",
        "maria@correo.pe",
        "+51 999 888 777",
        "awajún",
        "21 nov 2026",
        "No tiene cuenta",
        "Policía Nacional del Perú",
        "Dirección de Medio Ambiente",
        "Suboficial de segunda",
        "Loreto",
        "desde el 1 feb 2026",
    ] {
        assert!(page.body.contains(expected), "{expected}");
    }
    let form = coordinator.get(&format!("/people/{id}/edit")).await;
    for expected in [
        "value=\"María Elena\"",
        "value=\"1988\"",
        "value=\"awajún\"",
    ] {
        assert!(form.body.contains(expected), "{expected}");
    }
    let events = "SELECT count(*) FROM audit_events WHERE action = 'person_create'";
    assert_eq!(app.count(events).await, 1);
}

#[tokio::test]
async fn the_persons_page_shows_what_they_took_part_in() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let participant = app.sign_in("participant").await;
    for page in [
        coordinator.get("/people/5").await,
        participant.get("/me/data").await,
    ] {
        assert!(page.body.contains("Cadena de custodia"));
        assert!(page.body.contains("href=\"/editions/4\""));
        assert!(!page.body.contains("Litigación oral"));
    }
}

#[tokio::test]
async fn a_document_is_shown_in_full_to_who_asks_for_it() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let id = create(&coordinator, ROSA).await;
    let page = coordinator.get(&format!("/people/{id}")).await;
    assert!(!page.body.contains("01234567"));
    let whole = format!("/people/{id}?document=full");
    assert!(page.body.contains(&format!("href=\"{whole}\"")));
    let page = coordinator.get(&whole).await;
    assert!(page.body.contains("DNI 01234567"));
}

/// What is typed instead, and which field has which fault then.
type Case<'a> = (&'a [(&'a str, &'a str)], &'a str, Fault);

/// Posts each case, expects exactly its one fault, and that nothing was written.
async fn refused_one_by_one(cases: &[Case<'_>]) {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    for (changes, field, fault) in cases {
        let form = with(ROSA, changes);
        let answer = coordinator.post("people/create_person", &form).await;
        let expected = AppError::field(field, fault.clone());
        assert_eq!(answer.error(), expected, "{changes:?}");
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(app.count("SELECT count(*) FROM people").await, 8);
    let events = "SELECT count(*) FROM audit_events WHERE subject_kind = 'person'";
    assert_eq!(app.count(events).await, 0);
}

#[tokio::test]
async fn bad_data_of_a_person_is_refused_at_its_field() {
    let (min, max) = (1900, 2026);
    let long = "x".repeat(121);
    refused_one_by_one(&[
        (&[("document_kind", "")], "document_kind", Fault::Missing),
        (
            &[("document_kind", "ruc")],
            "document_kind",
            Fault::UnknownChoice,
        ),
        (
            &[("document_number", "")],
            "document_number",
            Fault::Missing,
        ),
        (
            &[("document_number", "123")],
            "document_number",
            Fault::BadDocument,
        ),
        (
            &[("document_kind", "none")],
            "document_number",
            Fault::BadDocument,
        ),
        (
            &[("document_kind", "none"), ("document_number", "")],
            "no_document_reason",
            Fault::ReasonNeeded,
        ),
        (
            &[("given_names", &long)],
            "given_names",
            Fault::TooLong { max: 120 },
        ),
        (
            &[("paternal_surname", "")],
            "paternal_surname",
            Fault::Missing,
        ),
        (&[("sex", "female")], "sex", Fault::UnknownChoice),
        (
            &[("birth_year", "1899")],
            "birth_year",
            Fault::OutOfRange { min, max },
        ),
        (
            &[("birth_year", "86")],
            "birth_year",
            Fault::OutOfRange { min, max },
        ),
        (
            &[("nationality", "XX")],
            "nationality",
            Fault::UnknownChoice,
        ),
        // That it is any other country says too little.
        (
            &[("nationality", "ZZ")],
            "nationality",
            Fault::UnknownChoice,
        ),
        (&[("email", "a@b")], "email", Fault::NotAnEmail),
        (&[("phone", "12")], "phone", Fault::TooShort { min: 6 }),
        (&[("disability", "x")], "consent", Fault::ConsentNeeded),
    ])
    .await;
}

#[tokio::test]
async fn a_bad_affiliation_is_refused_at_its_field() {
    let (peru, today) = (("country", "PE"), ("since", "2026-11-21"));
    let latest = "2026-11-21".parse().expect("a date");
    refused_one_by_one(&[
        (
            &[("position", "Jueza"), peru, ("since", "2026-11-22")],
            "since",
            Fault::DateTooLate { latest },
        ),
        (
            &[
                ("position", "Jueza"),
                ("country", "EC"),
                ("department", "16"),
                today,
            ],
            "department",
            Fault::PlaceAndCountryDiffer,
        ),
        (
            &[("department", "16"), peru, today],
            "institution",
            Fault::Missing,
        ),
        (
            &[("institution", "99"), peru, today],
            "institution",
            Fault::UnknownChoice,
        ),
        (&[("unit", "99"), peru, today], "unit", Fault::UnknownChoice),
        (
            &[("position", "Jueza"), ("country", "ZZ"), today],
            "country",
            Fault::UnknownChoice,
        ),
        // A unit of another institution.
        (
            &[("institution", "102"), ("unit", "101"), peru, today],
            "unit",
            Fault::UnknownChoice,
        ),
    ])
    .await;
}

#[tokio::test]
async fn the_faults_of_the_whole_form_are_told_at_once() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let changes = [
        ("given_names", ""),
        ("department", "16"),
        ("country", "PE"),
        ("since", ""),
    ];
    let answer = coordinator
        .post("people/create_person", &with(ROSA, &changes))
        .await;
    let missing = |field: &str| FieldError {
        field: field.to_owned(),
        fault: Fault::Missing,
    };
    let expected = ["given_names", "institution", "since"].map(missing);
    assert_eq!(answer.error(), AppError::Invalid(expected.to_vec()));
}

#[tokio::test]
async fn a_refused_form_keeps_what_was_typed() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let typed = with(MARIA, &[("sex", ""), ("since", "2026-12-24")]);
    let refused = coordinator
        .post_form("/people/new", "people/create_person", &typed)
        .await;
    assert_eq!(refused.status, StatusCode::SEE_OTHER);
    let location = refused.location();
    assert!(location.starts_with("/people/new?kept="), "{location}");
    let page = coordinator.get(&location).await;
    for expected in [
        "value=\"Tsamajain\"",
        "value=\"awajún\"",
        "value=\"2026-12-24\"",
        "href=\"#sex\"",
        "href=\"#since\"",
        "Escriba una fecha hasta el 21 nov 2026.",
    ] {
        assert!(page.body.contains(expected), "{expected}");
    }
}
