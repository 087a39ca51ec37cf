//! A record as it was written before there were headcounts: it is read, printed, compared and
//! checked as on its first day.

use axum::http::StatusCode;
use sha2::{Digest as _, Sha256};

use super::{PAGE, PDF, REOPEN, checked, close};
use crate::{
    certificates::{CLOSE, ended},
    test_app::{Client, TestApp},
};

/// What was stored then, byte for byte.
const THEN: &str = include_str!("record_without_headcounts.json");

/// Edition 1, closed then.
async fn closed_then() -> (TestApp, Client) {
    let app = ended().await;
    let coordinator = app.sign_in("coordinator").await;
    close(&coordinator).await;
    app.execute("DROP TRIGGER closing_records_do_not_change")
        .await;
    let text = THEN.trim_end();
    let digest = Sha256::digest(text.as_bytes());
    let mut tx = app.state.database.write().await.expect("a transaction");
    sqlx::query("UPDATE closing_records SET content = ?, content_digest = ?")
        .bind(text)
        .bind(&digest[..])
        .execute(&mut *tx)
        .await
        .expect("stored");
    tx.commit().await.expect("committed");
    (app, coordinator)
}

async fn count_heads(app: &TestApp) {
    app.execute(
        "INSERT INTO headcounts (session_id, women, men, unstated, named_women, named_men, named_unstated, explanation, account_id, counted_at)
         VALUES (1, 50, 2, 0, 0, 0, 0, 'Vinieron de otra sala', 4, '2026-11-29T15:00:00+00:00')",
    )
    .await;
}

#[tokio::test]
async fn it_is_read_printed_and_checked() {
    assert!(!THEN.contains("headcount"));
    let (app, coordinator) = closed_then().await;
    assert_eq!(checked(&app).await, Vec::<String>::new());
    let page = coordinator.get(PAGE).await;
    assert_eq!(page.status, StatusCode::OK);
    let page = page.html();
    for expected in ["Acta de cierre 001-2026", "Núñez Quispe, Rosa", "Segunda"] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    assert!(!page.contains("personas contadas"), "{page}");
    let sheet = coordinator.get(PDF).await;
    assert_eq!(sheet.status, StatusCode::OK, "{}", sheet.body);
    assert!(sheet.bytes.starts_with(b"%PDF-"));

    // Who counts behind its back is found out, and so is who changes it.
    count_heads(&app).await;
    assert_eq!(
        checked(&app).await,
        [
            "closing record 001-2026 of edition 1: the headcount of session 1 is 52, the record says nothing"
        ]
    );
    app.execute("UPDATE closing_records SET content = json_set(content, '$.declined', 7)")
        .await;
    assert_eq!(
        checked(&app).await,
        ["closing record 001-2026 of edition 1: its content is not what was closed"]
    );
}

#[tokio::test]
async fn it_is_compared_with_a_record_that_has_headcounts() {
    let (app, coordinator) = closed_then().await;
    coordinator.post("closing/reopen", &REOPEN).await;
    let page = coordinator.get(PAGE).await.html();
    assert!(page.contains("No hay diferencias."), "{page}");
    count_heads(&app).await;
    app.execute("UPDATE enrolments SET grade_tenths = 170 WHERE id = 1")
        .await;
    let mut form = CLOSE.to_vec();
    form.push(("explain_headcount", "No se supo quiénes eran"));
    let done = coordinator.post("closing/close", &form).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let page = coordinator.get(PAGE).await.html();
    for expected in [
        "Cambios respecto del acta 001-2026",
        "2 diferencias",
        "52 personas contadas (50 mujeres",
        "<td data-label=\"Qué\">Nota</td><td data-label=\"Antes\">15</td><td data-label=\"Después\">17</td>",
    ] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    for record in ["?record=1", "?record=2"] {
        let sheet = coordinator.get(&format!("{PDF}{record}")).await;
        assert_eq!(sheet.status, StatusCode::OK, "{record}");
        assert!(sheet.bytes.starts_with(b"%PDF-"), "{record}");
    }
    assert_eq!(checked(&app).await, Vec::<String>::new());
    // The one of then is what it was.
    let kept = app
        .text("SELECT content FROM closing_records WHERE number = 1")
        .await;
    assert_eq!(kept, THEN.trim_end());
}
