//! Seats that are added go to whoever waits, in the same transaction.

use super::{change, done, lines, mail, new_events, states};
use crate::test_app::TestApp;

/// The form of edition 1 as it stands, with this number of seats.
fn form<'a>(version: &'a str, seats: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("edition", "1"),
        ("version", version),
        ("modality", "in_person"),
        ("language", "es"),
        ("starts_on", "2026-11-21"),
        ("ends_on", "2026-12-05"),
        ("seats", seats),
        ("waiting_list", "true"),
        ("enrol_from", "2026-11-01"),
        ("enrol_until", "2026-11-30"),
    ]
}

/// One seat, taken; Wari waits longest, then `other`, then the manager; the facilitator waits too
/// but teaches by now.
async fn full() -> TestApp {
    let app = TestApp::new().await;
    change(
        &app,
        "UPDATE editions SET seats = 1 WHERE id = 1;
         INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, sex)
         VALUES (10, 1, 6, 'waiting', '2026-11-04T00:00:00+00:00', '2026-11-04T00:00:00+00:00', 'f'),
                (11, 1, 8, 'waiting', '2026-11-03T00:00:00+00:00', '2026-11-05T00:00:00+00:00', 'm'),
                (12, 1, 2, 'waiting', '2026-11-06T00:00:00+00:00', '2026-11-06T00:00:00+00:00', 'm'),
                (13, 1, 4, 'waiting', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', 'm')",
    )
    .await;
    app
}

#[tokio::test]
async fn added_seats_go_to_the_first_who_wait_and_they_are_told() {
    let app = full().await;
    let coordinator = app.sign_in("coordinator").await;
    let answer = coordinator
        .post_form(
            "/editions/1/edit",
            "courses/update_edition",
            &form("1", "3"),
        )
        .await;
    let page = coordinator.get(&answer.location()).await.body;
    assert!(
        page.contains("2 vacantes pasaron a quienes esperaban."),
        "{page}"
    );
    assert_eq!(
        states(&app).await,
        [
            "5:enrolled",
            "6:enrolled",
            "8:enrolled",
            "2:waiting",
            "4:waiting"
        ]
    );
    let reason = "Se liberó una vacante y era la siguiente persona de la lista de espera.";
    assert_eq!(
        new_events(&app).await,
        [
            format!("11 3 waiting>enrolled {reason}"),
            format!("10 3 waiting>enrolled {reason}"),
        ]
    );
    assert_eq!(
        mail(&app).await,
        [
            // The form names no venue any more.
            "participant@capacita.test edition_moved",
            "other@capacita.test enrolment_promoted"
        ],
        "Wari has no address"
    );
    let audited = "SELECT action || ' ' || subject_id FROM audit_events WHERE program_id = 1
                   ORDER BY id";
    assert_eq!(
        lines(&app, audited).await,
        [
            "edition_update 1",
            "enrolment_enrol 11",
            "enrolment_enrol 10"
        ]
    );
}

#[tokio::test]
async fn a_refused_change_gives_nobody_a_seat() {
    let app = full().await;
    let coordinator = app.sign_in("coordinator").await;
    for (version, seats) in [("7", "3"), ("1", "0"), ("1", "x")] {
        let refused = coordinator
            .post("courses/update_edition", &form(version, seats))
            .await;
        assert_ne!(refused.status, 200, "{version} {seats}");
    }
    assert_eq!(new_events(&app).await, [""; 0]);
    done(
        &coordinator
            .post("courses/update_edition", &form("1", "1"))
            .await,
    );
    assert_eq!(new_events(&app).await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn newcomers_of_the_same_moment_take_no_seat_from_who_waits() {
    let app = full().await;
    let coordinator = app.sign_in("coordinator").await;
    let newcomer = app.sign_in("stranger-coordinator").await;
    let more = form("1", "4");
    let (edited, asked) = tokio::join!(
        coordinator.post("courses/update_edition", &more),
        newcomer.post("enrolment/request", &[("edition", "1")]),
    );
    done(&edited);
    done(&asked);
    assert_eq!(
        states(&app).await,
        [
            "5:enrolled",
            "6:enrolled",
            "8:enrolled",
            "2:enrolled",
            "4:waiting",
            "7:waiting"
        ]
    );
}
