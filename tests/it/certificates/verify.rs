//! The public answer: what it says, and what it keeps to itself.

use axum::http::StatusCode;

use super::{code, issued, sheet::without_nonces};

#[tokio::test]
async fn a_genuine_code_is_answered_with_what_the_sheet_says_and_no_more() {
    let app = issued().await;
    // The person whom nobody may see: her certificate says her name, and nothing else of her.
    let code = code(&app, 12).await;
    let answer = app.stranger().get(&format!("/verify/{code}")).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.headers["x-robots-tag"], "noindex");
    for expected in [
        "name=\"robots\" content=\"noindex\"",
        "Válido",
        "Otilia SECRETO Rojas",
        "Constancia de participación",
        "Taller",
        "Cadena de custodia",
        "10.6 h lectivas (de 45 min)",
        "21 nov – 5 dic 2026",
        "Programa propio",
        "Capacita",
        "29 nov 2026",
    ] {
        assert!(answer.body.contains(expected), "{expected}");
    }
    for hidden in [
        "Policía",
        "Suboficial",
        "other@",
        "Ucayali",
        "Fondo Uno",
        "Iquitos",
        ".pdf",
        "/editions/",
    ] {
        assert!(!answer.body.contains(hidden), "{hidden}");
    }
    // However it is typed.
    let typed = code.grouped().to_lowercase().replace('0', "o");
    let again = app.stranger().get(&format!("/verify/{typed}")).await;
    assert_eq!(again.status, StatusCode::OK);
    assert!(again.body.contains("Otilia SECRETO Rojas"));
}

#[tokio::test]
async fn a_code_that_does_not_exist_and_no_code_at_all_are_answered_alike() {
    let app = issued().await;
    let unknown = "0123456789ABCDEFGHJKMNPQRS";
    let plain = |body: &str, typed: &str| without_nonces(body).replace(typed, "…");
    let expected = app.stranger().get(&format!("/verify/{unknown}")).await;
    assert_eq!(expected.status, StatusCode::NOT_FOUND);
    assert!(expected.body.contains("No existe"));
    for typed in [
        "x7z",
        "-",
        "1-2-3",
        "0123456789ABCDEFGHJKMNPQRSTVWXYZ",
        "ZZUUZZ",
    ] {
        let answer = app.stranger().get(&format!("/verify/{typed}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{typed}");
        assert_eq!(answer.headers["x-robots-tag"], "noindex");
        if typed.len() > 2 {
            let found = plain(&answer.body, typed);
            assert_eq!(found, plain(&expected.body, unknown), "{typed}");
        }
    }
    let hostile = app
        .stranger()
        .get("/verify/%3Cscript%3Ealert(1)%3C%2Fscript%3E")
        .await;
    assert_eq!(hostile.status, StatusCode::NOT_FOUND);
    assert!(!hostile.body.contains("<script>alert"));
}

#[tokio::test]
async fn the_form_leads_to_the_answer() {
    let app = issued().await;
    let stranger = app.stranger();
    let form = stranger.get("/verify").await;
    assert_eq!(form.status, StatusCode::OK);
    assert!(form.body.contains("method=\"get\"") && form.body.contains("name=\"code\""));
    let code = code(&app, 1).await;
    for (typed, target) in [
        (code.grouped().to_lowercase(), format!("/verify/{code}")),
        (
            code.grouped().replace('-', "%20"),
            format!("/verify/{code}"),
        ),
        ("nada".to_owned(), "/verify/-nada".to_owned()),
        (
            "%2F%2Fevil.pe%0D%0AX".to_owned(),
            "/verify/-evilpeX".to_owned(),
        ),
        ("%C3%B1".to_owned(), "/verify/-".to_owned()),
    ] {
        let answer = stranger.get(&format!("/verify?code={typed}")).await;
        assert_eq!(answer.status, StatusCode::FOUND, "{typed}");
        assert_eq!(answer.location(), target);
    }
    assert_eq!(stranger.get("/verify?code=+").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_answer_is_in_the_language_that_is_asked_for() {
    let app = issued().await;
    let code = code(&app, 1).await;
    let answer = app.stranger().get(&format!("/verify/{code}?lang=en")).await;
    assert!(answer.body.contains("Certificate of achievement"));
    assert!(answer.body.contains("This document is genuine"));
}
