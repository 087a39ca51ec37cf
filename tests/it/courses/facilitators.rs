//! Who teaches.

use capacita::error::{AppError, Reason};

use super::done;
use crate::test_app::TestApp;

#[tokio::test]
async fn a_facilitator_is_found_assigned_and_taken_off() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let found = coordinator.get("/editions/1/sessions?who=wari").await.body;
    assert!(found.contains("Sin Cuenta, Wari"));
    let form = [("edition", "1"), ("person", "8")];
    done(&coordinator.post("courses/assign_facilitator", &form).await);
    // Once more changes nothing.
    done(&coordinator.post("courses/assign_facilitator", &form).await);
    let public = app.stranger().get("/editions/1").await.body;
    assert!(public.contains("Wari Sin Cuenta") && public.contains("Daniel Docente"));

    app.execute("UPDATE sessions SET facilitator_id = 8 WHERE id = 1")
        .await;
    done(&coordinator.post("courses/remove_facilitator", &form).await);
    assert_eq!(
        app.count("SELECT count(*) FROM sessions WHERE facilitator_id IS NOT NULL")
            .await,
        0
    );
    assert_eq!(
        app.text(
            "SELECT group_concat(action, ' ') FROM audit_events WHERE action LIKE '%facilitator'"
        )
        .await,
        "edition_assign_facilitator edition_remove_facilitator"
    );
}

#[tokio::test]
async fn who_takes_part_does_not_teach() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let form = [("edition", "1"), ("person", "5")];
    let answer = coordinator.post("courses/assign_facilitator", &form).await;
    assert_eq!(answer.error(), Reason::ParticipantCannotTeach.into());
    app.execute("UPDATE enrolments SET state = 'withdrawn' WHERE id = 1")
        .await;
    done(&coordinator.post("courses/assign_facilitator", &form).await);
    for person in ["999", "x", ""] {
        let form = [("edition", "1"), ("person", person)];
        let answer = coordinator.post("courses/assign_facilitator", &form).await;
        assert_eq!(answer.error(), AppError::NotFound, "{person}");
    }
}

#[tokio::test]
async fn facilitators_do_not_search_the_register() {
    let app = TestApp::new().await;
    let facilitator = app.sign_in("facilitator").await;
    let page = facilitator.get("/editions/1/sessions?who=wari").await.body;
    assert!(!page.contains("Sin Cuenta") && !page.contains("name=\"who\""));
}
