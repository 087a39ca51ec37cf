//! Decisions of the coordinator.

use axum::http::StatusCode;
use capacita::error::{AppError, Fault, FieldError, Reason};

use super::{change, done, mail, new_events, states};
use crate::test_app::{Client, TestApp};

/// Edition 1 with one seat left, and three who ask for it in the order 10, 11, 12.
const REQUESTS: &str = "
    UPDATE editions SET needs_approval = 1 WHERE id = 1;
    INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, sex) VALUES
     (10, 1, 2, 'requested', '2026-11-05T00:00:00+00:00', '2026-11-05T00:00:00+00:00', 'm'),
     (12, 1, 6, 'requested', '2026-11-07T00:00:00+00:00', '2026-11-07T00:00:00+00:00', 'f'),
     (11, 1, 7, 'requested', '2026-11-06T00:00:00+00:00', '2026-11-06T00:00:00+00:00', 'm');
    INSERT INTO enrolment_events (enrolment_id, at, to_state)
     SELECT id, requested_at, state FROM enrolments WHERE id >= 10";

async fn world() -> (TestApp, Client) {
    let app = TestApp::new().await;
    change(&app, REQUESTS).await;
    let coordinator = app.sign_in("coordinator").await;
    (app, coordinator)
}

#[tokio::test]
async fn where_approval_is_needed_asking_is_a_request() {
    let app = TestApp::new().await;
    change(
        &app,
        "UPDATE editions SET needs_approval = 1, seats = 0 WHERE id = 1",
    )
    .await;
    let other = app.sign_in("other").await;
    done(&other.post("enrolment/request", &[("edition", "1")]).await);
    assert_eq!(states(&app).await, ["5:enrolled", "6:requested"]);
    assert_eq!(
        mail(&app).await,
        ["other@capacita.test enrolment_requested"]
    );
}

#[tokio::test]
async fn seats_go_by_the_time_of_the_request() {
    let (app, coordinator) = world().await;
    let form = [
        ("edition", "1"),
        ("chosen[]", "12"),
        ("chosen[]", "11"),
        ("chosen[]", "10"),
        ("chosen[]", "11"),
        ("verdict", "approve"),
    ];
    done(&coordinator.post("enrolment/decide", &form).await);
    assert_eq!(
        states(&app).await,
        ["5:enrolled", "2:enrolled", "7:waiting", "6:waiting"]
    );
    assert_eq!(
        new_events(&app).await,
        [
            "10 3 requested>enrolled",
            "11 3 requested>waiting",
            "12 3 requested>waiting",
        ]
    );
    assert_eq!(
        mail(&app).await,
        [
            "manager@capacita.test enrolment_enrolled",
            "stranger-coordinator@capacita.test enrolment_waiting",
            "other@capacita.test enrolment_waiting",
        ]
    );
}

#[tokio::test]
async fn declining_needs_a_reason_that_is_kept_and_told() {
    let (app, coordinator) = world().await;
    let mut form = vec![("edition", "1"), ("chosen[]", "12"), ("verdict", "decline")];
    let refused = coordinator.post("enrolment/decide", &form).await;
    assert_eq!(
        refused.error(),
        AppError::field("reason", Fault::ReasonNeeded)
    );
    form.push(("reason", "  No trabaja en  la zona. "));
    done(&coordinator.post("enrolment/decide", &form).await);
    assert_eq!(
        new_events(&app).await,
        ["12 3 requested>declined No trabaja en la zona."]
    );
    assert_eq!(mail(&app).await, ["other@capacita.test enrolment_declined"]);
    let told = app
        .count("SELECT count(*) FROM outbox WHERE body LIKE '%Motivo: No trabaja en la zona.%'")
        .await;
    assert_eq!(told, 1);
}

#[tokio::test]
async fn what_was_decided_meanwhile_does_not_hold_up_the_others() {
    let (app, coordinator) = world().await;
    change(
        &app,
        "UPDATE enrolments SET state = 'withdrawn' WHERE id = 10",
    )
    .await;
    let form = [
        ("edition", "1"),
        ("chosen[]", "10"),
        ("chosen[]", "11"),
        ("verdict", "approve"),
        ("view", "requested"),
    ];
    let answer = coordinator
        .post_form("/editions/1/enrolments", "enrolment/decide", &form)
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let location = answer.location();
    assert!(
        location.starts_with("/editions/1/enrolments?state=requested&kept="),
        "{location}"
    );
    let page = coordinator.get(&location).await;
    let notice = "1 persona quedó inscrita. Gerente, Gil: La inscripción cambió de estado y ya no \
                  permite este paso.";
    assert!(page.body.contains(notice), "{}", page.body);
    assert_eq!(
        states(&app).await,
        ["5:enrolled", "2:withdrawn", "7:enrolled", "6:requested"]
    );
    // Where it is the only one, it is the answer.
    let alone = [("edition", "1"), ("chosen[]", "10"), ("verdict", "approve")];
    let refused = coordinator.post("enrolment/decide", &alone).await;
    assert_eq!(refused.error(), Reason::WrongEnrolmentState.into());
}

#[tokio::test]
async fn without_a_waiting_list_there_is_no_place_beyond_the_seats() {
    let (app, coordinator) = world().await;
    change(&app, "UPDATE editions SET waiting_list = 0 WHERE id = 1").await;
    let form = [
        ("edition", "1"),
        ("chosen[]", "10"),
        ("chosen[]", "11"),
        ("verdict", "approve"),
    ];
    done(&coordinator.post("enrolment/decide", &form).await);
    assert_eq!(
        states(&app).await,
        ["5:enrolled", "2:enrolled", "7:requested", "6:requested"]
    );
}

#[tokio::test]
async fn who_waits_cannot_be_approved_past_the_others() {
    let (app, coordinator) = world().await;
    change(
        &app,
        "UPDATE enrolments SET state = 'waiting' WHERE id IN (10, 11);
         UPDATE editions SET seats = 1 WHERE id = 1",
    )
    .await;
    let form = [("edition", "1"), ("chosen[]", "11"), ("verdict", "approve")];
    done(&coordinator.post("enrolment/decide", &form).await);
    assert_eq!(states(&app).await[1..3], ["2:waiting", "7:waiting"]);
    change(&app, "UPDATE editions SET seats = 2 WHERE id = 1").await;
    done(&coordinator.post("enrolment/decide", &form).await);
    assert_eq!(states(&app).await[1..3], ["2:enrolled", "7:waiting"]);
}

#[tokio::test]
async fn added_seats_are_filled_in_order() {
    let (app, coordinator) = world().await;
    change(
        &app,
        "UPDATE enrolments SET state = 'waiting' WHERE id >= 10",
    )
    .await;
    change(&app, "UPDATE editions SET seats = 3 WHERE id = 1").await;
    let page = coordinator.get("/editions/1/enrolments").await;
    assert!(
        page.body.contains("Llenar 2 vacantes libres"),
        "{}",
        page.body
    );
    let fill = coordinator
        .post_form(
            "/editions/1/enrolments",
            "enrolment/fill_seats",
            &[("edition", "1")],
        )
        .await;
    let page = coordinator.get(&fill.location()).await;
    assert!(
        page.body
            .contains("2 vacantes pasaron a quienes esperaban.")
    );
    assert!(!page.body.contains("Llenar"));
    assert_eq!(
        states(&app).await,
        ["5:enrolled", "2:enrolled", "7:enrolled", "6:waiting"]
    );
}

#[tokio::test]
async fn seats_taken_away_put_nobody_out() {
    let (app, coordinator) = world().await;
    change(&app, "UPDATE editions SET seats = 0 WHERE id = 1").await;
    let form = [("edition", "1"), ("chosen[]", "10"), ("verdict", "approve")];
    done(&coordinator.post("enrolment/decide", &form).await);
    assert_eq!(states(&app).await[..2], ["5:enrolled", "2:waiting"]);
}

#[tokio::test]
async fn the_coordinator_withdraws_with_a_reason_even_after_attendance() {
    let (app, coordinator) = world().await;
    change(
        &app,
        "UPDATE enrolments SET state = 'waiting' WHERE id = 11;
         UPDATE editions SET seats = 1 WHERE id = 1;
         INSERT INTO attendance_marks (id, enrolment_id, session_id, status, minutes, source, marked_at)
         VALUES (1, 1, 1, 'present', 240, 'form', '2026-11-21T14:30:00+00:00');
         INSERT INTO attendance_standing (enrolment_id, session_id, mark_id, status, minutes)
         VALUES (1, 1, 1, 'present', 240)",
    )
    .await;
    let refused = coordinator
        .post("enrolment/withdraw_other", &[("enrolment", "1")])
        .await;
    assert_eq!(
        refused.error(),
        AppError::field("reason", Fault::ReasonNeeded)
    );
    let long = "x".repeat(501);
    let refused = coordinator
        .post(
            "enrolment/withdraw_other",
            &[("enrolment", "1"), ("reason", &long)],
        )
        .await;
    let too_long = Fault::TooLong { max: 500 };
    assert_eq!(refused.error(), AppError::field("reason", too_long));
    let form = [("enrolment", "1"), ("reason", "Licencia")];
    done(&coordinator.post("enrolment/withdraw_other", &form).await);
    assert_eq!(
        states(&app).await,
        ["5:withdrawn", "2:requested", "7:enrolled", "6:requested"]
    );
    assert_eq!(
        mail(&app).await,
        [
            "participant@capacita.test enrolment_withdrawn",
            "stranger-coordinator@capacita.test enrolment_promoted",
        ]
    );
}

#[tokio::test]
async fn bad_decisions() {
    type Case<'a> = (&'a [(&'a str, &'a str)], Vec<FieldError>);
    let (app, coordinator) = world().await;
    let fault = |field: &str, fault| FieldError {
        field: field.to_owned(),
        fault,
    };
    let cases: [Case<'_>; 5] = [
        (
            &[],
            vec![
                fault("chosen", Fault::Missing),
                fault("verdict", Fault::Missing),
            ],
        ),
        (
            &[("chosen[]", "x"), ("verdict", "approve")],
            vec![fault("chosen", Fault::UnknownChoice)],
        ),
        (
            &[("chosen[]", "10"), ("verdict", "perhaps")],
            vec![fault("verdict", Fault::UnknownChoice)],
        ),
        (
            &[("verdict", "decline"), ("reason", " ")],
            vec![
                fault("chosen", Fault::Missing),
                fault("reason", Fault::ReasonNeeded),
            ],
        ),
        (
            &[
                ("chosen[]", "10"),
                ("verdict", "decline"),
                ("reason", "a\u{7}b"),
            ],
            vec![fault("reason", Fault::BadCharacter)],
        ),
    ];
    for (fields, expected) in cases {
        let form = [&[("edition", "1")], fields].concat();
        let refused = coordinator.post("enrolment/decide", &form).await;
        assert_eq!(refused.error(), AppError::Invalid(expected), "{fields:?}");
    }
    // One of another edition among the chosen: nothing happens to any of them.
    for foreign in ["2", "99"] {
        let form = [
            ("edition", "1"),
            ("chosen[]", "10"),
            ("chosen[]", foreign),
            ("verdict", "approve"),
        ];
        let refused = coordinator.post("enrolment/decide", &form).await;
        assert_eq!(refused.error(), AppError::NotFound);
    }
    change(&app, "UPDATE editions SET state = 'closed' WHERE id = 1").await;
    let form = [("edition", "1"), ("chosen[]", "10"), ("verdict", "approve")];
    let refused = coordinator.post("enrolment/decide", &form).await;
    assert_eq!(refused.error(), Reason::EditionClosed.into());
    assert_eq!(
        states(&app).await,
        ["5:enrolled", "2:requested", "7:requested", "6:requested"]
    );
}

#[tokio::test]
async fn a_refused_decision_comes_back_with_its_ticks() {
    let (_app, coordinator) = world().await;
    let form = [
        ("edition", "1"),
        ("view", "requested"),
        ("chosen[]", "11"),
        ("verdict", "decline"),
        ("reason", ""),
    ];
    let answer = coordinator
        .post_form(
            "/editions/1/enrolments?state=requested",
            "enrolment/decide",
            &form,
        )
        .await;
    let page = coordinator.get(&answer.location()).await;
    assert!(
        page.body
            .contains("Escriba el motivo: quedará en el historial.")
    );
    let ticked: Vec<&str> = page
        .body
        .split("<input type=\"checkbox\"")
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
        .filter(|attributes| attributes.contains("checked"))
        .collect();
    assert_eq!(ticked.len(), 1, "{ticked:?}");
    assert!(ticked[0].contains("value=\"11\""), "{ticked:?}");
}
