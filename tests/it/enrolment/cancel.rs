//! Cancelling an edition with people in it.

use axum::http::StatusCode;
use capacita::error::{AppError, Fault, Reason};

use super::{change, done, lines, mail, new_events, states};
use crate::test_app::{Client, TestApp};

const FORM: [(&str, &str); 2] = [("edition", "1"), ("reason", "Vía bloqueada por lluvias")];

/// Edition 1 with `participant` enrolled, who attended the first session and holds a constancia;
/// `other` asking, Wari without an address waiting, and an earlier withdrawal.
async fn full() -> TestApp {
    let app = TestApp::new().await;
    change(
        &app,
        "INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, sex)
         VALUES (10, 1, 6, 'requested', '2026-11-03T00:00:00+00:00', '2026-11-03T00:00:00+00:00', 'f'),
                (11, 1, 8, 'waiting', '2026-11-04T00:00:00+00:00', '2026-11-04T00:00:00+00:00', 'm'),
                (12, 1, 2, 'withdrawn', '2026-11-05T00:00:00+00:00', '2026-11-05T00:00:00+00:00', 'm');
         INSERT INTO attendance_marks (id, enrolment_id, session_id, status, minutes, source, account_id, marked_at)
         VALUES (1, 1, 1, 'present', 240, 'form', 4, '2026-11-21T15:00:00+00:00');
         INSERT INTO attendance_standing (enrolment_id, session_id, mark_id, status, minutes)
         VALUES (1, 1, 1, 'present', 240);
         INSERT INTO certificates (id, code, enrolment_id, kind, state_at, issued_at, content, content_digest)
         VALUES (1, '0123456789ABCDEFGHJKMNPQRS', 1, 'constancia', '2026-11-21T15:00:00+00:00',
                 '2026-11-21T15:00:00+00:00', '{}', zeroblob(32));
         UPDATE accounts SET locale = 'en' WHERE id = 6",
    )
    .await;
    app
}

async fn totals(manager: &Client) -> String {
    let path = "/reports/totals.csv?by=edition&edition=1";
    let answer = manager.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.body.lines().last().expect("the total").to_owned()
}

#[tokio::test]
async fn everybody_leaves_and_is_told_in_one_transaction() {
    let app = full().await;
    let coordinator = app.sign_in("coordinator").await;
    let answer = coordinator
        .post_form("/editions/1/cancel", "courses/cancel_edition", &FORM)
        .await;
    assert!(answer.location().starts_with("/editions/1?kept="));
    assert_eq!(
        states(&app).await,
        ["5:withdrawn", "6:declined", "8:declined", "2:withdrawn"]
    );
    assert_eq!(
        new_events(&app).await,
        [
            "1 3 enrolled>withdrawn La edición se canceló: Vía bloqueada por lluvias",
            "10 3 requested>declined La edición se canceló: Vía bloqueada por lluvias",
            "11 3 waiting>declined La edición se canceló: Vía bloqueada por lluvias",
        ]
    );
    assert_eq!(
        mail(&app).await,
        [
            "participant@capacita.test edition_cancelled",
            "other@capacita.test edition_cancelled",
            "facilitator@capacita.test edition_cancelled",
        ]
    );
    let written = lines(
        &app,
        "SELECT subject || '|' || body FROM outbox ORDER BY id",
    )
    .await;
    assert!(
        written[0].starts_with(
            "Se canceló: Cadena de custodia|Hola, Rosa:\n\nSe canceló «Cadena de custodia, \
             edición 1» y su inscripción quedó sin efecto. Lo que ya asistió y los documentos que \
             ya recibió se conservan.\n\nMotivo: Vía bloqueada por lluvias\n\n"
        ),
        "{}",
        written[0]
    );
    assert!(!written[0].contains("retírese"), "{}", written[0]);
    assert!(
        written[1].starts_with(
            "Cancelled: Cadena de custodia|Hello, Otilia,\n\n“Cadena de custodia, edition 1” was \
             cancelled and your request no longer stands.\n\nReason: Vía bloqueada por lluvias\n\n"
        ),
        "{}",
        written[1]
    );
    assert!(written[2].contains("en la que usted es docente"));
    let audited = "SELECT action || ' ' || subject_id FROM audit_events WHERE program_id = 1
                   ORDER BY id";
    assert_eq!(
        lines(&app, audited).await,
        [
            "edition_cancel 1",
            "enrolment_withdraw 1",
            "enrolment_decline 10",
            "enrolment_decline 11",
        ]
    );
    let again = coordinator.post("courses/cancel_edition", &FORM).await;
    assert_eq!(again.error(), Reason::WrongEditionState.into());
    assert_eq!(mail(&app).await.len(), 3);
}

#[tokio::test]
async fn what_was_attended_stays_in_the_totals_and_enrolments_do_not() {
    let app = full().await;
    let manager = app.sign_in("manager").await;
    assert_eq!(totals(&manager).await, "TOTAL,1,1,1,1,5.3,1,0");
    let coordinator = app.sign_in("coordinator").await;
    done(&coordinator.post("courses/cancel_edition", &FORM).await);
    assert_eq!(totals(&manager).await, "TOTAL,0,1,1,1,5.3,1,0");
    assert_eq!(
        app.text("SELECT state FROM certificates").await,
        "valid",
        "what was issued stands"
    );
}

#[tokio::test]
async fn the_confirmation_says_whom_it_concerns() {
    let app = full().await;
    let coordinator = app.sign_in("coordinator").await;
    let overview = coordinator.get("/editions/1").await.body;
    assert!(overview.contains("href=\"/editions/1/cancel\""));
    let page = coordinator.get("/editions/1/cancel").await.body;
    for line in [
        "Afecta a 4 personas",
        "1 persona inscrita: se retira su inscripción.",
        "1 solicitud por decidir: no se acepta.",
        "1 persona en lista de espera: ya no espera.",
        "1 docente.",
        "1 persona ya asistió",
        "1 persona no tiene correo",
    ] {
        assert!(page.contains(line), "{line}: {page}");
    }
    let refused = coordinator
        .post_form(
            "/editions/1/cancel",
            "courses/cancel_edition",
            &[("edition", "1")],
        )
        .await;
    assert!(refused.location().starts_with("/editions/1/cancel?kept="));
    let nobody = coordinator.get("/editions/2/cancel").await.body;
    assert!(nobody.contains("Nadie está inscrito"));
    for (reason, fault) in [
        ("", Fault::ReasonNeeded),
        (&"a".repeat(501), Fault::TooLong { max: 500 }),
    ] {
        let form = [("edition", "1"), ("reason", reason)];
        let answer = coordinator.post("courses/cancel_edition", &form).await;
        assert_eq!(answer.error(), AppError::field("reason", fault));
    }
    assert_eq!(mail(&app).await.len(), 0);
    let long = "ñ".repeat(500);
    let form = [("edition", "1"), ("reason", long.as_str())];
    done(&coordinator.post("courses/cancel_edition", &form).await);
    let locked = coordinator.get("/editions/1/cancel").await;
    assert_eq!(locked.status, StatusCode::CONFLICT);
}
