//! Sessions and editions that are held otherwise, or not at all.

use chrono::Duration;

use super::{done, enrol_wari, lines, mail, notices};
use crate::test_app::TestApp;

const SESSION: [(&str, &str); 8] = [
    ("session", "2"),
    ("version", "1"),
    ("title", "Segunda"),
    ("modality", "in_person"),
    ("date", "2026-11-28"),
    ("start", "09:00"),
    ("end", "13:00"),
    ("planned_minutes", "240"),
];

fn with<'a>(
    form: &[(&'a str, &'a str)],
    changes: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let kept = form
        .iter()
        .filter(|(name, _)| !changes.iter().any(|(other, _)| other == name));
    kept.chain(changes).copied().collect()
}

#[tokio::test]
async fn who_has_a_seat_or_teaches_is_told_where_and_when_now() {
    for (changes, told) in [
        (
            &[("start", "10:00"), ("end", "14:00")][..],
            "Cuándo: sáb 28 nov 2026, 10:00–14:00 (hora de Lima)",
        ),
        (&[("venue", "Sala 2")], "Lugar: Sala 2"),
        (
            &[
                ("modality", "live_online"),
                ("meeting_link", "https://meet.pe/x"),
            ],
            "Enlace para conectarse, solo para usted: https://meet.pe/x",
        ),
    ] {
        let app = TestApp::new().await;
        enrol_wari(&app).await;
        let coordinator = app.sign_in("coordinator").await;
        let form = with(&SESSION, changes);
        done(&coordinator.post("sessions/update_meeting", &form).await);
        assert_eq!(
            mail(&app).await,
            [
                "facilitator@capacita.test session_moved queued",
                "participant@capacita.test session_moved queued",
            ]
        );
        assert_eq!(notices(&app).await, ["8 session_moved"]);
        let body = app
            .text("SELECT body FROM outbox WHERE person_id = 5")
            .await;
        assert!(body.contains(told), "{body}");
    }
}

#[tokio::test]
async fn what_changes_nothing_for_anybody_is_no_news() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    // Another title, fewer minutes.
    let form = with(&SESSION, &[("title", "Otra"), ("planned_minutes", "200")]);
    done(&coordinator.post("sessions/update_meeting", &form).await);
    // A session that has begun is corrected.
    let begun = with(
        &SESSION,
        &[("session", "1"), ("date", "2026-11-21"), ("start", "08:00")],
    );
    done(&coordinator.post("sessions/update_meeting", &begun).await);
    // A draft.
    let draft = with(&SESSION, &[("session", "4"), ("date", "2027-02-02")]);
    done(&coordinator.post("sessions/update_meeting", &draft).await);
    assert_eq!(mail(&app).await, [""; 0]);
}

#[tokio::test]
async fn a_change_of_a_change_takes_the_first_word_back() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    for (version, start) in [("1", "10:00"), ("2", "11:00")] {
        let form = with(
            &SESSION,
            &[("version", version), ("start", start), ("end", "15:00")],
        );
        done(&coordinator.post("sessions/update_meeting", &form).await);
    }
    assert_eq!(
        mail(&app).await,
        [
            "facilitator@capacita.test session_moved failed",
            "participant@capacita.test session_moved failed",
            "facilitator@capacita.test session_moved queued",
            "participant@capacita.test session_moved queued",
        ]
    );
}

#[tokio::test]
async fn a_session_that_is_not_held_is_told() {
    let app = TestApp::new().await;
    enrol_wari(&app).await;
    let coordinator = app.sign_in("coordinator").await;
    done(
        &coordinator
            .post("sessions/delete", &[("session", "2")])
            .await,
    );
    assert_eq!(
        mail(&app).await,
        [
            "facilitator@capacita.test session_cancelled queued",
            "participant@capacita.test session_cancelled queued",
        ]
    );
    assert_eq!(notices(&app).await, ["8 session_cancelled"]);
    let body = app
        .text("SELECT body FROM outbox WHERE person_id = 5")
        .await;
    assert!(body.contains("Se canceló esta sesión de «Cadena de custodia, edición 1»: «Segunda»."));
    let kept = "SELECT session_id || ' ' || title || ' ' || starts_at FROM deleted_sessions";
    assert_eq!(
        lines(&app, kept).await,
        ["2 Segunda 2026-11-28T14:00:00+00:00"]
    );
}

#[tokio::test]
async fn an_edition_that_takes_place_elsewhere_is_told_to_who_has_a_seat() {
    let app = TestApp::new().await;
    enrol_wari(&app).await;
    let form = [
        ("edition", "1"),
        ("version", "1"),
        ("modality", "in_person"),
        ("language", "es"),
        ("starts_on", "2026-11-21"),
        ("ends_on", "2026-12-05"),
        ("venue", "Auditorio de Iquitos"),
        ("department", "16"),
        ("seats", "3"),
        ("waiting_list", "1"),
        ("enrol_from", "2026-11-01"),
        ("enrol_until", "2026-11-30"),
    ];
    let coordinator = app.sign_in("coordinator").await;
    done(&coordinator.post("courses/update_edition", &form).await);
    assert_eq!(mail(&app).await, [""; 0]);
    let moved = with(&form, &[("version", "2"), ("venue", "Sala de Nauta")]);
    done(&coordinator.post("courses/update_edition", &moved).await);
    assert_eq!(
        mail(&app).await,
        ["participant@capacita.test edition_moved queued"]
    );
    assert_eq!(notices(&app).await, ["8 edition_moved"]);
    let body = app.text("SELECT body FROM outbox").await;
    assert!(body.contains("Lugar: Sala de Nauta, Loreto\n"), "{body}");
}

#[tokio::test]
async fn a_cancelled_edition_takes_its_reminders_back() {
    let app = TestApp::new().await;
    app.clock.advance(Duration::hours(6 * 24 - 1));
    capacita::enrolment::operations::reminders::queue_reminders(&app.state)
        .await
        .expect("written");
    let coordinator = app.sign_in("coordinator").await;
    let form = [("edition", "1"), ("reason", "Lluvias")];
    done(&coordinator.post("courses/cancel_edition", &form).await);
    assert_eq!(
        mail(&app).await,
        [
            "participant@capacita.test session_reminder failed",
            "facilitator@capacita.test session_reminder failed",
            "participant@capacita.test edition_cancelled queued",
            "facilitator@capacita.test edition_cancelled queued",
        ]
    );
}
