//! Nobody enrols, marks, grades or certifies themselves, and who works for a program is not counted
//! among those it trains.

use axum::http::StatusCode;
use capacita::error::{AppError, Reason};

use crate::test_app::{Client, TestApp};

#[tokio::test]
async fn staff_does_not_take_part_in_what_it_runs() {
    let app = TestApp::new().await;
    app.execute("UPDATE editions SET seats = 20 WHERE id = 1")
        .await;
    let coordinator = app.sign_in("coordinator").await;
    let admin = app.sign_in("admin").await;
    let stranger = app.sign_in("stranger-coordinator").await;
    let own: &[(&str, &str)] = &[("edition", "1")];
    let coordinators: &[(&str, &str)] = &[("edition", "1"), ("person", "3")];
    let admins: &[(&str, &str)] = &[("edition", "1"), ("person", "1")];
    for (client, endpoint, form) in [
        (&coordinator, "enrolment/request", own),
        (&admin, "enrolment/request", own),
        (&coordinator, "enrolment/enrol_other", coordinators),
        (&admin, "enrolment/enrol_other", coordinators),
        (&admin, "enrolment/enrol_other", admins),
    ] {
        let answer = client.post(endpoint, form).await;
        let refused = AppError::Conflict(Reason::StaffCannotEnrol);
        assert_eq!(answer.error(), refused, "{endpoint} {form:?}");
    }
    assert_eq!(app.count("SELECT count(*) FROM enrolments").await, 3);
    // Somebody else may enrol an administrator, and other programs' coordinators learn as well.
    let answer = coordinator.post("enrolment/enrol_other", admins).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let answer = stranger.post("enrolment/request", own).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}

#[tokio::test]
async fn a_request_of_who_became_coordinator_since_is_not_approved() {
    let app = TestApp::new().await;
    app.execute(
        "UPDATE editions SET needs_approval = 1, seats = 20 WHERE id = 1;
         UPDATE enrolments SET state = 'requested' WHERE id = 1;
         INSERT INTO role_grants (account_id, role, program_id, granted_at)
         VALUES (5, 'coordinator', 1, '2026-11-10T00:00:00+00:00')",
    )
    .await;
    let form = [("edition", "1"), ("chosen[]", "1"), ("verdict", "approve")];
    for name in ["participant", "coordinator"] {
        let answer = app
            .sign_in(name)
            .await
            .post("enrolment/decide", &form)
            .await;
        assert_eq!(
            answer.error(),
            AppError::Conflict(Reason::StaffCannotEnrol),
            "{name}"
        );
    }
}

/// Rosa takes part in edition 1, and came to coordinate its program afterwards.
async fn coordinating_participant(app: &TestApp) -> Client {
    app.execute(
        "INSERT INTO role_grants (account_id, role, program_id, granted_at)
         VALUES (5, 'coordinator', 1, '2026-11-10T00:00:00+00:00')",
    )
    .await;
    app.sign_in("participant").await
}

#[tokio::test]
async fn nobody_marks_grades_or_certifies_themselves() {
    let app = TestApp::new().await;
    let rosa = coordinating_participant(&app).await;
    let mark = [
        ("enrolment", "1"),
        ("session", "1"),
        ("status", "present"),
        ("key", "own-record-1"),
    ];
    let settle = [("enrolment", "1"), ("session", "1"), ("status", "present")];
    let roll = [
        ("session", "1"),
        ("mark-1", "present"),
        ("minutes-1", ""),
        ("seen-1", ""),
    ];
    let results = [
        ("edition", "1"),
        ("grade-1", "20"),
        ("pre-1", ""),
        ("post-1", ""),
        ("was-1", ",,,0"),
        ("version-1", "1"),
    ];
    let issue = [("edition", "1"), ("enrolment", "1")];
    for (endpoint, form) in [
        ("attendance/mark", &mark[..]),
        ("attendance/settle", &settle[..]),
        ("attendance/mark_session", &roll[..]),
        ("attendance/record_results", &results[..]),
        ("certificates/issue_one", &issue[..]),
    ] {
        let answer = rosa.post(endpoint, form).await;
        let refused = AppError::Conflict(Reason::OwnRecord);
        assert_eq!(answer.error(), refused, "{endpoint}");
    }
    let rest = rosa.post("attendance/mark_rest", &[("session", "1")]).await;
    assert_eq!((rest.status, rest.body.as_str()), (StatusCode::OK, "[]"));
    assert_eq!(app.count("SELECT count(*) FROM attendance_marks").await, 0);
    // Somebody else does it for her.
    let coordinator = app.sign_in("coordinator").await;
    for (endpoint, form) in [
        ("attendance/mark", &mark[..]),
        ("attendance/record_results", &results[..]),
    ] {
        let answer = coordinator.post(endpoint, form).await;
        assert_eq!(answer.status, StatusCode::OK, "{endpoint}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_certificate_that_is_due_to_oneself_waits_for_somebody_else() {
    let app = TestApp::new().await;
    app.execute(
        "UPDATE sessions SET starts_at = '2026-11-19T14:00:00+00:00',
                ends_at = '2026-11-19T18:00:00+00:00' WHERE edition_id = 1",
    )
    .await;
    let coordinator = app.sign_in("coordinator").await;
    for session in ["1", "2"] {
        let rest = [("session", session)];
        let answer = coordinator.post("attendance/mark_rest", &rest).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    }
    let rosa = coordinating_participant(&app).await;
    let due = [("edition", "1")];
    let answer = rosa.post("certificates/issue_due", &due).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert_eq!(app.count("SELECT count(*) FROM certificates").await, 0);
    coordinator.post("certificates/issue_due", &due).await;
    assert_eq!(app.count("SELECT count(*) FROM certificates").await, 1);
    let again = [("certificate", "1"), ("reason", "Mejor así")];
    let answer = rosa.post("certificates/replace", &again).await;
    assert_eq!(answer.error(), AppError::Conflict(Reason::OwnRecord));
}

#[tokio::test]
async fn participations_keep_their_role_and_their_funder() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let form = [("edition", "1"), ("person", "8")];
    coordinator.post("enrolment/enrol_other", &form).await;
    app.execute("UPDATE programs SET funder = 'Fondo Nuevo' WHERE id = 1")
        .await;
    let kept = "SELECT role || '|' || funder FROM enrolments WHERE person_id = 8";
    assert_eq!(app.text(kept).await, "participant|Fondo Uno");

    let manager = app.sign_in("manager").await;
    let enrolments = async || {
        let answer = manager.get("/reports/totals.csv?program=1").await;
        let mut lines = answer.body.trim_start_matches('\u{feff}').lines();
        let header = lines.next().expect("a header").split(',');
        let column = header.into_iter().position(|name| name == "enrolments");
        let mut total = lines.last().expect("a total").split(',');
        let figure = total.nth(column.expect("the figure"));
        figure.expect("a figure").to_owned()
    };
    assert_eq!(enrolments().await, "3");
    app.execute("UPDATE enrolments SET role = 'staff' WHERE person_id = 8")
        .await;
    assert_eq!(enrolments().await, "2");
}
