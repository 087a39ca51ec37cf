//! What is in which column, and what is remembered of it.

use axum::http::StatusCode;
use capacita::error::Reason;

use super::{ROOMY, verdicts};
use crate::test_app::TestApp;

#[tokio::test]
async fn columns_that_nobody_knows_are_asked_for_and_remembered() {
    let app = TestApp::new().await;
    app.execute(ROOMY).await;
    let coordinator = app.sign_in("coordinator").await;
    let content = "Código,Familia,De pila\n41234567,Quispe,Luz\n".as_bytes();
    let form = [
        ("edition", "1"),
        ("institution", "2"),
        ("letter", "Oficio 12-2026"),
    ];
    let file = ("relación.csv", content);
    let answer = coordinator
        .post_file("nomination/upload", &form, file)
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert_eq!(verdicts(&app).await, "unread unread");
    let id = app
        .text("SELECT CAST(max(id) AS TEXT) FROM nominations")
        .await;
    let page = coordinator.get(&format!("/nominations/{id}")).await.html();
    assert!(page.contains("No reconocimos dónde están los apellidos"));
    assert!(page.contains("Oficio 12-2026"));

    let columns = |fields: [&'static str; 3]| {
        let [a, b, c] = fields;
        [("fields[]", a), ("fields[]", b), ("fields[]", c)]
    };
    let set = |fields: [&'static str; 3]| {
        let form: Vec<_> = [("nomination", id.as_str())]
            .into_iter()
            .chain(columns(fields))
            .collect();
        let coordinator = &coordinator;
        async move { coordinator.post("nomination/set_columns", &form).await }
    };
    let missing = set(["document_number", "", "given_names"]).await;
    assert_eq!(missing.error(), Reason::ColumnsMissing.into());
    let doubled = set(["given_names", "paternal_surname", "given_names"]).await;
    assert_eq!(doubled.error(), Reason::ColumnDoubled.into());
    let sound = set(["document_number", "paternal_surname", "given_names"]).await;
    assert_eq!(sound.status, StatusCode::OK, "{}", sound.body);
    // Without headings that are known, the first line is taken for a person.
    assert_eq!(verdicts(&app).await, "faulty new");
}

#[tokio::test]
async fn an_institution_s_headings_are_remembered() {
    let app = TestApp::new().await;
    app.execute(ROOMY).await;
    let coordinator = app.sign_in("coordinator").await;
    let content = "Código;Paterno;De pila;Grado\n41234567;Quispe;Luz;Mayor\n".as_bytes();
    let form = [("edition", "1"), ("institution", "2")];
    let send = || async {
        let file = ("relación.csv", content);
        let answer = coordinator
            .post_file("nomination/upload", &form, file)
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        app.text("SELECT CAST(max(id) AS TEXT) FROM nominations")
            .await
    };
    let id = send().await;
    assert_eq!(verdicts(&app).await, "unread");
    let form = [
        ("nomination", id.as_str()),
        ("fields[]", "document_number"),
        ("fields[]", "paternal_surname"),
        ("fields[]", "given_names"),
        ("fields[]", "position"),
    ];
    assert_eq!(
        coordinator
            .post("nomination/set_columns", &form)
            .await
            .status,
        StatusCode::OK
    );
    assert_eq!(verdicts(&app).await, "new");
    let second = send().await;
    assert_ne!(second, id);
    assert_eq!(verdicts(&app).await, "new");
}
