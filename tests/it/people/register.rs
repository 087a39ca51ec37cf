//! The list of people: order, pages, search, filters.

use axum::http::StatusCode;

use super::{ROSA, create, next_page, row_heads, with};
use crate::test_app::{Client, TestApp};

/// Everybody of the fixture in the order of the list.
const ALL: [&str; 8] = [
    "Administradora, Ada",
    "Ajeno, Cosme",
    "Coordinadora, Carla",
    "Docente, Daniel",
    "Gerente, Gil",
    "Núñez Quispe, Rosa",
    "SECRETO Rojas, Otilia",
    "Sin Cuenta, Wari",
];

async fn found(client: &Client, query: &str) -> Vec<String> {
    let page = client.get(&format!("/people?{query}")).await;
    assert_eq!(page.status, StatusCode::OK, "{query}");
    row_heads(&page.body)
}

#[tokio::test]
async fn everybody_is_listed_by_surname() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    assert_eq!(found(&coordinator, "").await, ALL);
    let page = coordinator.get("/people").await;
    assert!(page.body.contains("Se muestran 8 de 8"));
    assert!(!page.body.contains("rel=\"next\""));
}

#[tokio::test]
async fn a_search_finds_names_and_institutions_by_their_beginnings() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    create(&coordinator, ROSA).await;
    let (rosa, nunez) = ("Ñahui Ch'aska, Rosa", "Núñez Quispe, Rosa");
    let nobody: &[&str] = &[];
    let cases: [(&str, &[&str]); 16] = [
        ("q=Nunez", &[nunez]),
        ("q=n%C3%BA%C3%B1ez", &[nunez]),
        ("q=NU%C3%91EZ+rosa", &[nunez]),
        ("q=quis", &[nunez]),
        ("q=ros+nu", &[nunez]),
        ("q=rosa", &[rosa, nunez]),
        ("q=chaska", &[rosa]),
        ("q=Ch%27aska", &[rosa]),
        ("q=FEMA", &[nunez]),
        ("q=fiscal%C3%ADa+ambiental", &[nunez]),
        ("q=unez", nobody),
        ("q=nunez+wari", nobody),
        ("q=%22%2A-", nobody),
        ("q=rosa&sector=prosecution", &[nunez]),
        ("q=rosa&sector=press", nobody),
        ("q=nunez&department=16", &[nunez]),
    ];
    for (query, expected) in cases {
        assert_eq!(found(&coordinator, query).await, expected, "{query}");
    }
    let page = coordinator.get("/people?q=nadie+aqui").await;
    assert!(page.body.contains("No encontramos a nadie"));
    assert!(page.body.contains("href=\"/people/new\""));
}

#[tokio::test]
async fn a_complete_document_number_of_any_kind_finds_its_holder() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    create(&coordinator, ROSA).await;
    let passport = [
        ("document_kind", "passport"),
        ("document_number", "ab-123 456"),
        ("paternal_surname", "Vera"),
    ];
    create(&coordinator, &with(ROSA, &passport)).await;
    let card = [
        ("document_kind", "foreigner_card"),
        ("document_number", "001234567"),
        ("paternal_surname", "Zapata"),
    ];
    create(&coordinator, &with(ROSA, &card)).await;
    let cases: [(&str, &[&str]); 7] = [
        ("q=01234567", &["Ñahui Ch'aska, Rosa"]),
        ("q=0123-4567", &["Ñahui Ch'aska, Rosa"]),
        ("q=AB123456", &["Vera Ch'aska, Rosa"]),
        ("q=001234567", &["Zapata Ch'aska, Rosa"]),
        ("q=1234567", &[]),
        ("q=0123456", &[]),
        ("q=01234567&sector=police", &[]),
    ];
    for (query, expected) in cases {
        assert_eq!(found(&coordinator, query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn filters_look_at_the_present_affiliation() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let (nunez, other) = ("Núñez Quispe, Rosa", "SECRETO Rojas, Otilia");
    let cases: [(&str, &[&str]); 8] = [
        ("sector=police", &[other]),
        ("sector=prosecution", &[nunez]),
        ("sector=press", &[]),
        ("institution=1", &[nunez]),
        ("institution=101", &[]),
        ("department=25", &[other]),
        ("sector=police&department=16", &[]),
        ("institution=2&sector=police&department=25", &[other]),
    ];
    for (query, expected) in cases {
        assert_eq!(found(&coordinator, query).await, expected, "{query}");
    }
    // What does not exist filters nothing.
    for query in ["sector=x", "institution=-1", "department=26", "after=x"] {
        assert_eq!(found(&coordinator, query).await, ALL, "{query}");
    }
    let moved = [
        ("person", "5"),
        ("version", "1"),
        ("institution", "2"),
        ("department", "17"),
        ("country", "PE"),
        ("since", "2026-11-01"),
    ];
    let answer = coordinator.post("people/change_affiliation", &moved).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(found(&coordinator, "sector=police").await, [nunez, other]);
    assert_eq!(found(&coordinator, "q=fema").await, [""; 0]);
    assert_eq!(found(&coordinator, "q=pprueba").await, [nunez, other]);
}

#[tokio::test]
async fn pages_lead_through_the_whole_list_once() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let mut expected: Vec<String> = ALL.map(str::to_owned).to_vec();
    for number in 0..120 {
        let document = format!("{:08}", 70_000_000 + number);
        // Four people bear each name: the order among them is by number.
        let surname = format!("Torres{:02}", number % 30);
        let form = with(
            ROSA,
            &[
                ("document_number", &document),
                ("paternal_surname", &surname),
                ("not_duplicate", "1"),
                ("institution", "101"),
                ("country", "PE"),
                ("since", "2026-11-01"),
            ],
        );
        create(&coordinator, &form).await;
        expected.push(format!("{surname} Ch'aska, Rosa"));
    }
    expected.sort_by_key(|name| capacita::values::fold(name));
    let (mut listed, mut page, mut pages) = (Vec::new(), "/people".to_owned(), 0);
    loop {
        let answer = coordinator.get(&page).await;
        listed.extend(row_heads(&answer.body));
        pages += 1;
        match next_page(&answer.body) {
            Some(next) => page = next,
            None => break,
        }
    }
    assert_eq!((listed, pages), (expected, 3));
    // A page's address carries numbers, no names.
    assert!(page.starts_with("/people?after="), "{page}");

    for query in ["q=torres00", "institution=101&q=torres00"] {
        assert_eq!(
            found(&coordinator, query).await,
            vec!["Torres00 Ch'aska, Rosa"; 4]
        );
    }
    let first = coordinator.get("/people?institution=101").await;
    assert_eq!(row_heads(&first.body).len(), 50);
    let next = next_page(&first.body).expect("a second page");
    assert!(next.starts_with("/people?institution=101&after="), "{next}");
}

#[tokio::test]
async fn the_list_says_what_it_knows_of_each() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    create(&coordinator, ROSA).await;
    let page = coordinator.get("/people?q=chaska").await;
    assert!(page.body.contains("DNI\u{a0}••••\u{a0}4567"));
    assert!(page.html().contains("data-label=\"Cuenta\">No</td>"));
    assert!(!page.body.contains("01234567"));
    let page = coordinator.get("/people?q=nunez").await;
    for expected in [
        "Sin documento",
        "Fiscalía Especializada en Materia Ambiental",
        "Fiscal adjunta",
        "Loreto",
        "data-label=\"Cuenta\">Sí</td>",
    ] {
        assert!(page.html().contains(expected), "{expected}");
    }
    let english = coordinator.get("/people?q=nunez&lang=en").await;
    assert!(english.html().contains("data-label=\"Account\">Yes</td>"));
    assert!(english.body.contains("1 of 1 shown"));
}
