//! Steps are done in their order, once, while the session is open.

use axum::http::StatusCode;
use capacita::error::{AppError, Fault, Reason};

use super::{answer, done, go_on, leads_to, steps_done};
use crate::test_app::TestApp;

#[tokio::test]
async fn each_step_leads_to_the_next_and_the_door_to_where_one_left() {
    let app = TestApp::new().await;
    let participant = app.sign_in("participant").await;
    for step in ["1", "2"] {
        let door = participant.get("/learn/5").await;
        assert_eq!(door.status, StatusCode::FOUND);
        assert_eq!(door.location(), format!("/learn/5/{step}"));
        let page = participant.get(&door.location()).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains(&format!("Paso {step} de 3")));
        done(&go_on(&participant, step).await);
    }
    assert_eq!(participant.get("/learn/5").await.location(), "/learn/5/3");
    let before = participant.get("/learn/5/1").await;
    assert!(
        before.body.contains("<strong>esto</strong>"),
        "done steps stay readable"
    );
    let link = participant.get("/learn/5/2").await.body;
    let safe = r#"href="https://www.gob.pe/" target="_blank" rel="noopener noreferrer""#;
    assert!(link.contains(safe), "{link}");
}

#[tokio::test]
async fn no_step_is_passed_over() {
    let app = TestApp::new().await;
    let participant = app.sign_in("participant").await;
    let early = AppError::Conflict(Reason::EarlierStepOpen);
    assert_eq!(go_on(&participant, "2").await.error(), early);
    assert_eq!(answer(&participant, "2").await.error(), early);
    let form = [("session", "5")];
    let finish = participant.post("learning/finish", &form).await;
    assert_eq!(finish.error(), early);
    // A page that is not open yet leads back to the step that is.
    assert_eq!(participant.get("/learn/5/3").await.location(), "/learn/5");
    assert_eq!(steps_done(&app).await, 0);
}

#[tokio::test]
async fn a_step_done_twice_is_done_once() {
    let app = TestApp::new().await;
    let participant = app.sign_in("participant").await;
    for _ in 0..2 {
        let again = go_on(&participant, "1").await;
        done(&again);
        assert_eq!(leads_to(&again), "/learn/5/2");
    }
    assert_eq!(steps_done(&app).await, 1);
    let clicks = (0..6).map(|_| {
        let client = participant.clone();
        tokio::spawn(async move { go_on(&client, "2").await.status })
    });
    for click in clicks.collect::<Vec<_>>() {
        assert_eq!(click.await.expect("an answer"), StatusCode::OK);
    }
    assert_eq!(steps_done(&app).await, 2);
}

#[tokio::test]
async fn a_question_is_done_by_its_right_answer_alone() {
    let app = TestApp::new().await;
    let participant = app.sign_in("participant").await;
    done(&go_on(&participant, "1").await);
    done(&go_on(&participant, "2").await);
    let passed = go_on(&participant, "3").await;
    assert_eq!(passed.error(), AppError::field("option", Fault::Missing));
    let none = answer(&participant, "").await;
    assert_eq!(none.error(), AppError::field("option", Fault::Missing));
    let elsewhere = answer(&participant, "77").await;
    assert_eq!(
        elsewhere.error(),
        AppError::field("option", Fault::UnknownChoice)
    );
    let wrong = answer(&participant, "1").await;
    let feedback = "Es un procedimiento.".to_owned();
    assert_eq!(
        wrong.error(),
        AppError::Conflict(Reason::WrongAnswer { feedback })
    );
    assert_eq!(steps_done(&app).await, 2);

    // A question that was rewritten meanwhile is looked at again.
    let stale = [("step", "3"), ("version", "2"), ("option", "2")];
    let stale = participant.post("learning/answer", &stale).await;
    assert_eq!(stale.error(), AppError::Conflict(Reason::ChangedMeanwhile));

    let right = answer(&participant, "2").await;
    done(&right);
    assert_eq!(leads_to(&right), "/learn/5");
    assert_eq!(steps_done(&app).await, 3);
    // Neither a second click nor a late wrong answer changes anything.
    done(&answer(&participant, "2").await);
    done(&answer(&participant, "1").await);
    done(&go_on(&participant, "3").await);
    assert_eq!(steps_done(&app).await, 3);
}

#[tokio::test]
async fn without_javascript_a_wrong_answer_comes_back_with_what_its_author_says() {
    let app = TestApp::new().await;
    let participant = app.sign_in("participant").await;
    done(&go_on(&participant, "1").await);
    done(&go_on(&participant, "2").await);
    let form = [("step", "3"), ("version", "1"), ("option", "1")];
    let wrong = participant
        .post_form("/learn/5/3", "learning/answer", &form)
        .await;
    assert_eq!(wrong.status, StatusCode::SEE_OTHER);
    assert_eq!(leads_to(&wrong), "/learn/5/3");
    let page = participant.get(&wrong.location()).await.body;
    assert!(page.contains("Es un procedimiento."), "{page}");
    let chosen = r#"name="option" value="1" checked"#;
    assert!(page.contains(chosen), "{page}");
    assert!(
        !page.contains("Correcto."),
        "the right answer is not given away"
    );

    let form = [("step", "3"), ("version", "1"), ("option", "2")];
    let right = participant
        .post_form("/learn/5/3", "learning/answer", &form)
        .await;
    assert_eq!(leads_to(&right), "/learn/5");
    let page = participant.get(&right.location()).await.body;
    assert!(page.contains("Correcto. Correcto."), "{page}");
}

#[tokio::test]
async fn steps_are_done_while_the_session_is_open_and_read_for_good() {
    let closed = AppError::Conflict(Reason::SessionNotOpen);
    for (change, shown) in [
        (
            "UPDATE sessions SET starts_at = '2026-11-21T15:00:01+00:00' WHERE id = 5",
            "Se abre el s",
        ),
        (
            "UPDATE sessions SET ends_at = '2026-11-21T14:59:59+00:00' WHERE id = 5",
            "Se cerró el s",
        ),
        (
            "UPDATE editions SET state = 'announced' WHERE id = 4",
            "La edición no está en curso.",
        ),
        (
            "UPDATE editions SET state = 'closed' WHERE id = 4",
            "La edición no está en curso.",
        ),
    ] {
        let app = TestApp::new().await;
        let participant = app.sign_in("participant").await;
        done(&go_on(&participant, "1").await);
        app.execute(change).await;
        assert_eq!(go_on(&participant, "2").await.error(), closed, "{change}");
        assert_eq!(steps_done(&app).await, 1, "{change}");
        let door = participant.get("/learn/5").await;
        assert_eq!(door.status, StatusCode::OK);
        assert!(door.body.contains(shown), "{change}: {}", door.body);
        assert!(door.body.contains("Hizo 1 de 3 pasos."), "{change}");
        let read = participant.get("/learn/5/1").await;
        assert_eq!(read.status, StatusCode::OK, "{change}");
        let unread = participant.get("/learn/5/2").await;
        assert_eq!(unread.location(), "/learn/5", "{change}");
    }
}

#[tokio::test]
async fn the_session_is_open_to_its_last_second() {
    let app = TestApp::new().await;
    let participant = app.sign_in("participant").await;
    app.execute(
        "UPDATE sessions SET starts_at = '2026-11-21T14:00:00+00:00',
                             ends_at = '2026-11-21T15:00:00+00:00' WHERE id = 5",
    )
    .await;
    done(&go_on(&participant, "1").await);
    app.clock.advance(chrono::Duration::seconds(1));
    let late = go_on(&participant, "2").await;
    assert_eq!(late.error(), AppError::Conflict(Reason::SessionNotOpen));
}

#[tokio::test]
async fn who_has_left_or_only_waits_does_not_take_part() {
    for state in ["requested", "waiting", "declined", "withdrawn"] {
        let app = TestApp::new().await;
        let participant = app.sign_in("participant").await;
        let mut tx = app.state.database.write().await.expect("a transaction");
        sqlx::query("UPDATE enrolments SET state = ? WHERE id = 3")
            .bind(state)
            .execute(&mut *tx)
            .await
            .expect("a state");
        tx.commit().await.expect("committed");
        let page = participant.get("/learn/5/1").await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{state}");
        let refused = go_on(&participant, "1").await;
        assert_eq!(refused.error(), AppError::NotFound, "{state}");
    }
}

#[tokio::test]
async fn staff_looks_and_does_not_learn() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let page = coordinator.get("/learn/5/3").await.body;
    assert!(page.contains("Vista previa"), "{page}");
    assert_eq!(coordinator.get("/learn/5").await.location(), "/learn/5/1");
    assert_eq!(go_on(&coordinator, "1").await.error(), AppError::Forbidden);
    assert_eq!(steps_done(&app).await, 0);
}
