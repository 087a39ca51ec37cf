//! Revoking and replacing.

use axum::http::StatusCode;
use capacita::{
    certificates::Code,
    documents::CertificateContent,
    error::{AppError, Fault, Reason},
};

use super::{PAGE, all, code, issued};
use crate::test_app::TestApp;

/// The number of the valid certificate of the participant.
async fn number(app: &TestApp) -> String {
    app.text("SELECT cast(id AS TEXT) FROM certificates WHERE enrolment_id = 1 AND state = 'valid'")
        .await
}

async fn verified(app: &TestApp, code: &Code) -> String {
    let answer = app.stranger().get(&format!("/verify/{code}")).await;
    assert_eq!(answer.status, StatusCode::OK);
    answer.body
}

#[tokio::test]
async fn a_revoked_certificate_says_so_for_ever() {
    let app = issued().await;
    let (number, code) = (number(&app).await, code(&app, 1).await);
    let form = [
        ("certificate", number.as_str()),
        ("reason", "Se emitió por error de acta"),
    ];
    let coordinator = app.sign_in("coordinator").await;
    let done = coordinator.post("certificates/revoke", &form).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let again = coordinator.post("certificates/revoke", &form).await;
    assert_eq!(
        again.error(),
        AppError::Conflict(Reason::CertificateNotValid)
    );
    let replaced = coordinator.post("certificates/replace", &form).await;
    assert_eq!(
        replaced.error(),
        AppError::Conflict(Reason::CertificateNotValid)
    );

    let page = verified(&app, &code).await;
    assert!(page.contains("Revocado") && page.contains("29 nov 2026"));
    assert!(!page.contains("error de acta") && !page.contains("Válido"));
    // On paper it would pass as valid: nobody gets the sheet any more, and is told why.
    let file = format!("/certificates/{code}.pdf");
    for name in ["participant", "coordinator"] {
        let client = app.sign_in(name).await;
        let gone = client.get(&file).await;
        assert_eq!(gone.status, StatusCode::GONE, "{name}");
        assert_eq!(gone.headers["content-type"], "text/html; charset=utf-8");
        assert!(gone.body.contains("Revocado") && !gone.body.contains("error de acta"));
        let page = if name == "participant" {
            "/me/certificates"
        } else {
            PAGE
        };
        assert!(!client.get(page).await.body.contains(&file), "{name}");
    }
    let foreign = app.sign_in("other").await.get(&file).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    let told = app
        .text("SELECT body FROM outbox WHERE kind = 'certificate_revoked' AND person_id = 5")
        .await;
    assert!(
        told.contains("Motivo: Se emitió por error de acta"),
        "{told}"
    );

    // Nothing is due after that, until the coordinator says so.
    coordinator
        .post("certificates/issue_due", &[("edition", "1")])
        .await;
    assert_eq!(app.count("SELECT count(*) FROM certificates").await, 3);
    let page = coordinator.get(PAGE).await.body;
    assert!(page.contains("Se emitió por error de acta") && page.contains("Emitir de nuevo"));
    let one = [("edition", "1"), ("enrolment", "1")];
    let done = coordinator.post("certificates/issue_one", &one).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert!(all(&app).await.ends_with(", 1 certificado valid"));
    assert!(verified(&app, &code).await.contains("Revocado"));
}

#[tokio::test]
async fn a_corrected_name_makes_a_new_certificate() {
    let app = issued().await;
    let (number, old) = (number(&app).await, code(&app, 1).await);
    app.execute("UPDATE people SET paternal_surname = 'Muñoz' WHERE id = 5")
        .await;
    let coordinator = app.sign_in("coordinator").await;
    let form = [
        ("certificate", number.as_str()),
        ("reason", "Apellido corregido"),
    ];
    let done = coordinator.post("certificates/replace", &form).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let new = code(&app, 1).await;
    assert_ne!(new, old);
    let content = app
        .text("SELECT content FROM certificates WHERE enrolment_id = 1 AND state = 'valid'")
        .await;
    let content: CertificateContent = serde_json::from_str(&content).expect("content");
    assert_eq!(content.person_name, "Rosa Muñoz Quispe");
    assert_eq!(content.code, new.grouped());

    let before = verified(&app, &old).await;
    assert!(before.contains("Reemplazado") && before.contains("Rosa Núñez Quispe"));
    // The way to the present one is the person's to show.
    for hidden in [new.as_str(), &new.grouped(), "Muñoz", "Apellido corregido"] {
        assert!(!before.contains(hidden), "{hidden}");
    }
    let after = verified(&app, &new).await;
    assert!(after.contains("Válido") && after.contains("Rosa Muñoz Quispe"));
    let told = "SELECT count(*) FROM outbox WHERE kind = 'certificate_ready' AND person_id = 5";
    assert_eq!(app.count(told).await, 2);
}

#[tokio::test]
async fn a_replacement_never_says_what_is_not_earned_today() {
    let app = issued().await;
    let number = number(&app).await;
    app.execute("UPDATE enrolments SET grade_tenths = 139 WHERE id = 1")
        .await;
    let coordinator = app.sign_in("coordinator").await;
    let form = [("certificate", number.as_str()), ("reason", "x")];
    let refused = coordinator.post("certificates/replace", &form).await;
    assert_eq!(refused.error(), AppError::Conflict(Reason::NotEarned));
    assert_eq!(app.count("SELECT count(*) FROM certificates").await, 3);
}

#[tokio::test]
async fn nothing_is_replaced_while_marks_disagree() {
    let app = issued().await;
    let number = number(&app).await;
    app.execute(
        "UPDATE attendance_standing SET conflict = 1 WHERE enrolment_id = 1 AND session_id = 2",
    )
    .await;
    let coordinator = app.sign_in("coordinator").await;
    let form = [("certificate", number.as_str()), ("reason", "x")];
    let refused = coordinator.post("certificates/replace", &form).await;
    assert_eq!(refused.error(), AppError::Conflict(Reason::MarksDisagree));
    assert_eq!(app.count("SELECT count(*) FROM certificates").await, 3);
    let told = coordinator.post_form(PAGE, "certificates/replace", &form);
    let told = coordinator.get(&told.await.location()).await;
    assert!(
        told.body
            .contains("Hay marcas de asistencia que no coinciden")
    );
}

#[tokio::test]
async fn a_reason_is_needed_and_a_refused_form_comes_back() {
    let app = issued().await;
    let number = number(&app).await;
    let coordinator = app.sign_in("coordinator").await;
    for endpoint in ["certificates/revoke", "certificates/replace"] {
        for (reason, fault) in [
            ("", Fault::ReasonNeeded),
            ("  ", Fault::ReasonNeeded),
            (&*"x".repeat(501), Fault::TooLong { max: 500 }),
            ("a\u{0}b", Fault::BadCharacter),
        ] {
            let form = [("certificate", number.as_str()), ("reason", reason)];
            let refused = coordinator.post(endpoint, &form).await;
            assert_eq!(
                refused.error(),
                AppError::field("reason", fault),
                "{endpoint}"
            );
        }
        let form = [("certificate", number.as_str()), ("reason", " ")];
        let page = format!("{PAGE}?certificate={number}");
        let refused = coordinator.post_form(&page, endpoint, &form).await;
        let page = coordinator.get(&refused.location()).await.body;
        assert!(page.contains("<details open"), "{endpoint}");
        assert!(page.contains("Escriba el motivo"), "{endpoint}");
    }
    assert!(!all(&app).await.contains("revoked"));
}

#[tokio::test]
async fn only_who_runs_the_edition_revises_its_certificates() {
    let app = issued().await;
    let number = number(&app).await;
    let form = [("certificate", number.as_str()), ("reason", "x")];
    for (who, error) in [
        ("stranger-coordinator", AppError::NotFound),
        ("manager", AppError::NotFound),
        ("other", AppError::NotFound),
        // They know of the edition, or of the certificate itself; it is not theirs to revise.
        ("facilitator", AppError::Forbidden),
        ("participant", AppError::Forbidden),
    ] {
        let client = app.sign_in(who).await;
        for endpoint in ["certificates/revoke", "certificates/replace"] {
            let refused = client.post(endpoint, &form).await;
            assert_eq!(refused.error(), error, "{who} {endpoint}");
        }
    }
    let stranger = app.stranger().post("certificates/revoke", &form).await;
    assert_eq!(stranger.error(), AppError::SignInRequired);
    assert!(!all(&app).await.contains("revoked"));
}

#[tokio::test]
async fn what_is_no_longer_earned_is_listed_until_it_is_corrected_or_revoked() {
    let app = issued().await;
    let coordinator = app.sign_in("coordinator").await;
    let lost = async |page: &'static str| {
        let html = coordinator.get(page).await.html();
        html.contains("ya no se cumple")
    };
    assert!(!lost(PAGE).await && !lost("/").await);
    // 1 has a certificado and now only earns a constancia; 12 has left the edition.
    app.execute("UPDATE enrolments SET grade_tenths = 139 WHERE id = 1")
        .await;
    app.execute("UPDATE enrolments SET state = 'withdrawn' WHERE id = 12")
        .await;
    let html = coordinator.get(PAGE).await.html();
    assert!(html.contains("2 documentos emitidos cuyos requisitos ya no se cumplen"));
    assert!(html.contains("Ya no participa en la edición."));
    let number = number(&app).await;
    assert!(html.contains(&format!("/editions/1/certificates?certificate={number}")));
    let home = coordinator.get("/").await.html();
    assert!(home.contains("certificados emitidos cuyos requisitos ya no se cumplen"));
    // Corrected, or revoked, it is off the list.
    app.execute("UPDATE enrolments SET grade_tenths = 150 WHERE id = 1")
        .await;
    let of_left = app
        .text("SELECT cast(id AS TEXT) FROM certificates WHERE enrolment_id = 12")
        .await;
    let form = [("certificate", of_left.as_str()), ("reason", "Se retiró")];
    let done = coordinator.post("certificates/revoke", &form).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert!(!lost(PAGE).await && !lost("/").await);
}
