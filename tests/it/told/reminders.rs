//! Reminders a day before a session.

use capacita::enrolment::operations::reminders::queue_reminders;
use chrono::Duration;

use super::{done, enrol_wari, lines, mail, notices};
use crate::test_app::TestApp;

/// The second session begins on Saturday 28 November 2026 at 9:00 in Lima; now is a week before, at
/// 10:00.
const TO_THE_DAY_BEFORE: Duration = Duration::hours(6 * 24 - 1);

#[tokio::test]
async fn a_day_before_everybody_with_a_seat_is_reminded_once() {
    let app = TestApp::new().await;
    enrol_wari(&app).await;
    app.clock.advance(TO_THE_DAY_BEFORE - Duration::seconds(1));
    assert_eq!(queue_reminders(&app.state).await, Ok(0));
    app.clock.advance(Duration::seconds(1));
    assert_eq!(queue_reminders(&app.state).await, Ok(3));
    assert_eq!(queue_reminders(&app.state).await, Ok(0));
    let app = app.restart().await;
    app.clock.advance(Duration::hours(12));
    assert_eq!(queue_reminders(&app.state).await, Ok(0));
    assert_eq!(
        mail(&app).await,
        [
            "participant@capacita.test session_reminder queued",
            "facilitator@capacita.test session_reminder queued",
        ]
    );
    assert_eq!(notices(&app).await, ["8 session_reminder"]);
    let written = lines(
        &app,
        "SELECT subject || '|' || body || '|' || expires_at FROM outbox
         WHERE address = 'participant@capacita.test'",
    )
    .await;
    assert_eq!(
        written,
        ["Su próxima sesión: Cadena de custodia|Hola, Rosa:\n\n\
          Le recordamos su sesión «Segunda» de «Cadena de custodia, edición 1».\n\n\
          Cuándo: sáb 28 nov 2026, 9:00–13:00 (hora de Lima)\n\
          Lugar: Auditorio de Iquitos, Loreto\n\n\
          Todas las sesiones están en:\nhttp://127.0.0.1:3000/editions/1\n\nCapacita|\
          2026-11-28T14:00:00+00:00"]
    );
}

#[tokio::test]
async fn nobody_is_reminded_of_what_does_not_concern_them() {
    let app = TestApp::new().await;
    app.execute("DELETE FROM edition_facilitators").await;
    app.clock.advance(TO_THE_DAY_BEFORE);
    for change in [
        "UPDATE editions SET state = 'announced'",
        "UPDATE editions SET state = 'cancelled'",
        "UPDATE editions SET state = 'draft'",
        "UPDATE editions SET state = 'enrolling'; UPDATE enrolments SET state = 'waiting'",
        "UPDATE enrolments SET state = 'withdrawn'",
        "UPDATE enrolments SET state = 'enrolled';
         UPDATE sessions SET modality = 'self_paced' WHERE id = 2",
    ] {
        app.execute(change).await;
        assert_eq!(queue_reminders(&app.state).await, Ok(0), "{change}");
    }
    app.execute("UPDATE sessions SET modality = 'live_online', meeting_link = 'https://meet.pe/x' WHERE id = 2")
        .await;
    app.clock
        .advance(Duration::hours(24) - Duration::seconds(1));
    assert_eq!(queue_reminders(&app.state).await, Ok(1));
    // Where it meets online, and no place.
    let body = app.text("SELECT body FROM outbox").await;
    assert!(
        body.contains("\nEnlace para conectarse, solo para usted: https://meet.pe/x\n"),
        "{body}"
    );
    assert!(!body.contains("Lugar:"), "{body}");
}

#[tokio::test]
async fn who_teaches_is_reminded_of_the_sessions_they_teach() {
    let app = TestApp::new().await;
    app.execute("UPDATE enrolments SET state = 'withdrawn'")
        .await;
    app.clock.advance(TO_THE_DAY_BEFORE);
    // Another of the edition's facilitators teaches this one.
    let other = "INSERT INTO edition_facilitators VALUES (1, 8, '2026-11-01T00:00:00+00:00');
                 UPDATE sessions SET facilitator_id = 8 WHERE id = 2";
    app.execute(other).await;
    assert_eq!(queue_reminders(&app.state).await, Ok(1));
    assert_eq!(notices(&app).await, ["8 session_reminder"]);
    // Nobody in particular: both do.
    app.execute("UPDATE sessions SET facilitator_id = NULL WHERE id = 2")
        .await;
    assert_eq!(queue_reminders(&app.state).await, Ok(1));
    assert_eq!(
        mail(&app).await,
        ["facilitator@capacita.test session_reminder queued"]
    );
    assert_eq!(queue_reminders(&app.state).await, Ok(0));
}

#[tokio::test]
async fn a_session_that_has_begun_is_not_announced() {
    let app = TestApp::new().await;
    app.clock.advance(TO_THE_DAY_BEFORE + Duration::hours(24));
    assert_eq!(queue_reminders(&app.state).await, Ok(0));
}

#[tokio::test]
async fn a_session_set_for_another_time_is_announced_anew_and_the_old_reminder_taken_back() {
    let app = TestApp::new().await;
    enrol_wari(&app).await;
    app.clock.advance(TO_THE_DAY_BEFORE);
    queue_reminders(&app.state).await.expect("written");
    let coordinator = app.sign_in("coordinator").await;
    let form = [
        ("session", "2"),
        ("version", "1"),
        ("title", "Segunda"),
        ("modality", "in_person"),
        ("date", "2026-11-28"),
        ("start", "08:00"),
        ("end", "12:00"),
        ("planned_minutes", "240"),
    ];
    done(&coordinator.post("sessions/update_meeting", &form).await);
    assert_eq!(
        mail(&app).await,
        [
            "participant@capacita.test session_reminder failed",
            "facilitator@capacita.test session_reminder failed",
            "facilitator@capacita.test session_moved queued",
            "participant@capacita.test session_moved queued",
        ]
    );
    assert_eq!(notices(&app).await, ["8 session_moved"]);
    assert_eq!(queue_reminders(&app.state).await, Ok(3));
    let reminder = "SELECT body FROM outbox WHERE kind = 'session_reminder' AND state = 'queued'";
    assert!(
        app.text(reminder)
            .await
            .contains("sáb 28 nov 2026, 8:00–12:00 (hora de Lima)")
    );
}
