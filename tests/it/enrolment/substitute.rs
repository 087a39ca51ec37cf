//! One person in the place of another.

use capacita::error::{AppError, Fault, Reason};

use super::{change, done, lines, mail, states};
use crate::test_app::{Answer, Client, TestApp};

async fn substitute(client: &Client, enrolment: &str, person: &str) -> Answer {
    let form = [
        ("enrolment", enrolment),
        ("person", person),
        ("reason", "La institución envía a otra persona."),
    ];
    client.post("enrolment/substitute", &form).await
}

#[tokio::test]
async fn the_seat_passes_to_the_other_person_and_nobody_comes_in_between() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    change(&app, "UPDATE editions SET seats = 1 WHERE id = 1").await;
    done(
        &app.sign_in("manager")
            .await
            .post("enrolment/request", &[("edition", "1")])
            .await,
    );
    let page = coordinator
        .get("/enrolments/1/substitute?person=secreto")
        .await;
    assert!(
        page.html().contains("Quién viene en su lugar"),
        "{}",
        page.html()
    );
    done(&substitute(&coordinator, "1", "6").await);
    assert_eq!(
        states(&app).await,
        ["5:withdrawn", "2:waiting", "6:enrolled"]
    );
    assert_eq!(
        mail(&app).await[1..],
        [
            "other@capacita.test enrolment_enrolled",
            "participant@capacita.test enrolment_withdrawn"
        ]
    );
    // Who left has no place to give any more.
    let again = substitute(&coordinator, "1", "8").await;
    assert_eq!(again.error(), Reason::WrongEnrolmentState.into());
    assert_eq!(
        substitute(&coordinator, "5", "2").await.error(),
        Reason::AlreadyEnrolled.into()
    );
}

#[tokio::test]
async fn a_place_on_the_waiting_list_keeps_its_time() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    change(&app, "UPDATE editions SET seats = 1 WHERE id = 1").await;
    for name in ["other", "manager"] {
        done(
            &app.sign_in(name)
                .await
                .post("enrolment/request", &[("edition", "1")])
                .await,
        );
        app.clock.advance(chrono::Duration::minutes(1));
    }
    done(&substitute(&coordinator, "4", "8").await);
    let order = "SELECT CAST(person_id AS TEXT) FROM enrolments
                 WHERE edition_id = 1 AND state = 'waiting' ORDER BY state_at, id";
    assert_eq!(lines(&app, order).await, ["8", "2"]);
    let participant = app.sign_in("participant").await;
    done(
        &participant
            .post("enrolment/withdraw", &[("enrolment", "1")])
            .await,
    );
    assert_eq!(
        states(&app).await,
        ["5:withdrawn", "6:withdrawn", "2:waiting", "8:enrolled"]
    );
}

#[tokio::test]
async fn what_stands_against_a_substitution() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    // Seats of the police are all taken; whoever comes must fill the one kept for the prosecution.
    change(
        &app,
        "INSERT INTO edition_quotas (edition_id, sector, reserved, at_most) VALUES
             (1, 'police', 0, 0), (1, 'prosecution', 2, NULL)",
    )
    .await;
    assert_eq!(
        substitute(&coordinator, "1", "6").await.error(),
        Reason::GroupFull.into()
    );
    assert_eq!(
        substitute(&coordinator, "1", "8").await.error(),
        Reason::SeatsReserved.into()
    );
    assert_eq!(
        substitute(&coordinator, "1", "99").await.error(),
        AppError::NotFound
    );
    let facilitator = substitute(&coordinator, "1", "4").await;
    assert_eq!(facilitator.error(), Reason::FacilitatorCannotEnrol.into());
    let form = [("enrolment", "1"), ("person", "8"), ("reason", " ")];
    let without_reason = coordinator.post("enrolment/substitute", &form).await;
    assert_eq!(
        without_reason.error(),
        AppError::field("reason", Fault::ReasonNeeded)
    );
    assert_eq!(states(&app).await, ["5:enrolled"]);
    change(
        &app,
        "DELETE FROM edition_quotas;
         INSERT INTO attendance_marks (id, enrolment_id, session_id, status, minutes, source, marked_at)
         VALUES (1, 1, 1, 'present', 240, 'form', '2026-11-21T14:00:00+00:00');
         INSERT INTO attendance_standing (enrolment_id, session_id, mark_id, status, minutes)
         VALUES (1, 1, 1, 'present', 240)",
    )
    .await;
    assert_eq!(
        substitute(&coordinator, "1", "8").await.error(),
        Reason::HasAttendance.into()
    );
}
