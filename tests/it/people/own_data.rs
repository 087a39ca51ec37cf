//! What people see, correct and take along of themselves.

use axum::http::{StatusCode, header};
use capacita::{
    app::OWN_DATA,
    error::{AppError, Fault, Reason},
    merging::references::{TO_ENROLMENTS, TO_PEOPLE},
    people::OWN_TABLES,
};

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

/// Everything that the file says of her.
const ROSAS_FILE: &str = include_str!("own_data.json");

#[tokio::test]
async fn own_data_can_be_taken_along() {
    let app = TestApp::new().await;
    app.execute(
        "UPDATE enrolments SET grade_tenths = 165 WHERE id = 1;
         INSERT INTO attendance_marks (id, enrolment_id, session_id, status, minutes, source, account_id, marked_at, reason) VALUES
          (1, 1, 1, 'absent', 0, 'form', 4, '2026-11-21T14:10:00+00:00', NULL),
          (2, 1, 1, 'present', 240, 'form', 4, '2026-11-21T14:20:00+00:00', 'Llegó'),
          (3, 2, 3, 'present', 240, 'form', 7, '2026-11-14T18:00:00+00:00', 'SECRETO');
         INSERT INTO attendance_standing (enrolment_id, session_id, mark_id, status, minutes)
          VALUES (1, 1, 2, 'present', 240), (2, 3, 3, 'present', 240);
         INSERT INTO steps_done (enrolment_id, step_id, done_at) VALUES (3, 1, '2026-11-20T00:00:00+00:00');
         INSERT INTO certificates (code, enrolment_id, kind, state, state_at, issued_at, issued_by, content, content_digest) VALUES
          ('ABCDEFGHJKMNPQRSTVWXYZ0123', 1, 'constancia', 'valid', '2026-11-21T00:00:00+00:00', '2026-11-21T00:00:00+00:00', 3, '{\"person_name\":\"Rosa\"}', zeroblob(32));
         INSERT INTO outbox (person_id, address, kind, locale, subject, body, state, created_at, sent_at, message_id, due_at) VALUES
          (5, 'participant@capacita.test', 'enrolled', 'es', 'Hola', 'Está inscrita.', 'sent', '2026-11-02T00:00:00+00:00', '2026-11-02T00:01:00+00:00', '00000000000000000000000000000001', '2026-11-02T00:00:00+00:00');
         UPDATE nomination_lines SET person_id = 5, outcome = 'enrolled' WHERE nomination_id = 3;
         UPDATE nomination_lines SET person_id = 6, outcome = 'enrolled' WHERE nomination_id = 2",
    )
    .await;
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
        serde_json::from_str::<serde_json::Value>(ROSAS_FILE).expect("JSON")
    );
    assert!(!file.body.contains(MARK), "nothing of anybody else");
    let stranger = app.stranger().get("/me/data.json").await;
    assert_eq!(stranger.status, StatusCode::FOUND);
    assert_eq!(stranger.location(), "/sign-in?next=%2Fme%2Fdata");
}

/// What refers to a person or an enrolment and is not in the file, and why.
const NOT_TAKEN_ALONG: [(&str, &str); 4] = [
    (
        "personal_codes",
        "how often a code was renewed says nothing of anybody",
    ),
    ("vettings", "only coordinators see who is vetted"),
    (
        "duplicate_pairs",
        "a guess that two records are one would tell of the other person",
    ),
    (
        "merges",
        "the journal of records put together; what it moved is in the other sections",
    ),
];

#[test]
fn everything_that_refers_to_a_person_is_in_the_file_or_has_a_reason() {
    let refers = |table: &str| {
        let mut all = TO_PEOPLE.iter().chain(TO_ENROLMENTS);
        all.any(|reference| reference.table == table)
    };
    let told = |table: &str| {
        OWN_TABLES.contains(&table)
            || OWN_DATA
                .iter()
                .any(|section| section.tables.contains(&table))
    };
    let excepted = |table: &str| NOT_TAKEN_ALONG.iter().any(|(name, _)| *name == table);
    for reference in TO_PEOPLE.iter().chain(TO_ENROLMENTS) {
        let table = reference.table;
        assert_ne!(told(table), excepted(table), "{table}");
    }
    for (table, _) in NOT_TAKEN_ALONG {
        assert!(refers(table), "{table} needs no exception");
    }
}
