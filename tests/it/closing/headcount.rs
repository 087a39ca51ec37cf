//! Headcounts in the checklist, in the record, and against the record before.

use axum::http::StatusCode;

use super::{EDITION, PAGE, PDF, REOPEN, checked, needed};
use crate::{
    certificates::{CLOSE, ended},
    test_app::TestApp,
};

/// Session 1 was counted, and nobody said who the others are: there are more than are named.
const COUNTED: &str = "
    INSERT INTO headcounts (session_id, women, men, unstated, named_women, named_men, named_unstated, explanation, account_id, counted_at)
    SELECT 1, 100, named_men, named_unstated, 0, named_men, named_unstated, 'Vinieron de otra sala', 4, '2026-11-21T15:00:00+00:00'
    FROM (SELECT coalesce(sum(sex = 'm'), 0) AS named_men, coalesce(sum(sex = 'unstated'), 0) AS named_unstated
          FROM named_attendances WHERE session_id = 1);";

const UNNAMED: &str = "SELECT content ->> '$.sessions[0].headcount.unnamed.women' FROM closing_records ORDER BY id DESC LIMIT 1";

async fn counted() -> TestApp {
    let app = ended().await;
    app.execute(COUNTED).await;
    app
}

#[tokio::test]
async fn a_difference_is_explained_frozen_and_compared() {
    let app = counted().await;
    let coordinator = app.sign_in("coordinator").await;
    let women = app
        .count("SELECT count(*) FROM named_attendances WHERE session_id = 1 AND sex = 'f'")
        .await;
    assert!(women > 0, "the explanation was about other figures");
    let page = coordinator.get(PAGE).await.html();
    let open = format!(
        "<a href=\"/sessions/1/paper\">Primera: {} personas de diferencia sin explicar</a>",
        100 - women
    );
    assert!(page.contains(&open), "{page}");
    let refused = coordinator.post("closing/close", &EDITION).await;
    assert_eq!(
        refused.error(),
        needed(&["explain_marks", "explain_results", "explain_headcount"])
    );

    let mut form = CLOSE.to_vec();
    form.push(("explain_headcount", "No se supo quiénes eran"));
    let done = coordinator.post("closing/close", &form).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert_eq!(app.count(UNNAMED).await, 100 - women);
    assert_eq!(checked(&app).await, Vec::<String>::new());
    let page = coordinator.get(PAGE).await.html();
    assert!(
        page.contains("Conteo de asistentes") && page.contains("No se supo quiénes eran"),
        "{page}"
    );
    assert!(coordinator.get(PDF).await.bytes.starts_with(b"%PDF-"));

    // Behind the back: the record knows what was counted.
    app.execute(
        "INSERT INTO headcounts (session_id, women, men, unstated, named_women, named_men, named_unstated, explanation, account_id, counted_at)
         VALUES (1, 7, 0, 0, 0, 0, 0, 'Después del cierre', 4, '2026-11-21T15:00:00+00:00')",
    )
    .await;
    let faults = checked(&app).await;
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(
        faults[0].contains("the headcount of session 1 is 7"),
        "{faults:?}"
    );

    // Reopened and closed again: the difference is told.
    coordinator.post("closing/reopen", &REOPEN).await;
    let done = coordinator.post("closing/close", &form).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let page = coordinator.get(PAGE).await.html();
    assert!(page.contains("7 personas contadas (7 mujeres"), "{page}");
    assert!(
        page.contains("Cambios respecto del acta 001-2026"),
        "{page}"
    );
    assert_eq!(checked(&app).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_record_of_before_there_were_headcounts_still_holds() {
    let app = ended().await;
    let coordinator = app.sign_in("coordinator").await;
    coordinator.post("closing/close", &CLOSE).await;
    // It was written without any: the text is the one of then.
    let none = "SELECT count(*) FROM closing_records WHERE instr(content, 'headcount\":{') > 0";
    assert_eq!(app.count(none).await, 0);
    assert_eq!(checked(&app).await, Vec::<String>::new());
    assert!(coordinator.get(PDF).await.bytes.starts_with(b"%PDF-"));
}
