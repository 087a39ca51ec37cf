//! The way of an edition from draft to cancelled, over HTTP. The whole table is beside the rule.

use capacita::error::{AppError, Fault, Reason};

use super::done;
use crate::test_app::{Client, TestApp};

async fn state(app: &TestApp) -> String {
    app.text("SELECT state FROM editions WHERE id = 2").await
}

#[tokio::test]
async fn from_draft_to_running() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let edition = [("edition", "2")];
    app.execute("UPDATE sessions SET edition_id = 1 WHERE id = 4")
        .await;
    let empty = coordinator.post("courses/announce", &edition).await;
    assert_eq!(empty.error(), Reason::NoSessions.into());
    app.execute("UPDATE sessions SET edition_id = 2 WHERE id = 4")
        .await;

    assert_eq!(app.stranger().get("/editions/2").await.status.as_u16(), 404);
    let announced = coordinator
        .post_form("/editions/2", "courses/announce", &edition)
        .await;
    assert!(announced.location().starts_with("/editions/2?kept="));
    assert_eq!(state(&app).await, "announced");
    assert_eq!(app.stranger().get("/editions/2").await.status.as_u16(), 200);
    let twice = coordinator.post("courses/announce", &edition).await;
    assert_eq!(twice.error(), Reason::WrongEditionState.into());

    done(&coordinator.post("courses/open_enrolment", &edition).await);
    assert_eq!(state(&app).await, "enrolling");
    start_far_ahead(&app, &coordinator).await;
    assert_eq!(state(&app).await, "running");
    assert_eq!(
        app.text(
            "SELECT group_concat(action, ' ') FROM audit_events
             WHERE subject_kind = 'edition' AND subject_id = 2 AND program_id = 1"
        )
        .await,
        "edition_announce edition_open_enrolment edition_start"
    );
}

/// Edition 2 begins more than a week from now: starting it is asked about, and tells what it ends.
async fn start_far_ahead(app: &TestApp, coordinator: &Client) {
    let edition = [("edition", "2")];
    let refused = coordinator.post("courses/start_edition", &edition).await;
    let starts_on = "2027-02-01".parse().expect("a date");
    assert_eq!(refused.error(), Reason::StartsLater { starts_on }.into());
    assert_eq!(state(app).await, "enrolling");
    let page = coordinator.get("/editions/2").await.body;
    assert!(page.contains("name=\"confirmed\""));
    assert!(
        page.contains("nadie podrá inscribirse por su cuenta"),
        "{page}"
    );
    let confirmed = [("edition", "2"), ("confirmed", "true")];
    done(&coordinator.post("courses/start_edition", &confirmed).await);
}

#[tokio::test]
async fn enrolment_does_not_open_after_its_last_day() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let edition = [("edition", "2")];
    done(&coordinator.post("courses/announce", &edition).await);
    // 20 January 2027 is the last day; at midnight in Lima it is over.
    app.clock.advance(chrono::Duration::days(60));
    app.clock.advance(chrono::Duration::hours(13));
    let last_minute = chrono::Duration::minutes(59);
    app.clock.advance(last_minute);
    app.execute("UPDATE sign_ins SET expires_at = '2028-01-01T00:00:00+00:00'")
        .await;
    assert_eq!(app.state.clock.today().to_string(), "2027-01-20");
    let page = coordinator.get("/editions/2").await;
    assert!(page.body.contains("/api/courses/open_enrolment"));
    app.clock.advance(chrono::Duration::minutes(1));
    let late = coordinator.post("courses/open_enrolment", &edition).await;
    assert_eq!(late.error(), Reason::EnrolmentNotOpen.into());
    // By invitation it may start all the same.
    let confirmed = [("edition", "2"), ("confirmed", "true")];
    done(&coordinator.post("courses/start_edition", &confirmed).await);
}

#[tokio::test]
async fn cancelling_needs_a_reason_and_shows_it() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    for (reason, fault) in [
        ("", Fault::ReasonNeeded),
        ("  ", Fault::ReasonNeeded),
        (&"a".repeat(501), Fault::TooLong { max: 500 }),
    ] {
        let form = [("edition", "1"), ("reason", reason)];
        let answer = coordinator.post("courses/cancel_edition", &form).await;
        assert_eq!(answer.error(), AppError::field("reason", fault));
    }
    let form = [("edition", "1"), ("reason", "Vía bloqueada por lluvias")];
    done(&coordinator.post("courses/cancel_edition", &form).await);
    let page = app.stranger().get("/editions/1").await;
    assert_eq!(page.status.as_u16(), 200);
    assert!(page.body.contains("Cancelada") && page.body.contains("Vía bloqueada por lluvias"));
    for endpoint in ["announce", "open_enrolment", "start_edition"] {
        let answer = coordinator
            .post(&format!("courses/{endpoint}"), &[("edition", "1")])
            .await;
        assert_eq!(
            answer.error(),
            Reason::WrongEditionState.into(),
            "{endpoint}"
        );
    }
    let again = coordinator.post("courses/cancel_edition", &form).await;
    assert_eq!(again.error(), Reason::WrongEditionState.into());
}

#[tokio::test]
async fn the_next_step_is_offered_to_whoever_may_take_it() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    assert!(
        coordinator
            .get("/editions/2")
            .await
            .body
            .contains("/api/courses/announce")
    );
    assert!(
        coordinator
            .get("/editions/1")
            .await
            .body
            .contains("/api/courses/start_edition")
    );
    for (who, page) in [
        ("facilitator", "/editions/1"),
        ("participant", "/editions/1"),
    ] {
        let body = app.sign_in(who).await.get(page).await.body;
        assert!(!body.contains("/api/courses/"), "{who}");
    }
    // Tabs by what the viewer may.
    let tabs = |body: &str| {
        [
            "sessions",
            "enrolments",
            "attendance",
            "results",
            "certificates",
        ]
        .into_iter()
        .filter(|tab| body.contains(&format!("href=\"/editions/1/{tab}\"")))
        .collect::<Vec<_>>()
    };
    let all = [
        "sessions",
        "enrolments",
        "attendance",
        "results",
        "certificates",
    ];
    assert_eq!(tabs(&coordinator.get("/editions/1").await.body), all);
    let facilitator = app.sign_in("facilitator").await;
    assert_eq!(tabs(&facilitator.get("/editions/1").await.body), all[..4]);
    let participant = app.sign_in("participant").await;
    assert_eq!(tabs(&participant.get("/editions/1").await.body), [""; 0]);
}
