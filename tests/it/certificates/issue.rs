//! Issuing: to whom, how often, and what follows.

use axum::http::StatusCode;
use capacita::{
    certificates::{due_count, due_editions, standings_of},
    courses::ProgramId,
    error::{AppError, Fault, Reason},
    people::PersonId,
};
use chrono::Duration;

use super::{CLOSE, PAGE, all, ended, issued};
use crate::test_app::TestApp;

const DUE: [(&str, &str); 1] = [("edition", "1")];

#[tokio::test]
async fn what_is_due_is_issued_to_those_who_earned_it_and_to_nobody_else() {
    let app = issued().await;
    let expected = "10 constancia valid, 1 certificado valid, 12 constancia valid";
    let mut found: Vec<_> = all(&app).await.split(", ").map(str::to_owned).collect();
    let mut expected: Vec<_> = expected.split(", ").map(str::to_owned).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
    let events = "SELECT count(*) FROM audit_events WHERE action = 'certificate_issue'";
    assert_eq!(app.count(events).await, 3);
    // Wari has no e-mail address; the other two are told.
    let told = "SELECT group_concat(person_id) FROM
                (SELECT person_id FROM outbox WHERE kind = 'certificate_ready' ORDER BY person_id)";
    assert_eq!(app.text(told).await, "5,6");
    let body = app
        .text("SELECT body FROM outbox WHERE person_id = 5")
        .await;
    assert!(body.starts_with("Hola, Rosa:\n\nSe emitió su Certificado de aprobación por «Cadena de custodia, edición 1»."), "{body}");
}

#[tokio::test]
async fn nothing_is_issued_before_the_last_session_has_ended() {
    let app = ended().await;
    app.clock.advance(-Duration::days(1));
    let coordinator = app.sign_in("coordinator").await;
    let early = coordinator.post("certificates/issue_due", &DUE).await;
    assert_eq!(early.status, StatusCode::OK);
    assert_eq!(all(&app).await, "");
    let one = [("edition", "1"), ("enrolment", "1")];
    let refused = coordinator.post("certificates/issue_one", &one).await;
    assert_eq!(refused.error(), AppError::Conflict(Reason::NotEarned));
}

#[tokio::test]
async fn a_self_paced_edition_certifies_whoever_has_finished() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let due = [("edition", "4")];
    coordinator.post("certificates/issue_due", &due).await;
    assert_eq!(all(&app).await, "");
    app.execute(
        "INSERT INTO attendance_marks (id, enrolment_id, session_id, status, minutes, source, marked_at)
         VALUES (1, 3, 5, 'present', 120, 'self_paced', '2026-11-21T14:00:00+00:00')",
    )
    .await;
    app.execute("INSERT INTO attendance_standing VALUES (3, 5, 1, 'present', 120, 0)")
        .await;
    coordinator.post("certificates/issue_due", &due).await;
    assert_eq!(all(&app).await, "3 constancia valid");
}

#[tokio::test]
async fn a_certificado_takes_the_place_of_the_constancia() {
    let app = issued().await;
    app.execute("UPDATE enrolments SET grade_tenths = 140 WHERE id = 10")
        .await;
    let coordinator = app.sign_in("coordinator").await;
    let page = coordinator.get(PAGE).await;
    assert!(page.body.contains("Emitir 1 certificado<"), "{}", page.body);
    coordinator.post("certificates/issue_due", &DUE).await;
    let of_wari =
        "SELECT group_concat(kind || ' ' || state || ' ' || coalesce(state_reason, ''), '; ')
                   FROM (SELECT * FROM certificates WHERE enrolment_id = 10 ORDER BY id)";
    assert_eq!(
        app.text(of_wari).await,
        "constancia replaced Se emitió en su lugar: Certificado de aprobación; certificado valid "
    );
    let follows = "SELECT count(*) FROM certificates AS old JOIN certificates AS new
                   ON new.id = old.replaced_by AND new.enrolment_id = old.enrolment_id
                   WHERE old.enrolment_id = 10 AND new.state = 'valid'";
    assert_eq!(app.count(follows).await, 1);
}

#[tokio::test]
async fn nobody_gets_two() {
    let app = issued().await;
    let coordinator = app.sign_in("coordinator").await;
    let again = coordinator.post("certificates/issue_due", &DUE).await;
    assert_eq!(again.status, StatusCode::OK);
    for (enrolment, reason) in [
        ("1", Reason::AlreadyIssued),
        ("10", Reason::AlreadyIssued),
        ("11", Reason::NotEarned),
        ("13", Reason::NotEarned),
    ] {
        let one = [("edition", "1"), ("enrolment", enrolment)];
        let refused = coordinator.post("certificates/issue_one", &one).await;
        assert_eq!(refused.error(), AppError::Conflict(reason), "{enrolment}");
    }
    // Enrolments of another edition, of nobody, and no number at all.
    for enrolment in ["2", "3", "99", "x", ""] {
        let one = [("edition", "1"), ("enrolment", enrolment)];
        let refused = coordinator.post("certificates/issue_one", &one).await;
        assert_eq!(refused.error(), AppError::NotFound, "{enrolment}");
    }
    assert_eq!(app.count("SELECT count(*) FROM certificates").await, 3);
}

#[tokio::test]
async fn only_the_chosen_get_theirs() {
    let app = ended().await;
    let coordinator = app.sign_in("coordinator").await;
    let chosen = [
        ("edition", "1"),
        ("chosen[]", "12"),
        ("chosen[]", "11"),
        ("chosen[]", "12"),
    ];
    let answer = coordinator.post("certificates/issue_chosen", &chosen).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert_eq!(all(&app).await, "12 constancia valid");
    let foreign = [("edition", "1"), ("chosen[]", "1"), ("chosen[]", "2")];
    let refused = coordinator
        .post("certificates/issue_chosen", &foreign)
        .await;
    assert_eq!(refused.error(), AppError::NotFound);
    let none = coordinator.post("certificates/issue_chosen", &DUE).await;
    assert_eq!(none.status, StatusCode::OK);
    assert_eq!(all(&app).await, "12 constancia valid");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn issuing_at_the_same_time_gives_everybody_one() {
    let app = ended().await;
    let coordinator = app.sign_in("coordinator").await;
    let admin = app.sign_in("admin").await;
    let mut asked = Vec::new();
    for client in [&coordinator, &admin, &coordinator, &admin] {
        for form in [
            vec![("edition", "1")],
            vec![("edition", "1"), ("enrolment", "1")],
        ] {
            let client = client.clone();
            let endpoint = ["certificates/issue_due", "certificates/issue_one"][form.len() - 1];
            asked.push(tokio::spawn(async move {
                client.post(endpoint, &form).await.status
            }));
        }
    }
    for answer in asked {
        let status = answer.await.expect("an answer");
        assert!(matches!(status.as_u16(), 200 | 409), "{status}");
    }
    let each = "SELECT group_concat(n) FROM
                (SELECT count(*) AS n FROM certificates GROUP BY enrolment_id)";
    assert_eq!(app.text(each).await, "1,1,1");
}

#[tokio::test]
async fn a_draft_or_cancelled_edition_certifies_nobody() {
    let app = ended().await;
    let coordinator = app.sign_in("coordinator").await;
    for state in ["draft", "cancelled"] {
        app.execute(match state {
            "draft" => "UPDATE editions SET state = 'draft' WHERE id = 1",
            _ => "UPDATE editions SET state = 'cancelled' WHERE id = 1",
        })
        .await;
        coordinator.post("certificates/issue_due", &DUE).await;
        assert_eq!(all(&app).await, "", "{state}");
    }
}

#[tokio::test]
async fn the_coordinators_page_says_who_has_what_and_what_is_missing() {
    let app = ended().await;
    let coordinator = app.sign_in("coordinator").await;
    let page = coordinator.get(PAGE).await;
    assert_eq!(page.status, StatusCode::OK);
    for expected in [
        "Emitir 3 certificados",
        "a 6 h 24 min de las 8 h programadas",
        "una nota de 14 o más",
        "SECRETO Rojas, Otilia",
        "Faltan 1 min de asistencia para la constancia.",
        "Faltan 6 h 24 min de asistencia para la constancia. Para el certificado falta registrar la nota.",
    ] {
        assert!(page.body.contains(expected), "{expected}");
    }
}

#[tokio::test]
async fn homes_are_told_what_is_due_and_what_is_missing() {
    let app = ended().await;
    let now = app.state.clock.now();
    let mut connection = app.state.database.read().await.expect("a connection");
    let programs = [ProgramId::new(1), ProgramId::new(2)];
    let found = due_editions(&mut connection, now, &programs)
        .await
        .expect("read");
    let found: Vec<_> = found
        .iter()
        .map(|edition| {
            (
                edition.edition.get(),
                edition.course_title.as_str(),
                edition.due,
            )
        })
        .collect();
    assert_eq!(found, [(1, "Cadena de custodia", 3)]);
    let of_two = due_count(&mut connection, now, &programs[1..]).await;
    assert_eq!(of_two, Ok(0));
    assert_eq!(due_count(&mut connection, now, &[]).await, Ok(0));

    let mine = standings_of(&mut connection, now, PersonId::new(5))
        .await
        .expect("read");
    let mine: Vec<_> = mine
        .iter()
        .map(|one| {
            (
                one.edition.get(),
                one.share.attended,
                one.share.planned,
                one.issued,
            )
        })
        .collect();
    assert_eq!(mine, [(1, 480, 480, None), (4, 0, 120, None)]);
}

#[tokio::test]
async fn old_closings_are_no_longer_todays_work() {
    let app = ended().await;
    app.execute(
        "UPDATE editions SET state = 'closed', state_at = '2026-09-01T00:00:00+00:00' WHERE id = 1",
    )
    .await;
    let now = app.state.clock.now();
    let mut connection = app.state.database.read().await.expect("a connection");
    let programs = [ProgramId::new(1)];
    assert_eq!(due_count(&mut connection, now, &programs).await, Ok(3));
    let later = now + Duration::days(2);
    assert_eq!(due_count(&mut connection, later, &programs).await, Ok(0));
}

#[tokio::test]
async fn people_see_their_own_and_what_they_lack() {
    let app = issued().await;
    let participant = app.sign_in("participant").await;
    let page = participant.get("/me/certificates").await;
    assert_eq!(page.status, StatusCode::OK);
    let code = super::code(&app, 1).await;
    for expected in [
        "Certificado de aprobación",
        "Cadena de custodia",
        &format!("/certificates/{code}.pdf"),
        &format!("/verify/{code}"),
        "10.6 h lectivas (de 45 min)",
        "Delitos contra la fauna, edición 1",
        "Le faltan 1 h 36 min de asistencia para la constancia.",
    ] {
        assert!(page.body.contains(expected), "{expected}");
    }
    let page = app
        .sign_in("facilitator")
        .await
        .get("/me/certificates")
        .await;
    assert!(page.body.contains("Aún no tiene certificados"));
}

#[tokio::test]
async fn marks_that_disagree_hold_back_certificate_and_closing() {
    let app = ended().await;
    app.execute(
        "UPDATE attendance_standing SET conflict = 1 WHERE enrolment_id = 1 AND session_id = 2",
    )
    .await;
    let coordinator = app.sign_in("coordinator").await;
    let one = [("edition", "1"), ("enrolment", "1")];
    let disagree = AppError::Conflict(Reason::MarksDisagree);
    let refused = coordinator.post("certificates/issue_one", &one).await;
    assert_eq!(refused.error(), disagree);
    let refused = coordinator.post("closing/close", &CLOSE).await;
    assert_eq!(refused.error(), disagree);
    coordinator.post("certificates/issue_due", &DUE).await;
    assert_eq!(
        app.count("SELECT count(*) FROM certificates WHERE enrolment_id = 1")
            .await,
        0
    );
    assert_eq!(app.count("SELECT count(*) FROM certificates").await, 2);
    app.execute("UPDATE attendance_standing SET conflict = 0")
        .await;
    let issued = coordinator.post("certificates/issue_one", &one).await;
    assert_eq!(issued.status, StatusCode::OK);
}

#[tokio::test]
async fn nothing_is_issued_that_cannot_be_printed_and_the_others_are() {
    let app = ended().await;
    app.execute("UPDATE people SET given_names = '小龍', paternal_surname = '李' WHERE id = 8")
        .await;
    let coordinator = app.sign_in("coordinator").await;
    let page = coordinator.get(PAGE).await.html();
    assert!(page.contains("Emitir 2 certificados"), "{page}");
    assert!(page.contains("El documento no puede imprimir las letras de su nombre."));
    let done = coordinator
        .post_form(PAGE, "certificates/issue_due", &DUE)
        .await;
    let told = coordinator.get(&done.location()).await.html();
    let words = "Se emitieron 2 documentos. Cada persona recibe un aviso si tiene correo. \
                 No se emitió el de 李, 小龍: el documento no puede imprimir las letras de ese nombre.";
    assert!(told.contains(words), "{told}");
    let issued = |of: &'static str| {
        let app = &app;
        async move {
            let sql = format!("SELECT count(*) FROM certificates WHERE enrolment_id {of}");
            app.count(sql.leak()).await
        }
    };
    assert_eq!((issued("= 10").await, issued("<> 10").await), (0, 2));
    // Asked for alone or chosen, it is the same; the rest of the page offers what is left to do.
    let one = [("edition", "1"), ("enrolment", "10")];
    coordinator.post("certificates/issue_one", &one).await;
    let chosen = [("edition", "1"), ("chosen[]", "10")];
    coordinator.post("certificates/issue_chosen", &chosen).await;
    assert_eq!(issued("= 10").await, 0);
    // With Latin letters it is issued.
    app.execute("UPDATE people SET given_names = 'Xiaolong', paternal_surname = 'Li' WHERE id = 8")
        .await;
    coordinator.post("certificates/issue_due", &DUE).await;
    assert_eq!(issued("= 10").await, 1);
}

#[tokio::test]
async fn an_edition_whose_words_cannot_be_printed_issues_nothing() {
    let app = issued().await;
    let before = all(&app).await;
    app.execute("UPDATE enrolments SET grade_tenths = 140 WHERE id = 10")
        .await;
    app.execute("UPDATE courses SET title = 'Cadena ⛓ de custodia' WHERE id = 1")
        .await;
    let coordinator = app.sign_in("coordinator").await;
    let page = coordinator.get(PAGE).await.html();
    assert!(
        page.contains("los documentos de esta edición dirían «Cadena ⛓ de custodia»"),
        "{page}"
    );
    assert!(!page.contains("certificates/issue_due"));
    let refused = coordinator.post("certificates/issue_due", &DUE).await;
    let fault = AppError::field("printed", Fault::BadCharacter);
    assert_eq!(refused.error(), fault);
    // Neither is one that is valid replaced.
    let id = app
        .text("SELECT CAST(min(id) AS TEXT) FROM certificates")
        .await;
    let page = coordinator
        .get(&format!("{PAGE}?certificate={id}"))
        .await
        .html();
    assert!(page.contains("No se puede emitir de nuevo"), "{page}");
    assert!(!page.contains("certificates/replace"));
    let form = [("certificate", id.as_str()), ("reason", "Se corrige")];
    let refused = coordinator.post("certificates/replace", &form).await;
    assert_eq!(refused.error(), fault);
    assert_eq!(all(&app).await, before);
}
