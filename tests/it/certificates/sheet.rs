//! The file: what it says, who gets it, and that it stays as it was issued.

use axum::http::{StatusCode, header};
use capacita::documents::certificate::{
    CertificateContent, SheetCourseKind, SheetKind, SheetLanguage, SheetModality, Signatory, render,
};

use super::{code, issued};
use crate::test_app::{Client, TestApp};

/// What the participant's certificado must say.
async fn expected(app: &TestApp) -> CertificateContent {
    let code = code(app, 1).await;
    CertificateContent {
        template_version: 1,
        kind: SheetKind::Certificado,
        language: SheetLanguage::Es,
        code: code.grouped(),
        verify_url: format!("http://127.0.0.1:3000/verify/{code}"),
        person_name: "Rosa Núñez Quispe".into(),
        course_title: "Cadena de custodia".into(),
        course_kind: SheetCourseKind::Workshop,
        modality: SheetModality::InPerson,
        hours_tenths: 106,
        academic_minutes: 45,
        starts_on: "2026-11-21".parse().expect("a date"),
        ends_on: "2026-12-05".parse().expect("a date"),
        place: Some("Auditorio de Iquitos, Loreto".into()),
        program_name: "Programa propio".into(),
        implementer: "Capacita".into(),
        funder: Some("Fondo Uno".into()),
        grade_tenths: Some(150),
        issued_on: "2026-11-29".parse().expect("a date"),
        signatories: vec![Signatory {
            name: "Elena Firmante".into(),
            position: "Directora".into(),
            institution: "Capacita".into(),
        }],
    }
}

async fn pdf(client: &Client, app: &TestApp) -> Vec<u8> {
    let code = code(app, 1).await;
    let answer = client.get(&format!("/certificates/{code}.pdf")).await;
    assert_eq!(answer.status, StatusCode::OK);
    answer.bytes
}

#[tokio::test]
async fn the_sheet_says_what_was_earned() {
    let app = issued().await;
    let participant = app.sign_in("participant").await;
    let expected = expected(&app).await;
    let frozen = app
        .text("SELECT content FROM certificates WHERE enrolment_id = 1")
        .await;
    let frozen: CertificateContent = serde_json::from_str(&frozen).expect("content");
    assert_eq!(frozen, expected);
    let found = pdf(&participant, &app).await;
    assert!(found.starts_with(b"%PDF-"));
    assert_eq!(found, render(&expected).expect("a sheet"));
}

#[tokio::test]
async fn a_constancia_shows_no_grade() {
    let app = issued().await;
    let frozen = app
        .text("SELECT content FROM certificates WHERE enrolment_id = 10")
        .await;
    let frozen: CertificateContent = serde_json::from_str(&frozen).expect("content");
    assert_eq!(frozen.kind, SheetKind::Constancia);
    assert_eq!(frozen.grade_tenths, None);
    assert_eq!(frozen.person_name, "Wari Sin Cuenta");
}

#[tokio::test]
async fn english_editions_have_english_sheets_and_online_ones_no_place() {
    let app = super::ended().await;
    app.execute("UPDATE editions SET language = 'en', modality = 'live_online' WHERE id = 1")
        .await;
    app.execute("UPDATE settings SET value = '60' WHERE name = 'academic_minutes'")
        .await;
    let coordinator = app.sign_in("coordinator").await;
    coordinator
        .post("certificates/issue_due", &[("edition", "1")])
        .await;
    let frozen = app
        .text("SELECT content FROM certificates WHERE enrolment_id = 1")
        .await;
    let frozen: CertificateContent = serde_json::from_str(&frozen).expect("content");
    let expected = CertificateContent {
        language: SheetLanguage::En,
        modality: SheetModality::LiveOnline,
        place: None,
        hours_tenths: 80,
        academic_minutes: 60,
        ..expected(&app).await
    };
    assert_eq!(frozen, expected);
}

#[tokio::test]
async fn holder_and_staff_get_it_and_nobody_else_learns_of_it() {
    let app = issued().await;
    let code = code(&app, 1).await;
    let path = format!("/certificates/{code}.pdf");
    for who in ["participant", "coordinator", "admin"] {
        let answer = app.sign_in(who).await.get(&path).await;
        assert_eq!(answer.status, StatusCode::OK, "{who}");
        assert_eq!(answer.headers[header::CONTENT_TYPE], "application/pdf");
        assert_eq!(answer.headers[header::CACHE_CONTROL], "private, no-store");
        assert_eq!(
            answer.headers[header::CONTENT_DISPOSITION],
            format!("inline; filename=\"certificado-{code}.pdf\"").as_str()
        );
    }
    for who in ["other", "manager", "facilitator", "stranger-coordinator"] {
        let client = app.sign_in(who).await;
        let (there, nothing) = (
            client.get(&path).await,
            client.get("/certificates/x.pdf").await,
        );
        assert_eq!(there.status, StatusCode::NOT_FOUND, "{who}");
        assert_eq!(there.status, nothing.status, "{who}");
        assert_eq!(there.body, nothing.body, "{who}");
    }
    // The holder may have signed out: everybody is asked to sign in, whether there is one or not.
    for path in [path.as_str(), "/certificates/x.pdf"] {
        let asked = app.stranger().get(path).await.location();
        let next = path.replace('/', "%2F");
        assert_eq!(asked, format!("/sign-in?next={next}"));
    }
}

#[tokio::test]
async fn what_was_issued_does_not_change() {
    let app = issued().await;
    let participant = app.sign_in("participant").await;
    let before = pdf(&participant, &app).await;
    let code = code(&app, 1).await;
    let verified = app.stranger().get(&format!("/verify/{code}")).await.body;
    for change in [
        "UPDATE people SET given_names = 'Otra', paternal_surname = 'Distinta' WHERE id = 5",
        "UPDATE courses SET title = 'Otro título', kind = 'conference', min_share_permille = 1000 WHERE id = 1",
        "UPDATE programs SET name = 'Otro programa', implementer = 'Otra gente', funder = 'Nadie' WHERE id = 1",
        "UPDATE program_signatories SET name = 'Otra firma' WHERE program_id = 1",
        "UPDATE editions SET modality = 'self_paced', starts_on = '2026-01-01', venue_id = NULL WHERE id = 1",
        "UPDATE sessions SET planned_minutes = 10 WHERE edition_id = 1",
        "UPDATE enrolments SET grade_tenths = 0 WHERE id = 1",
        "UPDATE settings SET value = '60' WHERE name = 'academic_minutes'",
    ] {
        app.execute(change).await;
        assert_eq!(pdf(&participant, &app).await, before, "{change}");
    }
    let after = app.stranger().get(&format!("/verify/{code}")).await.body;
    assert_eq!(without_nonces(&after), without_nonces(&verified));
}

/// A page without what differs in every answer.
pub fn without_nonces(page: &str) -> String {
    let mut parts = page.split("nonce=\"");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str(part.split_once('"').map_or("", |(_, rest)| rest));
    }
    text
}

#[tokio::test]
async fn a_check_finds_what_was_altered() {
    let app = issued().await;
    let faults = |app: &TestApp| {
        let database = app.state.database.clone();
        async move {
            let mut connection = database.read().await.expect("a connection");
            let faults = capacita::certificates::check(&mut connection).await;
            let faults = faults.expect("a check");
            faults.iter().map(ToString::to_string).collect::<Vec<_>>()
        }
    };
    assert_eq!(faults(&app).await, [""; 0]);
    app.execute("UPDATE certificates SET content = replace(content, '\"Rosa ', '\"Rita ') WHERE enrolment_id = 1")
        .await;
    app.execute("UPDATE certificates SET kind = 'certificado' WHERE enrolment_id = 10")
        .await;
    let altered = app
        .text("SELECT cast(id AS TEXT) FROM certificates WHERE enrolment_id = 1")
        .await;
    let mismatched = app
        .text("SELECT cast(id AS TEXT) FROM certificates WHERE enrolment_id = 10")
        .await;
    let mut expected = [
        format!("certificate {altered}: its content is not what was issued"),
        format!("certificate {mismatched}: its content has another code or kind than its record"),
    ];
    expected.sort();
    let mut found = faults(&app).await;
    found.sort();
    assert_eq!(found, expected);
    // Altered, it is neither verified nor printed: a fault that shows nothing but its number.
    let code = code(&app, 1).await;
    let answer = app.stranger().get(&format!("/verify/{code}")).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(!answer.body.contains("Rita"));
    let participant = app.sign_in("participant").await;
    let answer = participant.get(&format!("/certificates/{code}.pdf")).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
}
