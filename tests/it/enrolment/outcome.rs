//! Outcomes, written by whoever closes an edition.

use capacita::{
    access::{ManageEnrolments, Permit, find_viewer, permit},
    courses::EditionId,
    enrolment::{EnrolmentId, EnrolmentState, operations},
    error::{AppError, Reason},
    server::WriteTx,
};

use super::{lines, new_events};
use crate::test_app::{TestApp, now};

async fn permitted(app: &TestApp, edition: i64) -> (WriteTx, Permit<ManageEnrolments>) {
    let cookie = app.sign_in("coordinator").await.cookie().expect("a cookie");
    let token = cookie.split_once('=').expect("name and value").1;
    let viewer = find_viewer(&app.state, token)
        .await
        .expect("found")
        .expect("a viewer");
    let mut tx = app.state.database.write().await.expect("a transaction");
    let action = ManageEnrolments(EditionId::new(edition));
    let permit = permit(&mut tx, &viewer, action).await.expect("allowed");
    (tx, permit)
}

#[tokio::test]
async fn outcomes_are_written_once_and_taken_back_by_reopening() {
    let app = TestApp::new().await;
    let (mut tx, permit) = permitted(&app, 1).await;
    let mine = EnrolmentId::new(1);
    let wrong: AppError = Reason::WrongEnrolmentState.into();
    let reason = operations::StepReason::parse("Faltaba una nota").expect("a reason");

    for no_outcome in [
        EnrolmentState::Enrolled,
        EnrolmentState::Withdrawn,
        EnrolmentState::Waiting,
    ] {
        let refused = operations::conclude(&mut tx, now(), &permit, mine, no_outcome).await;
        assert_eq!(refused, Err(wrong.clone()), "{no_outcome}");
    }
    let done = operations::conclude(&mut tx, now(), &permit, mine, EnrolmentState::Completed).await;
    assert_eq!(done, Ok(()));
    let twice = operations::conclude(&mut tx, now(), &permit, mine, EnrolmentState::NoShow).await;
    assert_eq!(twice, Err(wrong.clone()));
    assert_eq!(
        operations::resume(&mut tx, now(), &permit, mine, &reason).await,
        Ok(())
    );
    assert_eq!(
        operations::resume(&mut tx, now(), &permit, mine, &reason).await,
        Err(wrong)
    );
    let done = operations::conclude(&mut tx, now(), &permit, mine, EnrolmentState::NoShow).await;
    assert_eq!(done, Ok(()));
    // The permit is for edition 1; this one is in edition 4.
    let foreign = EnrolmentId::new(3);
    let refused =
        operations::conclude(&mut tx, now(), &permit, foreign, EnrolmentState::Completed).await;
    assert_eq!(refused, Err(AppError::NotFound));
    tx.commit().await.expect("committed");

    assert_eq!(
        new_events(&app).await,
        [
            "1 3 enrolled>completed",
            "1 3 completed>enrolled Faltaba una nota",
            "1 3 enrolled>no_show",
        ]
    );
    let audit = "SELECT action FROM audit_events WHERE subject_kind = 'enrolment' ORDER BY id";
    assert_eq!(
        lines(&app, audit).await,
        [
            "enrolment_conclude",
            "enrolment_resume",
            "enrolment_conclude"
        ]
    );
}
