//! The record of a closing: frozen, numbered, printed, compared.

use axum::http::{StatusCode, header};
use capacita::error::{AppError, Fault, Reason};

use super::{EDITION, PAGE, PDF, REOPEN, checked, close, edition, states};
use crate::certificates::{all, ended};

#[tokio::test]
async fn the_record_is_numbered_frozen_and_in_the_audit_trail() {
    let app = ended().await;
    let coordinator = app.sign_in("coordinator").await;
    close(&coordinator).await;
    let record = app
        .text("SELECT year || ' ' || number || ' ' || edition_id || ' ' || closed_by FROM closing_records")
        .await;
    assert_eq!(record, "2026 1 1 3");
    let said = "SELECT json_extract(content, '$.people[#-1].name') || ' ' || json_extract(content, '$.people[#-1].outcome')
                  || ' ' || json_extract(content, '$.people[#-1].attended_minutes')
                  || ' ' || json_extract(content, '$.sessions[1].planned_minutes')
                  || ' ' || json_extract(content, '$.closed_by')
                  || ' ' || json_array_length(content, '$.people') FROM closing_records";
    assert_eq!(
        app.text(said).await,
        "Sin Cuenta, Wari completed 480 240 Carla Coordinadora 5"
    );
    let hash = "SELECT lower(hex(content_digest)) FROM closing_records";
    let hash = app.text(hash).await;
    let audited =
        "SELECT after ->> 'sha256' FROM audit_events WHERE action = 'closing_record_create'";
    assert_eq!(app.text(audited).await, hash);
    let page = coordinator.get(PAGE).await.html();
    assert!(page.contains(&hash), "{page}");

    // No number of any document, and nothing of what is in the register by then.
    app.execute("UPDATE people SET given_names = 'Renombrada' WHERE id = 5")
        .await;
    let page = coordinator.get(PAGE).await.html();
    assert!(page.contains("Núñez Quispe, Rosa") && !page.contains("Renombrada"));

    // Nothing changes it, not even by hand.
    let mut tx = app.state.database.write().await.expect("a transaction");
    for sql in [
        "UPDATE closing_records SET content = '{}'",
        "UPDATE closing_records SET number = 9",
        "UPDATE closing_records SET closed_by = NULL",
    ] {
        let refused = sqlx::query(sql).execute(&mut *tx).await;
        let refused = refused.expect_err("a trigger").to_string();
        assert!(
            refused.contains("a closing record does not change"),
            "{refused}"
        );
    }
}

#[tokio::test]
async fn the_sheet_is_for_who_closes() {
    let app = ended().await;
    let coordinator = app.sign_in("coordinator").await;
    assert_eq!(coordinator.get(PDF).await.status, StatusCode::NOT_FOUND);
    close(&coordinator).await;
    let sheet = coordinator.get(PDF).await;
    assert_eq!(sheet.status, StatusCode::OK, "{}", sheet.body);
    assert!(sheet.bytes.starts_with(b"%PDF-"));
    assert_eq!(sheet.headers[header::CONTENT_TYPE], "application/pdf");
    assert_eq!(sheet.headers[header::CACHE_CONTROL], "private, no-store");
    assert_eq!(
        sheet.headers[header::CONTENT_DISPOSITION],
        "inline; filename=\"acta-de-cierre-001-2026.pdf\""
    );
    assert_eq!(coordinator.get(PDF).await.bytes, sheet.bytes);
    for who in [
        "stranger-coordinator",
        "manager",
        "facilitator",
        "participant",
        "other",
    ] {
        let client = app.sign_in(who).await;
        assert_eq!(client.get(PDF).await.status, StatusCode::NOT_FOUND, "{who}");
        assert_eq!(
            client.get(PAGE).await.status,
            StatusCode::FORBIDDEN,
            "{who}"
        );
    }
    for odd in ["?record=99", "?record=x", "?record=1%27"] {
        let odd = format!("{PDF}{odd}");
        assert_eq!(
            coordinator.get(&odd).await.status,
            StatusCode::NOT_FOUND,
            "{odd}"
        );
    }
    // A record is asked for with its own edition alone.
    let foreign = coordinator
        .get("/editions/4/closing-record.pdf?record=1")
        .await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn reopening_opens_every_outcome_again_and_sets_the_record_aside() {
    let app = ended().await;
    let coordinator = app.sign_in("coordinator").await;
    let before = states(&app).await;
    coordinator.post("certificates/issue_due", &EDITION).await;
    let certificates = all(&app).await;
    close(&coordinator).await;
    let refused = coordinator.post("closing/reopen", &EDITION).await;
    assert_eq!(
        refused.error(),
        AppError::field("reason", Fault::ReasonNeeded)
    );
    let done = coordinator.post("closing/reopen", &REOPEN).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert_eq!(edition(&app).await, "running Faltó una lista");
    assert_eq!(states(&app).await, before);
    assert_eq!(all(&app).await, certificates);
    let again = coordinator.post("closing/reopen", &REOPEN).await;
    assert_eq!(again.error(), AppError::Conflict(Reason::WrongEditionState));

    let page = coordinator.get(PAGE).await.html();
    assert!(page.contains("El acta 001-2026 quedó sin efecto"), "{page}");
    assert!(page.contains("No hay diferencias.") && page.contains("Faltó una lista"));
    assert_eq!(coordinator.get(PDF).await.status, StatusCode::NOT_FOUND);
    let old = coordinator.get(&format!("{PDF}?record=1")).await;
    assert_eq!(old.status, StatusCode::OK);
    assert_eq!(checked(&app).await, Vec::<String>::new());
}

#[tokio::test]
async fn the_next_record_says_cell_by_cell_what_changed() {
    let app = ended().await;
    let coordinator = app.sign_in("coordinator").await;
    close(&coordinator).await;
    coordinator.post("closing/reopen", &REOPEN).await;
    // What was mended meanwhile: a minute more for 11, a mark and a grade for 13.
    app.execute(
        "UPDATE attendance_standing SET minutes = 144 WHERE enrolment_id = 11 AND session_id = 2",
    )
    .await;
    app.execute(
        "INSERT INTO attendance_marks (id, enrolment_id, session_id, status, minutes, source, account_id, marked_at)
         VALUES (20, 13, 2, 'present', 240, 'form', 3, '2026-11-29T18:00:00+00:00')",
    )
    .await;
    app.execute(
        "INSERT INTO attendance_standing (enrolment_id, session_id, mark_id, status, minutes)
         VALUES (13, 2, 20, 'present', 240)",
    )
    .await;
    app.execute("UPDATE enrolments SET grade_tenths = 95 WHERE id = 13")
        .await;
    let rows = [
        ["Ajeno, Cosme", "Segunda", "Sin tomar", "Presente"],
        ["Ajeno, Cosme", "Nota", "—", "9.5"],
        ["Ajeno, Cosme", "Resultado", "No asistió", "No completó"],
        [
            "Gerente, Gil",
            "Segunda",
            "Parcial, 2 h 23 min",
            "Parcial, 2 h 24 min",
        ],
        ["Gerente, Gil", "Resultado", "No completó", "Completó"],
    ];
    let shows_rows = |page: &str| {
        for [who, what, before, after] in rows {
            let row = format!(
                "<th scope=\"row\">{who}</th><td data-label=\"Qué\">{what}</td><td data-label=\"Antes\">{before}</td><td data-label=\"Después\">{after}</td>"
            );
            assert!(page.contains(&row), "{row}: {page}");
        }
        assert!(
            page.contains("5 diferencias") && page.contains("Cambios respecto del acta 001-2026")
        );
    };
    // While it is open, against today; afterwards, frozen.
    shows_rows(&coordinator.get(PAGE).await.html());
    let form = [("edition", "1"), ("explain_results", "No rindió")];
    let done = coordinator.post("closing/close", &form).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert!(states(&app).await.contains("11 completed"));
    let page = coordinator.get(PAGE).await.html();
    shows_rows(&page);
    assert!(page.contains("Acta de cierre 002-2026") && page.contains("Actas anteriores"));
    let numbers =
        "SELECT group_concat(number || ' ' || (superseded_at IS NULL), ', ') FROM closing_records";
    assert_eq!(app.text(numbers).await, "1 0, 2 1");
    assert_eq!(
        app.text("SELECT content ->> '$.previous.reason' FROM closing_records WHERE id = 2")
            .await,
        "Faltó una lista"
    );
    for pdf in [
        PDF.to_owned(),
        format!("{PDF}?record=1"),
        format!("{PDF}?record=2"),
    ] {
        assert_eq!(coordinator.get(&pdf).await.status, StatusCode::OK, "{pdf}");
    }
    assert_eq!(checked(&app).await, Vec::<String>::new());
}

#[tokio::test]
async fn the_check_compares_every_closed_edition_with_its_record() {
    let app = ended().await;
    let coordinator = app.sign_in("coordinator").await;
    close(&coordinator).await;
    assert_eq!(checked(&app).await, Vec::<String>::new());
    app.execute(
        "UPDATE attendance_standing SET status = 'absent', minutes = 0 WHERE enrolment_id = 1 AND session_id = 2",
    )
    .await;
    app.execute("UPDATE enrolments SET grade_tenths = 200 WHERE id = 10")
        .await;
    app.execute("UPDATE enrolments SET state = 'withdrawn' WHERE id = 13")
        .await;
    let name = "closing record 001-2026 of edition 1";
    assert_eq!(
        checked(&app).await,
        [
            format!(
                "{name}: attendance of enrolment 1 in session 2 is absent (0 min), the record says present (240 min)"
            ),
            format!("{name}: the grade of enrolment 10 is another"),
            format!("{name}: enrolment 13 is in the record and does not take part"),
        ]
    );
    app.execute("DROP TRIGGER closing_records_do_not_change")
        .await;
    app.execute("UPDATE closing_records SET content = replace(content, 'Rosa', 'Rita')")
        .await;
    assert_eq!(
        checked(&app).await,
        [format!("{name}: its content is not what was closed")]
    );
    let page = coordinator.get(PAGE).await;
    assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
}

#[tokio::test]
async fn editions_closed_before_there_were_records_say_so() {
    let app = ended().await;
    app.execute("UPDATE editions SET state = 'closed' WHERE id = 1")
        .await;
    let coordinator = app.sign_in("coordinator").await;
    let page = coordinator.get(PAGE).await.html();
    assert!(
        page.contains("Esta edición se cerró antes de que hubiera actas"),
        "{page}"
    );
    assert!(!page.contains("closing-record.pdf") && !page.contains("Acta de cierre 0"));
    assert_eq!(coordinator.get(PDF).await.status, StatusCode::NOT_FOUND);
    assert_eq!(checked(&app).await, Vec::<String>::new());
    // It is reopened and closed like any other.
    app.execute("UPDATE enrolments SET state = 'completed' WHERE edition_id = 1")
        .await;
    let done = coordinator.post("closing/reopen", &REOPEN).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let page = coordinator.get(PAGE).await.html();
    assert!(!page.contains("Cambios respecto"), "{page}");
    close(&coordinator).await;
}
