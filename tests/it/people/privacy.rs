//! What is never seen, and never stored in plain text.

use axum::http::StatusCode;

use super::{MARK, ROSA, create, with};
use crate::test_app::TestApp;

#[tokio::test]
async fn the_register_is_closed_to_everybody_else() {
    let app = TestApp::new().await;
    let pages = [
        "/people",
        "/people?q=secreto",
        "/people/new",
        "/people/6",
        "/people/6/edit",
        "/people/6/affiliation",
        "/institutions",
        "/institutions/new",
        "/institutions/2",
    ];
    for name in ["manager", "facilitator", "participant"] {
        let client = app.sign_in(name).await;
        for page in pages {
            let answer = client.get(page).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name} {page}");
            assert!(!answer.body.contains(MARK), "{name} {page}");
        }
    }
    for page in pages {
        let answer = app.stranger().get(page).await;
        assert_eq!(answer.status, StatusCode::FOUND, "{page}");
        assert!(answer.location().starts_with("/sign-in?next="), "{page}");
        assert!(!answer.body.contains(MARK), "{page}");
    }
}

#[tokio::test]
async fn a_duplicate_says_nothing_to_who_may_not_read_the_register() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    create(&coordinator, ROSA).await;
    for name in ["manager", "facilitator", "participant"] {
        let client = app.sign_in(name).await;
        for form in [
            ROSA.to_vec(),
            with(ROSA, &[("document_number", "99999999")]),
        ] {
            let answer = client.post("people/create_person", &form).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}");
        }
    }
}

#[tokio::test]
async fn a_document_number_stands_in_no_file_of_the_database() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let id = create(
        &coordinator,
        &with(ROSA, &[("document_number", "73918264")]),
    )
    .await;
    let changed = id.to_string();
    let changed = with(
        ROSA,
        &[
            ("person", &changed),
            ("version", "1"),
            ("document_number", "73918265"),
        ],
    );
    let answer = coordinator.post("people/update_person", &changed).await;
    assert_eq!(answer.status, StatusCode::OK);
    let page = coordinator.get(&format!("/people/{id}")).await;
    assert!(!page.body.contains("73918265") && page.body.contains("8265"));
    let page = coordinator
        .get(&format!("/people/{id}?document=full"))
        .await;
    assert!(page.body.contains("73918265"));
    // The log of the database is folded into the file when it closes.
    let file = app.into_file().await;
    assert!(holds(&file, "Ñahui"));
    for number in ["73918264", "73918265"] {
        assert!(!holds(&file, number), "{number}");
    }
}

#[tokio::test]
async fn names_are_shown_as_text() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let hostile = "<script>alert(1)</script>";
    let id = create(
        &coordinator,
        &with(
            ROSA,
            &[
                ("position", hostile),
                ("country", "PE"),
                ("since", "2026-11-21"),
            ],
        ),
    )
    .await;
    // No form takes such a name; one that got there by another way harms nobody.
    app.execute(
        "UPDATE people SET given_names = '<script>alert(1)</script>'
         WHERE id = (SELECT max(id) FROM people)",
    )
    .await;
    for page in [
        "/people".to_owned(),
        format!("/people/{id}"),
        format!("/people/{id}/edit"),
        format!("/people/{id}/affiliation"),
        "/people?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E".to_owned(),
    ] {
        let answer = coordinator.get(&page).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}");
        assert!(!answer.body.contains("<script>alert"), "{page}");
    }
}

fn holds(file: &[u8], text: &str) -> bool {
    file.windows(text.len())
        .any(|window| window == text.as_bytes())
}
