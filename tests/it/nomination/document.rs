//! Lines whose document is held by somebody else: a wrong digit enrols nobody.

use axum::http::StatusCode;
use capacita::error::Reason;

use super::{ROOMY, act, everything, list, outcomes, sent, verdicts};
use crate::test_app::{Answer, Client, TestApp};

/// The register has Rosa with her document, enrolled in another edition.
async fn with_rosa() -> (TestApp, Client) {
    let app = TestApp::new().await;
    app.execute(ROOMY).await;
    let coordinator = app.sign_in("coordinator").await;
    let content = list(&["04014645;Quispe;Mamani;Rosa María;F;1985;FEMA;"]);
    let id = sent(&app, &coordinator, "4", &content).await;
    act(&coordinator, "apply", &id).await;
    assert_eq!(outcomes(&app).await, "enrolled");
    (app, coordinator)
}

const ROSA: &str = "SELECT CAST(max(id) AS TEXT) FROM people";

/// Who is in the edition with a list, in the order of names.
async fn enrolled(app: &TestApp) -> String {
    app.text(
        "SELECT coalesce(group_concat(sort_name, ', '), '') FROM (SELECT sort_name FROM enrolments
         JOIN people ON people.id = person_id WHERE edition_id = 1 AND person_id > 8
         ORDER BY sort_name)",
    )
    .await
}

async fn decide(client: &Client, id: &str, choice: &[(&str, &str)]) -> Answer {
    let mut form = vec![("nomination", id)];
    form.extend_from_slice(choice);
    client.post("nomination/decide", &form).await
}

#[tokio::test]
async fn the_document_of_another_enrols_nobody_unless_somebody_says_so() {
    let (app, coordinator) = with_rosa().await;
    let before = everything(&app).await;
    let content = list(&["04014645;Castillo;Terrones;Pedro;M;;;"]);
    let id = sent(&app, &coordinator, "1", &content).await;
    assert_eq!(verdicts(&app).await, "conflict");
    let page = coordinator.get(&format!("/nominations/{id}")).await.html();
    for words in [
        "Castillo Terrones, Pedro",
        "Documento de otra persona",
        "El número de documento es de Quispe Mamani, Rosa María \
         (Fiscalía Especializada en Materia Ambiental). No coincide: los nombres, el sexo.",
        "No hay nadie por inscribir en esta lista.",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    assert!(!page.contains("Es otra persona"), "nobody else has it");
    // Left alone, nobody is enrolled, and nobody is added.
    act(&coordinator, "apply", &id).await;
    assert_eq!(outcomes(&app).await, "left");
    assert_eq!(everything(&app).await, before);

    // A plain yes, another person, and one who does not hold it are no answers.
    let id = sent(&app, &coordinator, "1", &content).await;
    let rosa = app.text(ROSA).await;
    let same = format!("2:{rosa}");
    for choice in [
        [("shown[]", "2"), ("take[]", "2")].as_slice(),
        &[("choice[]", "2:another")],
        &[("choice[]", "2:5")],
    ] {
        let refused = decide(&coordinator, &id, choice).await;
        assert_eq!(
            refused.error(),
            Reason::ChangedMeanwhile.into(),
            "{choice:?}"
        );
    }
    // It is her, after all.
    let decided = decide(&coordinator, &id, &[("choice[]", &same)]).await;
    assert_eq!(decided.status, StatusCode::OK, "{}", decided.body);
    act(&coordinator, "apply", &id).await;
    assert_eq!(outcomes(&app).await, "enrolled");
    assert_eq!(enrolled(&app).await, "quispe mamani rosa maria");
    assert_eq!(everything(&app).await["people"], before["people"]);
}

#[tokio::test]
async fn names_written_in_another_way_are_shown_and_what_contradicts_is_asked() {
    let (app, coordinator) = with_rosa().await;
    let year_and_sex = "04014645;Quispe;Mamani;Rosa María;M;1958;;";
    for (line, verdict, words) in [
        ("04014645;QUISPE;MAMANI;ROSA MARÍA;F;1985;;", "known", ""),
        (
            "04014645;Quispe;;Rosa;;;;",
            "known",
            "En la lista: Quispe, Rosa",
        ),
        (
            "4014645;Quispe;de Paz;Roza María;F;;;",
            "known",
            "El documento dice 4014645 y se leyó como 04014645",
        ),
        (
            "4014645;Rojas;;Iván;;;;",
            "conflict",
            "El documento dice 4014645 y se leyó como 04014645",
        ),
        (
            "4014646;Rojas;;Iván;;;;",
            "new",
            "El documento dice 4014646 y se leyó como 04014646",
        ),
        (
            year_and_sex,
            "conflict",
            "No coincide: el año de nacimiento, el sexo.",
        ),
        // Without a document, another sex is another person or a slip: somebody says which.
        (";Quispe;Mamani;Rosa María;F;1985;;", "known", ""),
        (
            ";Quispe;Mamani;Rosa María;M;1985;;",
            "possible",
            "Es otra persona",
        ),
    ] {
        let id = sent(&app, &coordinator, "1", &list(&[line])).await;
        assert_eq!(verdicts(&app).await, verdict, "{line}");
        let page = coordinator.get(&format!("/nominations/{id}")).await.html();
        assert!(page.contains(words), "{words}\n{page}");
        let told = ["En la lista: ", "se leyó como"].map(|part| page.contains(part));
        assert_eq!(
            told.contains(&true),
            words.contains("lista: ") || words.contains("leyó")
        );
    }
}

/// A wrong digit in one line says nothing of the line whose digits are right.
#[tokio::test]
async fn lines_of_one_document_are_repeated_only_where_they_name_one_person() {
    const ROSA: &str = "04014645;Quispe;Mamani;Rosa María;F;1985;;";
    const WITHOUT_YEAR: &str = "04014645;Quispe;;Rosa;;;;";
    const ROSA_AS_MAN: &str = "04014645;Quispe;Mamani;Rosa María;M;;;";
    const PEDRO: &str = "04014645;Castillo;Terrones;Pedro;M;;;";
    const PEDRO_SHORT: &str = "4014645;CASTILLO;;PEDRO;;;;";
    const IVAN: &str = "04014645;Rojas;;Iván;;;;";
    const NEW: &str = "41234567;Rojas;;Iván;;;;";
    const OTHER_NEW: &str = "41234567;Baca;;Bea;;;;";
    let (app, coordinator) = with_rosa().await;
    for (lines, expected) in [
        (&[PEDRO, ROSA][..], "conflict known"),
        (&[ROSA, PEDRO], "known conflict"),
        (&[PEDRO, PEDRO_SHORT], "conflict repeated"),
        (&[PEDRO, IVAN], "conflict conflict"),
        (&[ROSA, WITHOUT_YEAR], "known repeated"),
        (&[ROSA_AS_MAN, ROSA], "conflict known"),
        (&[ROSA_AS_MAN, ROSA_AS_MAN], "conflict repeated"),
        (
            &[PEDRO, ROSA, IVAN, PEDRO_SHORT, WITHOUT_YEAR],
            "conflict known conflict repeated repeated",
        ),
        // Nobody holds it yet, and only one of them can.
        (&[NEW, NEW], "new repeated"),
        (&[NEW, OTHER_NEW], "new repeated"),
    ] {
        let id = sent(&app, &coordinator, "1", &list(lines)).await;
        assert_eq!(verdicts(&app).await, expected, "{lines:?}");
        act(&coordinator, "discard", &id).await;
    }
    // She is enrolled by her own line, whatever stands before it.
    let id = sent(&app, &coordinator, "1", &list(&[PEDRO, ROSA])).await;
    let page = coordinator.get(&format!("/nominations/{id}")).await.html();
    assert!(page.contains("Inscribir a 1 persona"), "{page}");
    act(&coordinator, "apply", &id).await;
    assert_eq!(outcomes(&app).await, "left enrolled");
    assert_eq!(enrolled(&app).await, "quispe mamani rosa maria");
    sent(&app, &coordinator, "1", &list(&[PEDRO, ROSA, WITHOUT_YEAR])).await;
    assert_eq!(verdicts(&app).await, "conflict enrolled repeated");
}

#[tokio::test]
async fn a_line_that_became_a_conflict_is_refused() {
    let (app, coordinator) = with_rosa().await;
    let content = list(&["04014645;Quispe;Mamani;Rosa;F;;;"]);
    let id = sent(&app, &coordinator, "1", &content).await;
    assert_eq!(verdicts(&app).await, "known");
    app.execute(
        "UPDATE people SET given_names = 'Eleuterio' WHERE id = (SELECT max(id) FROM people)",
    )
    .await;
    let page = coordinator.get(&format!("/nominations/{id}")).await.html();
    assert!(page.contains("El registro cambió desde la revisión"));
    act(&coordinator, "apply", &id).await;
    assert_eq!(outcomes(&app).await, "refused");
    assert_eq!(enrolled(&app).await, "");
}

#[tokio::test]
async fn a_record_that_went_into_another_one_still_says_whose_the_document_was() {
    let (app, coordinator) = with_rosa().await;
    // She was recorded twice, with a married name the second time, and put together since.
    app.execute(
        "UPDATE people SET merged_into = 5 WHERE id = (SELECT max(id) FROM people);
         UPDATE people SET sex = 'f', birth_year = 1985 WHERE id = 5",
    )
    .await;
    for (line, verdict) in [
        ("04014645;Quispe;Mamani;Rosa María;F;1985;;", "enrolled"),
        ("04014645;Núñez;Quispe;Rosa;F;1985;;", "enrolled"),
        ("04014645;Castillo;Terrones;Pedro;;;;", "conflict"),
    ] {
        sent(&app, &coordinator, "1", &list(&[line])).await;
        assert_eq!(verdicts(&app).await, verdict, "{line}");
    }
}
