//! Institutions and their units.

use axum::http::StatusCode;
use capacita::{
    error::{AppError, Fault, Reason},
    values::fold,
};

use super::row_heads;
use crate::test_app::TestApp;

const NEW: &[(&str, &str)] = &[
    ("name", "Ministerio de Pruebas"),
    ("short_name", "MINPRU"),
    ("sector", "administrative_agency"),
    ("country", "PE"),
];

#[tokio::test]
async fn the_seeded_names_are_folded_as_search_folds() {
    let app = TestApp::new().await;
    let mut connection = app.state.database.read().await.expect("a connection");
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT name, folded_name FROM institutions WHERE id > 100")
            .fetch_all(&mut *connection)
            .await
            .expect("institutions");
    assert_eq!(rows.len(), 30);
    for (name, folded) in rows {
        assert_eq!(fold(&name), folded);
    }
}

#[tokio::test]
async fn an_institution_is_added_and_listed() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let answer = coordinator
        .post_form("/institutions/new", "people/create_institution", NEW)
        .await;
    let page = coordinator.get(&answer.location()).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("La institución quedó agregada."));
    assert!(page.body.contains("value=\"MINPRU\""));
    let cases: [(&str, &[&str]); 7] = [
        ("q=pruebas", &["Ministerio de Pruebas"]),
        ("q=MinPru", &["Ministerio de Pruebas"]),
        ("q=p%C3%BAblico", &["Ministerio Público"]),
        ("q=pnp", &["Policía Nacional del Perú"]),
        ("sector=press", &["Prensa"]),
        ("q=polic%C3%ADa&sector=press", &[]),
        (
            "sector=police",
            &[
                "Policía de Prueba",
                "Policía Nacional del Ecuador",
                "Policía Nacional del Perú",
            ],
        ),
    ];
    for (query, expected) in cases {
        let list = coordinator.get(&format!("/institutions?{query}")).await;
        assert_eq!(row_heads(&list.body), expected, "{query}");
    }
    let all = coordinator.get("/institutions").await;
    let names = row_heads(&all.body);
    assert_eq!(names.len(), 33);
    let mut sorted = names.clone();
    sorted.sort_by_key(|name| fold(name));
    assert_eq!(names, sorted);
}

#[tokio::test]
async fn bad_input_is_refused_field_by_field() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let long = "x".repeat(201);
    let cases: [(&[(&str, &str)], &str, Fault); 8] = [
        (&[("name", "")], "name", Fault::Missing),
        (&[("name", "…")], "name", Fault::BadCharacter),
        (&[("name", &long)], "name", Fault::TooLong { max: 200 }),
        (
            &[("name", "ministerio  PUBLICO")],
            "name",
            Fault::DuplicateName,
        ),
        (
            &[("short_name", &long)],
            "short_name",
            Fault::TooLong { max: 40 },
        ),
        (&[("sector", "")], "sector", Fault::Missing),
        (&[("sector", "army")], "sector", Fault::UnknownChoice),
        (&[("country", "Perú")], "country", Fault::UnknownChoice),
    ];
    for (changes, field, fault) in cases {
        let form = super::with(NEW, changes);
        let answer = coordinator.post("people/create_institution", &form).await;
        assert_eq!(answer.error(), AppError::field(field, fault), "{changes:?}");
    }
    // The same name in another country is another institution.
    let abroad = super::with(NEW, &[("name", "Ministerio Público"), ("country", "VE")]);
    let answer = coordinator.post("people/create_institution", &abroad).await;
    assert_eq!(answer.status, StatusCode::OK);
}

#[tokio::test]
async fn its_people_are_found_by_the_new_name() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let renamed = super::with(
        NEW,
        &[
            ("institution", "1"),
            ("version", "1"),
            ("name", "Fiscalía Ecológica"),
            ("short_name", "FECO"),
        ],
    );
    let answer = coordinator
        .post("people/update_institution", &renamed)
        .await;
    assert_eq!(answer.status, StatusCode::OK);
    for (query, expected) in [("feco", 1), ("ecologica", 1), ("fema", 0), ("nunez", 1)] {
        let list = coordinator.get(&format!("/people?q={query}")).await;
        assert_eq!(row_heads(&list.body).len(), expected, "{query}");
    }
    let again = coordinator
        .post("people/update_institution", &renamed)
        .await;
    assert_eq!(again.error(), AppError::Conflict(Reason::ChangedMeanwhile));
    let missing = super::with(&renamed, &[("institution", "99")]);
    let missing = coordinator
        .post("people/update_institution", &missing)
        .await;
    assert_eq!(missing.error(), AppError::NotFound);
    // An enrolment keeps the name with which it began.
    let snapshots = "SELECT count(*) FROM enrolments
                     WHERE institution_name = 'Fiscalía Especializada en Materia Ambiental'";
    assert_eq!(app.count(snapshots).await, 2);
}

#[tokio::test]
async fn units_are_added_and_renamed() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let page = "/institutions/101";
    let add = |name: &'static str| [("institution", "101"), ("unit_name", name)];
    let added = coordinator
        .post_form(page, "people/add_unit", &add("Región Policial Loreto"))
        .await;
    let shown = coordinator.get(&added.location()).await;
    assert!(shown.body.contains("La unidad quedó agregada."));
    assert!(shown.body.contains("Región Policial Loreto"));
    let duplicate = AppError::field("unit_name", Fault::DuplicateName);
    let same = coordinator
        .post("people/add_unit", &add("region policial LORETO"))
        .await;
    assert_eq!(same.error(), duplicate);
    let blank = coordinator.post("people/add_unit", &add(" ")).await;
    assert_eq!(blank.error(), AppError::field("unit_name", Fault::Missing));

    let rename = |name: &'static str| [("unit", "101"), ("unit_name", name)];
    let taken = coordinator
        .post_form(
            page,
            "people/rename_unit",
            &rename("Región policial Loreto"),
        )
        .await;
    let returned = coordinator.get(&taken.location()).await;
    assert!(returned.body.contains("Ya existe uno con este nombre."));
    let own = coordinator
        .post("people/rename_unit", &rename("Dirección de medio ambiente"))
        .await;
    assert_eq!(own.status, StatusCode::OK);
    let missing = [("unit", "99"), ("unit_name", "X")];
    let missing = coordinator.post("people/rename_unit", &missing).await;
    assert_eq!(missing.error(), AppError::NotFound);
    let renamed =
        "SELECT count(*) FROM institution_units WHERE name = 'Dirección de medio ambiente'";
    assert_eq!(app.count(renamed).await, 1);
}
