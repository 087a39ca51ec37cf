//! What the last step is worth.

use axum::http::StatusCode;
use capacita::{attendance, enrolment::EnrolmentId, learning, people::PersonId};

use super::{answer, credits, do_all, done, go_on, leads_to};
use crate::test_app::{TestApp, now};

#[tokio::test]
async fn the_last_step_credits_the_planned_minutes_once() {
    let app = TestApp::new().await;
    let participant = app.sign_in("participant").await;
    done(&go_on(&participant, "1").await);
    done(&go_on(&participant, "2").await);
    assert_eq!(credits(&app).await, 0);
    let clicks = (0..6).map(|_| {
        let client = participant.clone();
        tokio::spawn(async move { answer(&client, "2").await.status })
    });
    for click in clicks.collect::<Vec<_>>() {
        assert_eq!(click.await.expect("an answer"), StatusCode::OK);
    }
    assert_eq!(credits(&app).await, 1);
    let events = "SELECT count(*) FROM audit_events WHERE action = 'attendance_credit'";
    assert_eq!(app.count(events).await, 1);

    let mut connection = app.state.database.read().await.expect("a connection");
    let share =
        attendance::share_of(&mut connection, EnrolmentId::new(3), app.state.clock.now()).await;
    let share = share.expect("an answer").expect("an enrolment");
    assert_eq!((share.attended, share.planned), (120, 120));
}

#[tokio::test]
async fn the_page_says_what_was_earned_and_what_comes_next() {
    let app = TestApp::new().await;
    let participant = app.sign_in("participant").await;
    do_all(&participant).await;
    let page = participant.get("/learn/5").await;
    assert_eq!(page.status, StatusCode::OK);
    // 120 minutes in hours of 45.
    assert!(
        page.body
            .contains("Se le acreditaron 2.6 h lectivas (de 45 min)."),
        "{}",
        page.body
    );
    assert!(
        page.body.contains("No le quedan más sesiones"),
        "{}",
        page.body
    );

    app.execute(
        "INSERT INTO sessions (id, edition_id, title, modality, starts_at, ends_at, planned_minutes, created_at)
         VALUES (6, 4, 'Segunda parte', 'self_paced', '2026-11-02T05:00:00+00:00',
                 '2027-01-01T04:59:00+00:00', 60, '2026-01-01T00:00:00+00:00'),
                (7, 4, 'Ya pasó', 'live_online', '2026-11-03T05:00:00+00:00',
                 '2026-11-03T06:00:00+00:00', 60, '2026-01-01T00:00:00+00:00')",
    )
    .await;
    let page = participant.get("/learn/5").await.body;
    assert!(page.contains(r#"href="/learn/6""#), "{page}");
    assert!(
        page.contains("Segunda parte") && !page.contains("Ya pasó"),
        "{page}"
    );
    // Nothing to do in it yet.
    let empty = participant.get("/learn/6").await;
    assert_eq!(empty.status, StatusCode::OK);
    assert!(
        empty.body.contains("Todavía no hay pasos"),
        "{}",
        empty.body
    );

    app.execute(
        "UPDATE sessions SET modality = 'live_online', starts_at = '2026-11-28T14:00:00+00:00',
                             ends_at = '2026-11-28T16:00:00+00:00' WHERE id = 6",
    )
    .await;
    let page = participant.get("/learn/5").await.body;
    assert!(page.contains("sáb 28 nov 2026, 9:00–11:00"), "{page}");
}

#[tokio::test]
async fn a_step_added_afterwards_takes_no_credit_back() {
    let app = TestApp::new().await;
    let participant = app.sign_in("participant").await;
    do_all(&participant).await;
    app.execute(
        "INSERT INTO steps (id, session_id, position, kind, title, body, created_at)
         VALUES (9, 5, 4, 'text', 'Novedad', 'Más.', '2026-11-21T00:00:00+00:00')",
    )
    .await;
    let door = participant.get("/learn/5").await;
    assert_eq!(door.status, StatusCode::OK);
    assert!(door.body.contains("Terminó esta sesión"), "{}", door.body);
    assert!(door.body.contains(r#"href="/learn/5/9""#), "{}", door.body);
    done(&go_on(&participant, "9").await);
    assert_eq!(credits(&app).await, 1);
}

#[tokio::test]
async fn who_waited_for_a_step_that_is_gone_finishes_by_hand() {
    let app = TestApp::new().await;
    let participant = app.sign_in("participant").await;
    done(&go_on(&participant, "1").await);
    done(&go_on(&participant, "2").await);
    let coordinator = app.sign_in("coordinator").await;
    done(
        &coordinator
            .post("learning/delete_step", &[("step", "3")])
            .await,
    );
    let door = participant.get("/learn/5").await;
    assert_eq!(door.status, StatusCode::OK);
    assert!(door.body.contains("Terminar la sesión"), "{}", door.body);
    assert_eq!(credits(&app).await, 0);
    for _ in 0..2 {
        let finished = participant
            .post("learning/finish", &[("session", "5")])
            .await;
        done(&finished);
        assert_eq!(leads_to(&finished), "/learn/5");
    }
    assert_eq!(credits(&app).await, 1);
}

#[tokio::test]
async fn home_knows_what_is_being_studied() {
    let app = TestApp::new().await;
    let participant = app.sign_in("participant").await;
    done(&go_on(&participant, "1").await);
    let mut connection = app.state.database.read().await.expect("a connection");
    let mine = learning::in_progress(&mut connection, PersonId::new(5), now()).await;
    let mine = mine.expect("sessions");
    let shown: Vec<_> = mine
        .iter()
        .map(|one| (one.session.get(), one.title.as_str(), one.done, one.total))
        .collect();
    assert_eq!(shown, [(5, "Autónoma", 1, 3)]);
    let later = now() + chrono::Duration::days(60);
    let closed = learning::in_progress(&mut connection, PersonId::new(5), later).await;
    assert_eq!(closed.expect("sessions"), []);
    let other = learning::in_progress(&mut connection, PersonId::new(6), now()).await;
    assert_eq!(other.expect("sessions"), []);
    drop(connection);

    done(&go_on(&participant, "2").await);
    done(&answer(&participant, "2").await);
    let mut connection = app.state.database.read().await.expect("a connection");
    let finished = learning::in_progress(&mut connection, PersonId::new(5), now()).await;
    assert_eq!(finished.expect("sessions"), []);
}
