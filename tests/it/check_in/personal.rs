//! One's own code, scanned by whoever takes attendance.

use axum::http::StatusCode;
use capacita::{
    check_in::personal_code::{readable, token},
    error::{AppError, Fault, Reason},
    people::PersonId,
};

use super::{at_ten_past, marks, stands};
use crate::test_app::{Answer, Client, TestApp};

/// Somebody's code, as it is at first.
fn code_of(app: &TestApp, person: i64) -> String {
    token(&app.state.secrets, PersonId::new(person), 0)
}

async fn scan(client: &Client, session: &str, token: &str) -> Answer {
    let form = [("session", session), ("token", token)];
    client.post("check_in/check_in_person", &form).await
}

#[tokio::test]
async fn a_facilitator_scans_a_participant() {
    let app = at_ten_past().await;
    let (facilitator, rosa) = (
        app.sign_in("facilitator").await,
        app.sign_in("participant").await,
    );
    let code = code_of(&app, 5);
    let own = rosa.get("/me/code").await;
    assert!(own.body.contains(&readable(&code)));
    let page = facilitator.get(&format!("/check-in/person/{code}")).await;
    assert_eq!(page.status, StatusCode::OK);
    for words in ["Núñez Quispe, Rosa", "Primera", "Registrar que llegó"] {
        assert!(page.body.contains(words), "{words}");
    }
    assert_eq!(marks(&app).await, "", "a page changes nothing");
    let done = scan(&facilitator, "1", &code).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert_eq!(marks(&app).await, "present personal_code 4");
    let page = facilitator.get(&done.location()).await;
    assert!(
        page.notice()
            .contains("Núñez Quispe, Rosa: Presente, 9:10.")
    );
    assert!(!page.body.contains("/api/check_in/check_in_person"));
    // The same again, by whichever way, changes nothing.
    let again = scan(&facilitator, "1", &readable(&code)).await;
    let page = facilitator.get(&again.location()).await;
    let already = "Núñez Quispe, Rosa ya estaba: Presente, 9:10.";
    assert!(page.notice().contains(already));
    assert_eq!(marks(&app).await, "present personal_code 4");
}

#[tokio::test]
async fn for_everybody_else_a_code_is_not_there() {
    let app = at_ten_past().await;
    let (rosa, otilia) = (code_of(&app, 5), code_of(&app, 6));
    for name in ["participant", "other", "manager", "stranger-coordinator"] {
        let client = app.sign_in(name).await;
        let page = client.get(&format!("/check-in/person/{rosa}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{name}");
        assert!(!page.body.contains("Quispe"), "{name}");
        let posted = scan(&client, "1", &rosa).await;
        assert_eq!(posted.error(), AppError::NotFound, "{name}");
    }
    // Nor for who takes attendance elsewhere, or while no session is in its window.
    let facilitator = app.sign_in("facilitator").await;
    let page = facilitator.get(&format!("/check-in/person/{otilia}")).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    let refused = scan(&facilitator, "1", &otilia).await.error();
    assert_eq!(refused, Reason::NotTakingPart.into());
    app.execute("UPDATE sessions SET starts_at = '2026-11-20T14:00:00+00:00', ends_at = '2026-11-20T18:00:00+00:00' WHERE id = 1").await;
    let page = facilitator.get(&format!("/check-in/person/{rosa}")).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    let refused = scan(&facilitator, "1", &rosa).await.error();
    assert_eq!(refused, Reason::CheckInOver.into());
    assert_eq!(marks(&app).await, "");
}

#[tokio::test]
async fn a_renewed_code_stops_the_one_before() {
    let app = at_ten_past().await;
    let (facilitator, rosa) = (
        app.sign_in("facilitator").await,
        app.sign_in("participant").await,
    );
    let first = code_of(&app, 5);
    let renewed = rosa.post("check_in/renew_code", &[]).await;
    assert_eq!(renewed.status, StatusCode::OK);
    let page = facilitator.get(&format!("/check-in/person/{first}")).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    let unknown = AppError::field("token", Fault::UnknownPersonalCode);
    assert_eq!(scan(&facilitator, "1", &first).await.error(), unknown);
    let second = token(&app.state.secrets, PersonId::new(5), 1);
    assert_eq!(
        scan(&facilitator, "1", &second).await.status,
        StatusCode::OK
    );
    rosa.post("check_in/renew_code", &[]).await;
    let versions = "SELECT count(*) FROM personal_codes WHERE person_id = 5 AND version = 2";
    assert_eq!(app.count(versions).await, 1);
}

#[tokio::test]
async fn a_scan_disagrees_openly_with_another_markers_word() {
    let app = at_ten_past().await;
    let coordinator = app.sign_in("coordinator").await;
    let facilitator = app.sign_in("facilitator").await;
    let form = [
        ("enrolment", "1"),
        ("session", "1"),
        ("status", "absent"),
        ("key", "key-00001"),
    ];
    coordinator.post("attendance/mark", &form).await;
    for _ in 0..2 {
        scan(&facilitator, "1", &code_of(&app, 5)).await;
        assert_eq!(marks(&app).await, "absent grid 3, present personal_code 4");
        assert_eq!(stands(&app).await, "absent 1");
    }
}

#[tokio::test]
async fn the_script_is_told_in_words() {
    let app = at_ten_past().await;
    let facilitator = app.sign_in("facilitator").await;
    let address = format!(
        "https://elsewhere.test/check-in/person/{}",
        code_of(&app, 5)
    );
    for (token, said) in [
        (
            address.as_str(),
            r#"{"good":true,"words":"Núñez Quispe, Rosa: Presente, 9:10."}"#,
        ),
        (
            address.as_str(),
            r#"{"good":true,"words":"Núñez Quispe, Rosa ya estaba: Presente, 9:10."}"#,
        ),
        (
            "https://www.gob.pe/",
            r#"{"good":false,"words":"Este código no es de nadie o ya se renovó. Pida a la persona que abra su código de nuevo."}"#,
        ),
    ] {
        let form = [("session", "1"), ("token", token)];
        let answer = facilitator.post("check_in/scan", &form).await;
        assert_eq!(answer.body, said);
    }
}
