//! Asking for a seat and giving it back, as oneself.

use axum::http::StatusCode;
use capacita::error::{AppError, Fault, Reason};
use chrono::Duration;

use super::{change, done, lines, mail, new_events, states};
use crate::test_app::TestApp;

const EDITION: [(&str, &str); 1] = [("edition", "1")];

#[tokio::test]
async fn a_free_seat_is_taken_and_told_with_the_affiliation_of_the_day() {
    let app = TestApp::new().await;
    let other = app.sign_in("other").await;
    done(&other.post("enrolment/request", &EDITION).await);
    assert_eq!(states(&app).await, ["5:enrolled", "6:enrolled"]);
    assert_eq!(new_events(&app).await, ["4 6 ->enrolled"]);
    let snapshot = "SELECT institution_id || ' ' || institution_name || ' ' || sector || ' '
                           || position || ' ' || department || ' ' || country || ' ' || sex
                    FROM enrolments WHERE id = 4";
    assert_eq!(
        lines(&app, snapshot).await,
        ["2 Policía de Prueba police Suboficial 25 PE f"]
    );
    let audit = "SELECT action || ' ' || account_id || ' ' || program_id || ' ' || after
                 FROM audit_events WHERE subject_kind = 'enrolment' ORDER BY id";
    assert_eq!(
        lines(&app, audit).await,
        [r#"enrolment_request 6 1 {"reason":null,"state":"enrolled"}"#]
    );
    let message = "SELECT address || '|' || kind || '|' || locale || '|' || subject || '|' || body
                   FROM outbox";
    assert_eq!(
        lines(&app, message).await,
        [
            "other@capacita.test|enrolment_enrolled|es|Inscripción confirmada: Cadena de custodia|\
          Hola, Otilia:\n\nSu inscripción en «Cadena de custodia, edición 1» está confirmada.\n\n\
          Fechas: 21 nov – 5 dic 2026\nLugar: Auditorio de Iquitos, Loreto\n\n\
          Para ponerla en su calendario: http://127.0.0.1:3000/editions/1/sessions.ics\n\n\
          Las sesiones y el estado de su inscripción están en:\nhttp://127.0.0.1:3000/editions/1\n\n\
          Si no va a poder asistir, retírese desde esa página: la vacante pasará a la siguiente \
          persona.\n\nCapacita"
        ]
    );
}

#[tokio::test]
async fn people_are_told_in_their_own_language() {
    let app = TestApp::new().await;
    change(&app, "UPDATE accounts SET locale = 'en' WHERE id = 6").await;
    let coordinator = app.sign_in("coordinator").await;
    let form = [("edition", "1"), ("person", "6")];
    done(&coordinator.post("enrolment/enrol_other", &form).await);
    let text = lines(
        &app,
        "SELECT locale || '|' || subject || '|' || body FROM outbox",
    )
    .await;
    assert!(
        text[0].starts_with(
            "en|Enrolment confirmed: Cadena de custodia|Hello, Otilia,\n\n\
             Your enrolment in “Cadena de custodia, edition 1” is confirmed.\n\n\
             Dates: 21 Nov – 5 Dec 2026\n"
        ),
        "{}",
        text[0]
    );
}

#[tokio::test]
async fn a_second_click_is_told_kindly_and_writes_nothing() {
    let app = TestApp::new().await;
    let other = app.sign_in("other").await;
    done(&other.post("enrolment/request", &EDITION).await);
    let again = other.post("enrolment/request", &EDITION).await;
    assert_eq!(again.error(), Reason::AlreadyEnrolled.into());
    assert_eq!(states(&app).await, ["5:enrolled", "6:enrolled"]);
    let back = other
        .post_form("/editions/1", "enrolment/request", &EDITION)
        .await;
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    assert!(back.location().starts_with("/editions/1?kept="));
}

#[tokio::test]
async fn without_a_seat_one_waits_and_is_next_when_one_is_freed() {
    let app = TestApp::new().await;
    change(&app, "UPDATE editions SET seats = 1 WHERE id = 1").await;
    let (other, manager) = (app.sign_in("other").await, app.sign_in("manager").await);
    done(&manager.post("enrolment/request", &EDITION).await);
    done(&other.post("enrolment/request", &EDITION).await);
    assert_eq!(states(&app).await, ["5:enrolled", "2:waiting", "6:waiting"]);

    let participant = app.sign_in("participant").await;
    done(
        &participant
            .post("enrolment/withdraw", &[("enrolment", "1")])
            .await,
    );
    assert_eq!(
        states(&app).await,
        ["5:withdrawn", "2:enrolled", "6:waiting"]
    );
    let freed = "Se liberó una vacante y era la siguiente persona de la lista de espera.";
    assert_eq!(
        new_events(&app).await,
        [
            "4 2 ->waiting".to_owned(),
            "5 6 ->waiting".to_owned(),
            "1 5 enrolled>withdrawn".to_owned(),
            format!("4 5 waiting>enrolled {freed}"),
        ]
    );
    assert_eq!(
        mail(&app).await,
        [
            "manager@capacita.test enrolment_waiting",
            "other@capacita.test enrolment_waiting",
            "manager@capacita.test enrolment_promoted",
        ]
    );
    // Who withdrew may ask again, and goes to the end of the list.
    done(&participant.post("enrolment/request", &EDITION).await);
    assert_eq!(
        states(&app).await,
        ["5:withdrawn", "2:enrolled", "6:waiting", "5:waiting"]
    );
}

#[tokio::test]
async fn newcomers_do_not_overtake_who_waits() {
    let app = TestApp::new().await;
    change(&app, "UPDATE editions SET seats = 1 WHERE id = 1").await;
    let (other, manager) = (app.sign_in("other").await, app.sign_in("manager").await);
    done(&manager.post("enrolment/request", &EDITION).await);
    // A seat is added where editions are edited, and nobody has filled it yet.
    change(&app, "UPDATE editions SET seats = 2 WHERE id = 1").await;
    done(&other.post("enrolment/request", &EDITION).await);
    assert_eq!(
        states(&app).await,
        ["5:enrolled", "2:enrolled", "6:waiting"]
    );
}

#[tokio::test]
async fn who_has_become_a_facilitator_is_passed_over() {
    let app = TestApp::new().await;
    change(&app, "UPDATE editions SET seats = 1 WHERE id = 1").await;
    let (other, manager) = (app.sign_in("other").await, app.sign_in("manager").await);
    done(&manager.post("enrolment/request", &EDITION).await);
    done(&other.post("enrolment/request", &EDITION).await);
    change(
        &app,
        "INSERT INTO edition_facilitators (edition_id, person_id, assigned_at)
         VALUES (1, 2, '2026-11-20T00:00:00+00:00')",
    )
    .await;
    let participant = app.sign_in("participant").await;
    done(
        &participant
            .post("enrolment/withdraw", &[("enrolment", "1")])
            .await,
    );
    assert_eq!(
        states(&app).await,
        ["5:withdrawn", "2:waiting", "6:enrolled"]
    );
}

#[tokio::test]
async fn what_stands_against_asking() {
    let app = TestApp::new().await;
    let other = app.sign_in("other").await;
    let ask = async |edition: &str| {
        let answer = other
            .post("enrolment/request", &[("edition", edition)])
            .await;
        answer.error()
    };
    // A draft is invisible; a running edition takes nobody by themselves.
    assert_eq!(ask("2").await, AppError::NotFound);
    assert_eq!(ask("4").await, Reason::EnrolmentNotOpen.into());
    for nothing in ["", "0", "-1", "x", "99", "1 OR 1=1"] {
        assert_eq!(ask(nothing).await, AppError::NotFound, "{nothing}");
    }

    change(
        &app,
        "UPDATE editions SET seats = 1, waiting_list = 0 WHERE id = 1",
    )
    .await;
    assert_eq!(ask("1").await, Reason::EditionFull.into());
    change(
        &app,
        "UPDATE editions SET seats = 0, waiting_list = 0 WHERE id = 1",
    )
    .await;
    assert_eq!(ask("1").await, Reason::EditionFull.into());
    change(
        &app,
        "UPDATE editions SET seats = NULL WHERE id = 1;
         INSERT INTO course_prerequisites VALUES (1, 3)",
    )
    .await;
    let courses = vec!["Delitos contra la fauna".to_owned()];
    let missing = Reason::PrerequisiteMissing { courses };
    assert_eq!(ask("1").await, missing.clone().into());
    // Attending is not completing.
    change(
        &app,
        "INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, sex)
         VALUES (90, 4, 6, 'not_completed', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', 'f')",
    )
    .await;
    assert_eq!(ask("1").await, missing.into());
    change(
        &app,
        "UPDATE enrolments SET state = 'completed' WHERE id = 90",
    )
    .await;
    done(&other.post("enrolment/request", &EDITION).await);

    let facilitator = app.sign_in("facilitator").await;
    let teaches = facilitator.post("enrolment/request", &EDITION).await;
    assert_eq!(teaches.error(), Reason::FacilitatorCannotEnrol.into());
}

#[tokio::test]
async fn the_window_opens_and_closes_with_the_day_in_lima() {
    let app = TestApp::new().await;
    let other = app.sign_in("other").await;
    // It is 10:00 in Lima on 21 November.
    for (from, until, minutes, open) in [
        ("2026-11-22", "2026-11-30", 14 * 60 - 1, false),
        ("2026-11-22", "2026-11-30", 1, true),
    ] {
        app.clock.advance(Duration::minutes(minutes));
        let window = format!(
            "UPDATE editions SET enrol_from = '{from}', enrol_until = '{until}' WHERE id = 1"
        );
        change(&app, window).await;
        let answer = other.post("enrolment/request", &EDITION).await;
        assert_eq!(
            answer.status == StatusCode::OK,
            open,
            "{from}: {}",
            answer.body
        );
    }
    // It is midnight of the 22nd now; the last day of the window is a whole day.
    change(
        &app,
        "UPDATE editions SET enrol_until = '2026-11-22' WHERE id = 1",
    )
    .await;
    let manager = app.sign_in("manager").await;
    app.clock.advance(Duration::minutes(24 * 60 - 1));
    done(&manager.post("enrolment/request", &EDITION).await);
    app.clock.advance(Duration::minutes(1));
    let late = app
        .sign_in("admin")
        .await
        .post("enrolment/request", &EDITION)
        .await;
    assert_eq!(late.error(), Reason::EnrolmentNotOpen.into());
}

#[tokio::test]
async fn withdrawing_is_for_oneself_and_before_attending() {
    let app = TestApp::new().await;
    let participant = app.sign_in("participant").await;
    let withdraw = async |id: &str| {
        participant
            .post("enrolment/withdraw", &[("enrolment", id)])
            .await
    };
    for nothing in ["", "x", "0", "99", "2"] {
        assert_eq!(
            withdraw(nothing).await.error(),
            AppError::NotFound,
            "{nothing}"
        );
    }
    // Being absent or excused is no attendance; being there is.
    change(
        &app,
        "INSERT INTO attendance_marks (id, enrolment_id, session_id, status, minutes, source, marked_at)
         VALUES (1, 1, 1, 'late', 200, 'form', '2026-11-21T14:30:00+00:00');
         INSERT INTO attendance_standing (enrolment_id, session_id, mark_id, status, minutes)
         VALUES (1, 1, 1, 'late', 200)",
    )
    .await;
    assert_eq!(withdraw("1").await.error(), Reason::HasAttendance.into());
    change(
        &app,
        "UPDATE attendance_standing SET status = 'absent', minutes = 0",
    )
    .await;
    done(&withdraw("1").await);
    assert_eq!(
        withdraw("1").await.error(),
        Reason::WrongEnrolmentState.into()
    );
    // One's own step is no news.
    assert_eq!(mail(&app).await, [""; 0]);

    for (state, reason) in [
        ("closed", Reason::EditionClosed),
        ("cancelled", Reason::WrongEditionState),
    ] {
        let sql = format!("UPDATE editions SET state = '{state}' WHERE id = 4");
        change(&app, sql).await;
        assert_eq!(withdraw("3").await.error(), reason.into());
    }
}

#[tokio::test]
async fn a_person_without_an_address_is_enrolled_without_a_message() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let form = [("edition", "1"), ("person", "8")];
    done(&coordinator.post("enrolment/enrol_other", &form).await);
    assert_eq!(states(&app).await, ["5:enrolled", "8:enrolled"]);
    assert_eq!(mail(&app).await, [""; 0]);
}

#[tokio::test]
async fn enrolling_somebody_holds_to_the_rules_but_not_to_the_window() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let enrol = async |edition: &str, person: &str| {
        let form = [("edition", edition), ("person", person)];
        coordinator.post("enrolment/enrol_other", &form).await
    };
    // Edition 4 is running, its window is over for everybody else.
    done(&enrol("4", "8").await);
    for (person, fault) in [("", Fault::Missing), ("x", Fault::UnknownChoice)] {
        let refused = enrol("1", person).await;
        assert_eq!(refused.error(), AppError::field("person", fault));
    }
    assert_eq!(enrol("1", "99").await.error(), AppError::NotFound);
    assert_eq!(
        enrol("1", "5").await.error(),
        Reason::AlreadyEnrolled.into()
    );
    assert_eq!(
        enrol("1", "4").await.error(),
        Reason::FacilitatorCannotEnrol.into()
    );
    assert_eq!(
        enrol("2", "8").await.error(),
        Reason::WrongEditionState.into()
    );
    done(&enrol("1", "8").await);
    done(&enrol("1", "7").await);
    assert_eq!(
        states(&app).await,
        ["5:enrolled", "8:enrolled", "7:waiting"]
    );
    change(&app, "UPDATE editions SET waiting_list = 0 WHERE id = 1").await;
    assert_eq!(enrol("1", "2").await.error(), Reason::EditionFull.into());
    change(&app, "UPDATE editions SET state = 'closed' WHERE id = 1").await;
    assert_eq!(enrol("1", "2").await.error(), Reason::EditionClosed.into());
}
