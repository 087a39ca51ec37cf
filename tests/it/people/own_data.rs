//! What people see, correct and take along of themselves.

use axum::http::{StatusCode, header};
use capacita::error::{AppError, Fault, Reason};

use super::{MARK, own};
use crate::test_app::TestApp;

#[tokio::test]
async fn everybody_sees_their_own_data_and_nobody_elses() {
    let app = TestApp::new().await;
    let participant = app.sign_in("participant").await;
    let page = participant.get("/me/data").await;
    assert_eq!(page.status, StatusCode::OK);
    for expected in [
        "Rosa Núñez Quispe",
        "Sin documento: prueba",
        "Fiscal adjunta",
        "desde el 1 ene 2025",
        "Activa: participant@capacita.test",
    ] {
        assert!(page.body.contains(expected), "{expected}");
    }
    assert!(!page.body.contains(MARK));
    let other = app.sign_in("other").await;
    assert!(other.get("/me/data").await.body.contains(MARK));
    let stranger = app.stranger().get("/me/data").await;
    assert_eq!(stranger.location(), "/sign-in?next=%2Fme%2Fdata");
}

#[tokio::test]
async fn contact_is_corrected_by_oneself() {
    let app = TestApp::new().await;
    let participant = app.sign_in("participant").await;
    let form = own("1", &[("email", "Rosa@Correo.pe"), ("phone", "065 241234")]);
    let answer = participant
        .post_form("/me/data", "people/update_own_data", &form)
        .await;
    let page = participant.get(&answer.location()).await;
    assert!(page.body.contains("Sus datos quedaron guardados."));
    assert!(page.body.contains("rosa@correo.pe"));
    assert!(page.body.contains("065 241234"));
    // The address that signs in is another matter.
    assert!(page.body.contains("Activa: participant@capacita.test"));
    let again = participant.post("people/update_own_data", &form).await;
    assert_eq!(again.error(), AppError::Conflict(Reason::ChangedMeanwhile));
    let cases = [
        ("email", "rosa", Fault::NotAnEmail),
        ("phone", "x", Fault::BadCharacter),
    ];
    for (field, typed, fault) in cases {
        let answer = participant
            .post("people/update_own_data", &own("2", &[(field, typed)]))
            .await;
        assert_eq!(answer.error(), AppError::field(field, fault));
    }
}

#[tokio::test]
async fn self_identification_comes_and_goes_with_consent() {
    let app = TestApp::new().await;
    let participant = app.sign_in("participant").await;
    let said = [
        ("ethnic_identity", "quechua"),
        ("disability", "baja visión"),
    ];
    let refused = participant
        .post("people/update_own_data", &own("1", &said))
        .await;
    assert_eq!(
        refused.error(),
        AppError::field("consent", Fault::ConsentNeeded)
    );
    let agreed = super::with(&own("1", &said), &[("consent", "1")]);
    let done = participant.post("people/update_own_data", &agreed).await;
    assert_eq!(done.status, StatusCode::OK);
    let kept = "SELECT count(*) FROM people WHERE id = 5 AND ethnic_identity = 'quechua'
                AND disability = 'baja visión' AND consented_at = '2026-11-21T15:00:00+00:00'";
    assert_eq!(app.count(kept).await, 1);
    // The moment of consent stays the first one.
    app.clock.advance(chrono::Duration::days(1));
    let later = super::with(&agreed, &[("version", "2"), ("disability", "")]);
    let done = participant.post("people/update_own_data", &later).await;
    assert_eq!(done.status, StatusCode::OK);
    let kept = "SELECT count(*) FROM people WHERE id = 5 AND ethnic_identity = 'quechua'
                AND disability IS NULL AND consented_at = '2026-11-21T15:00:00+00:00'";
    assert_eq!(app.count(kept).await, 1);
    let withdrawn = participant
        .post("people/update_own_data", &own("3", &[]))
        .await;
    assert_eq!(withdrawn.status, StatusCode::OK);
    let gone = "SELECT count(*) FROM people WHERE id = 5 AND ethnic_identity IS NULL AND consented_at IS NULL";
    assert_eq!(app.count(gone).await, 1);
    // The audit trail knows that something was said, not what.
    let told =
        "SELECT count(*) FROM audit_events WHERE after LIKE '%quechua%' OR before LIKE '%quechua%'";
    assert_eq!(app.count(told).await, 0);
}

#[tokio::test]
async fn own_data_can_be_taken_along() {
    let app = TestApp::new().await;
    let participant = app.sign_in("participant").await;
    let file = participant.get("/me/data.json").await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(file.headers[header::CONTENT_TYPE], "application/json");
    assert_eq!(
        file.headers[header::CONTENT_DISPOSITION],
        "attachment; filename=\"mis-datos.json\""
    );
    let data: serde_json::Value = serde_json::from_str(&file.body).expect("JSON");
    assert_eq!(
        data,
        serde_json::json!({
            "document_kind": "none",
            "document_number": null,
            "no_document_reason": "prueba",
            "given_names": "Rosa",
            "paternal_surname": "Núñez",
            "maternal_surname": "Quispe",
            "sex": "f",
            "birth_year": null,
            "nationality": "PE",
            "email": "participant@capacita.test",
            "phone": null,
            "ethnic_identity": null,
            "disability": null,
            "consented_at": null,
            "recorded_at": "2026-01-01T00:00:00Z",
            "account_email": "participant@capacita.test",
            "affiliations": [{
                "institution": "Fiscalía Especializada en Materia Ambiental",
                "sector": "prosecution",
                "unit": null,
                "position": "Fiscal adjunta",
                "department": "16",
                "country": "PE",
                "region": null,
                "since": "2025-01-01",
                "until": null,
            }],
        })
    );
    let stranger = app.stranger().get("/me/data.json").await;
    assert_eq!(stranger.status, StatusCode::FOUND);
    assert_eq!(stranger.location(), "/sign-in?next=%2Fme%2Fdata");
}
