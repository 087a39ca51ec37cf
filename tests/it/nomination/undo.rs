//! Taking an enrolled list back, and what stands against it.

use axum::http::StatusCode;
use capacita::error::Reason;

use super::{ROOMY, act, everything, list, sent};
use crate::test_app::TestApp;

#[tokio::test]
async fn an_enrolled_list_is_taken_back_as_a_whole() {
    let app = TestApp::new().await;
    app.execute(ROOMY).await;
    let coordinator = app.sign_in("coordinator").await;
    let before = everything(&app).await;
    let content = list(&[
        "41234567;Quispe;Mamani;Luz;F;1985;FEMA;",
        ";Sin Cuenta;;Wari;;;;",
    ]);
    let id = sent(&app, &coordinator, "1", &content).await;
    let same = [("nomination", id.as_str()), ("choice[]", "3:8")];
    assert_eq!(
        coordinator.post("nomination/decide", &same).await.status,
        StatusCode::OK
    );
    assert_eq!(act(&coordinator, "apply", &id).await.status, StatusCode::OK);
    assert_ne!(everything(&app).await, before);
    assert_eq!(act(&coordinator, "undo", &id).await.status, StatusCode::OK);
    assert_eq!(everything(&app).await, before);
    assert_eq!(
        act(&coordinator, "undo", &id).await.error(),
        Reason::NominationClosed.into()
    );
}

/// What stands against taking a list back: each statement makes something depend on it.
#[tokio::test]
async fn what_something_depends_on_is_not_taken_back() {
    let luz = "(SELECT id FROM people WHERE sort_name = 'quispe mamani luz')";
    let mark = format!(
        "INSERT INTO attendance_marks (enrolment_id, session_id, status, minutes, source, account_id, marked_at)
         SELECT id, 1, 'present', 240, 'form', 3, '2026-11-21T15:00:00+00:00' FROM enrolments WHERE person_id = {luz}"
    );
    let cases: [(&str, String); 4] = [
        ("a mark", mark),
        ("another enrolment", format!(
            "INSERT INTO enrolments (edition_id, person_id, state, state_at, requested_at, sex)
             VALUES (4, {luz}, 'enrolled', '2026-11-21T15:00:00+00:00', '2026-11-21T15:00:00+00:00', 'f')"
        )),
        ("changed data", format!("UPDATE people SET version = 2 WHERE id = {luz}")),
        ("a changed state", format!("UPDATE enrolments SET version = 2 WHERE person_id = {luz}")),
    ];
    for (case, sql) in cases {
        let app = TestApp::new().await;
        app.execute(ROOMY).await;
        let coordinator = app.sign_in("coordinator").await;
        let content = list(&["41234567;Quispe;Mamani;Luz;F;1985;FEMA;"]);
        let id = sent(&app, &coordinator, "1", &content).await;
        assert_eq!(act(&coordinator, "apply", &id).await.status, StatusCode::OK);
        app.execute(sql.leak()).await;
        let before = everything(&app).await;
        let undo = act(&coordinator, "undo", &id).await;
        assert_eq!(undo.error(), Reason::NominationInUse.into(), "{case}");
        assert_eq!(everything(&app).await, before, "{case}");
    }
}
