//! One mark at a time: idempotence, refusals, conflicts, taking back.

use axum::http::StatusCode;
use capacita::{
    attendance::{Cell, MarkStatus},
    error::{AppError, Fault, Reason},
};

use super::{MORE_PEOPLE, answered, cell, mark, marks, projection_is_sound, with_sql};
use crate::test_app::TestApp;

const EVENTS: &str = "SELECT count(*) FROM audit_events WHERE action = 'attendance_mark'";

#[tokio::test]
async fn a_mark_is_appended_and_stands() {
    let app = TestApp::new().await;
    let facilitator = app.sign_in("facilitator").await;
    let first = mark(&facilitator, "present", "", "key-00001").await;
    assert_eq!(answered(&first), cell(MarkStatus::Present, 240, 1, false));
    let corrected = mark(&facilitator, "late", "1", "key-00002").await;
    assert_eq!(answered(&corrected), cell(MarkStatus::Late, 240, 2, false));
    let back = mark(&facilitator, "not_taken", "2", "key-00003").await;
    assert_eq!(answered(&back), cell(MarkStatus::NotTaken, 0, 3, false));
    assert_eq!(
        app.count("SELECT count(*) FROM attendance_standing").await,
        0
    );
    assert_eq!((marks(&app).await, app.count(EVENTS).await), (3, 3));
    projection_is_sound(&app).await;
}

#[tokio::test]
async fn a_request_that_comes_twice_is_done_once() {
    let app = TestApp::new().await;
    let facilitator = app.sign_in("facilitator").await;
    let first = mark(&facilitator, "present", "", "key-00001").await;
    let again = mark(&facilitator, "present", "", "key-00001").await;
    assert_eq!(answered(&again), answered(&first));
    assert_eq!(marks(&app).await, 1);
    // Even when the edition has been closed meanwhile: the client learns that it was taken.
    with_sql(&app, "UPDATE editions SET state = 'closed' WHERE id = 1").await;
    let late = mark(&facilitator, "present", "", "key-00001").await;
    assert_eq!(answered(&late), answered(&first));
    // A key says one thing about one cell, by one marker.
    let coordinator = app.sign_in("coordinator").await;
    let stolen = mark(&coordinator, "present", "", "key-00001").await;
    let refused = AppError::field("client_key", Fault::UnknownChoice);
    assert_eq!(stolen.error(), refused);
}

#[tokio::test]
async fn partial_needs_minutes_within_the_session() {
    let app = TestApp::new().await;
    let facilitator = app.sign_in("facilitator").await;
    for (number, minutes) in ["", "0", "240", "-1", "x"].into_iter().enumerate() {
        let key = format!("key-bad-{number}");
        let form = [
            ("enrolment", "1"),
            ("session", "1"),
            ("status", "partial"),
            ("minutes", minutes),
            ("key", &key),
        ];
        let refused = facilitator.post("attendance/mark", &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let fault = if minutes == "x" {
            Fault::NotANumber
        } else {
            Fault::BadMinutes { planned: 240 }
        };
        let expected = AppError::field("minutes", fault);
        assert_eq!(refused.error(), expected, "{minutes:?}");
    }
    assert_eq!(marks(&app).await, 0);
    let form = [
        ("enrolment", "1"),
        ("session", "1"),
        ("status", "partial"),
        ("minutes", " 90 "),
        ("key", "key-good-1"),
    ];
    let taken = facilitator.post("attendance/mark", &form).await;
    assert_eq!(answered(&taken), cell(MarkStatus::Partial, 90, 1, false));
}

#[tokio::test]
async fn what_cannot_be_marked_is_refused() {
    let app = TestApp::new().await;
    with_sql(&app, MORE_PEOPLE).await;
    let facilitator = app.sign_in("facilitator").await;
    let refused = async |enrolment: &str, session: &str, status: &str, seen: &str, key: &str| {
        let form = [
            ("enrolment", enrolment),
            ("session", session),
            ("status", status),
            ("seen", seen),
            ("key", key),
        ];
        facilitator.post("attendance/mark", &form).await.error()
    };
    let not_taking_part: AppError = Reason::NotTakingPart.into();
    // Another edition's enrolment, one that has been withdrawn, one that is not there.
    for enrolment in ["2", "13", "999"] {
        let found = refused(enrolment, "1", "present", "", "key-00001").await;
        assert_eq!(found, not_taking_part, "{enrolment}");
    }
    // Another program's session, a session that is not there, none at all.
    for session in ["3", "999", "x", ""] {
        let found = refused("1", session, "present", "", "key-00001").await;
        let hidden = [AppError::NotFound, AppError::Forbidden];
        assert!(hidden.contains(&found), "{session}: {found:?}");
    }
    let unknown = Fault::UnknownChoice;
    assert_eq!(
        refused("1", "1", "here", "", "key-00001").await,
        AppError::field("status", unknown.clone())
    );
    assert_eq!(
        refused("1", "1", "present", "77", "key-00001").await,
        AppError::field("seen", unknown)
    );
    assert_eq!(
        refused("1", "1", "present", "", "short").await,
        AppError::field("key", Fault::TooShort { min: 8 })
    );
    for state in ["closed", "cancelled"] {
        let sql = match state {
            "closed" => "UPDATE editions SET state = 'closed' WHERE id = 1",
            _ => "UPDATE editions SET state = 'cancelled' WHERE id = 1",
        };
        with_sql(&app, sql).await;
        let found = refused("1", "1", "present", "", "key-00001").await;
        assert_eq!(found, Reason::EditionClosed.into(), "{state}");
    }
    assert_eq!(marks(&app).await, 0);
}

#[tokio::test]
async fn two_who_disagree_make_a_conflict_that_is_settled_knowingly() {
    let app = TestApp::new().await;
    let facilitator = app.sign_in("facilitator").await;
    let coordinator = app.sign_in("coordinator").await;
    mark(&facilitator, "present", "", "key-00001").await;
    let conflict = mark(&coordinator, "absent", "", "key-00002").await;
    assert_eq!(answered(&conflict), cell(MarkStatus::Present, 240, 2, true));
    // Correcting oneself without having looked settles nothing: of the two words the older stands.
    let insisting = mark(&facilitator, "late", "1", "key-00003").await;
    assert_eq!(answered(&insisting), cell(MarkStatus::Absent, 0, 3, true));
    projection_is_sound(&app).await;

    let page = facilitator.get("/enrolments/1/sessions/1").await;
    assert_eq!(page.status, StatusCode::OK);
    for told in [
        "Dos marcas no coinciden",
        "Carla Coordinadora",
        "Daniel Docente",
        "Núñez Quispe, Rosa",
        r#"name="seen" value="3""#,
    ] {
        assert!(page.body.contains(told), "{told}");
    }
    let form = [
        ("enrolment", "1"),
        ("session", "1"),
        ("status", "absent"),
        ("minutes", ""),
        ("seen", "3"),
    ];
    let settled = facilitator
        .post_form("/enrolments/1/sessions/1", "attendance/settle", &form)
        .await;
    let location = settled.location();
    assert!(
        location.starts_with("/enrolments/1/sessions/1?kept="),
        "{location}"
    );
    let page = facilitator.get(&location).await;
    assert!(page.body.contains("Quedó: Ausente."));
    assert!(!page.body.contains("Dos marcas no coinciden"));
    projection_is_sound(&app).await;
    let stands =
        "SELECT count(*) FROM attendance_standing WHERE status = 'absent' AND conflict = 0";
    assert_eq!(app.count(stands).await, 1);
}

#[tokio::test]
async fn settling_what_has_moved_on_says_so() {
    let app = TestApp::new().await;
    let facilitator = app.sign_in("facilitator").await;
    let coordinator = app.sign_in("coordinator").await;
    mark(&facilitator, "present", "", "key-00001").await;
    mark(&coordinator, "absent", "", "key-00002").await;
    mark(&coordinator, "late", "", "key-00003").await;
    let form = [
        ("enrolment", "1"),
        ("session", "1"),
        ("status", "present"),
        ("seen", "2"),
    ];
    let page = "/enrolments/1/sessions/1";
    let answer = facilitator
        .post_form(page, "attendance/settle", &form)
        .await;
    let page = facilitator.get(&answer.location()).await;
    assert!(page.body.contains("Alguien marcó mientras usted decidía"));
    // Nothing chosen comes back to the form.
    let form = [("enrolment", "1"), ("session", "1"), ("seen", "4")];
    let refused = facilitator.post("attendance/settle", &form).await;
    assert_eq!(refused.error(), AppError::field("status", Fault::Missing));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_at_the_same_time_lose_nothing() {
    let app = TestApp::new().await;
    with_sql(&app, MORE_PEOPLE).await;
    let clients = [
        app.sign_in("facilitator").await,
        app.sign_in("coordinator").await,
    ];
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..24_usize {
        let client = clients[number % 2].clone();
        tasks.spawn(async move {
            let enrolment = ["1", "11", "12"][number % 3];
            let status = ["present", "absent"][number % 2];
            let key = format!("parallel-{number}");
            let form = [
                ("enrolment", enrolment),
                ("session", "1"),
                ("status", status),
                ("key", &key),
            ];
            client.post("attendance/mark", &form).await.status
        });
    }
    while let Some(status) = tasks.join_next().await {
        assert_eq!(status.expect("no panic"), StatusCode::OK);
    }
    assert_eq!(marks(&app).await, 24);
    let conflicts = "SELECT count(*) FROM attendance_standing WHERE conflict = 1";
    assert_eq!(app.count(conflicts).await, 3);
    projection_is_sound(&app).await;
}

#[tokio::test]
async fn the_grid_reads_every_cell_and_marks_the_rest_present() {
    let app = TestApp::new().await;
    with_sql(&app, MORE_PEOPLE).await;
    let facilitator = app.sign_in("facilitator").await;
    mark(&facilitator, "absent", "", "key-00001").await;
    let rest = facilitator
        .post("attendance/mark_rest", &[("session", "1")])
        .await;
    let cells: Vec<Cell> = serde_json::from_str(&rest.body).expect("cells");
    let told: Vec<_> = cells
        .iter()
        .map(|cell| (cell.enrolment.get(), cell.status, cell.minutes))
        .collect();
    assert_eq!(
        told,
        [
            (11, MarkStatus::Present, 240),
            (12, MarkStatus::Present, 240)
        ]
    );
    let again = facilitator
        .post("attendance/mark_rest", &[("session", "1")])
        .await;
    assert_eq!(again.body, "[]");
    let grid = facilitator
        .post("attendance/read_grid", &[("edition", "1")])
        .await;
    let cells: Vec<Cell> = serde_json::from_str(&grid.body).expect("cells");
    let told: Vec<_> = cells
        .iter()
        .map(|cell| (cell.enrolment.get(), cell.status))
        .collect();
    assert_eq!(
        told,
        [
            (1, MarkStatus::Absent),
            (11, MarkStatus::Present),
            (12, MarkStatus::Present)
        ]
    );
    projection_is_sound(&app).await;
}

#[tokio::test]
async fn a_session_that_changes_its_length_carries_its_minutes_along() {
    let app = TestApp::new().await;
    with_sql(&app, MORE_PEOPLE).await;
    let facilitator = app.sign_in("facilitator").await;
    facilitator
        .post("attendance/mark_rest", &[("session", "1")])
        .await;
    let partial = [
        ("enrolment", "1"),
        ("session", "1"),
        ("status", "partial"),
        ("minutes", "200"),
        ("key", "key-00001"),
    ];
    facilitator.post("attendance/mark", &partial).await;
    let minutes = "SELECT sum(minutes) FROM attendance_standing";
    assert_eq!(app.count(minutes).await, 200 + 240 + 240);
    with_sql(
        &app,
        "UPDATE sessions SET planned_minutes = 180 WHERE id = 1",
    )
    .await;
    assert_eq!(app.count(minutes).await, 3 * 180);
    projection_is_sound(&app).await;
    with_sql(
        &app,
        "UPDATE sessions SET planned_minutes = 300 WHERE id = 1",
    )
    .await;
    assert_eq!(app.count(minutes).await, 200 + 300 + 300);
    projection_is_sound(&app).await;
}

#[tokio::test]
async fn a_projection_changed_by_hand_is_found() {
    let app = TestApp::new().await;
    with_sql(&app, MORE_PEOPLE).await;
    let facilitator = app.sign_in("facilitator").await;
    facilitator
        .post("attendance/mark_rest", &[("session", "1")])
        .await;
    with_sql(
        &app,
        "UPDATE attendance_standing SET minutes = 1 WHERE enrolment_id = 1;
         DELETE FROM attendance_standing WHERE enrolment_id = 12;",
    )
    .await;
    let mut connection = app.state.database.read().await.expect("a connection");
    let wrong = capacita::attendance::disagreements(&mut connection).await;
    let wrong: Vec<_> = wrong
        .expect("an answer")
        .into_iter()
        .map(|(enrolment, session)| (enrolment.get(), session.get()))
        .collect();
    assert_eq!(wrong, [(1, 1), (12, 1)]);
}

#[tokio::test]
async fn nobody_was_in_a_session_that_has_not_begun() {
    let app = TestApp::new().await;
    let facilitator = app.sign_in("facilitator").await;
    let mark = |status: &'static str| {
        let facilitator = facilitator.clone();
        async move {
            let key = format!("a-key-of-this-test-{status}");
            let form = [
                ("enrolment", "1"),
                ("session", "2"),
                ("status", status),
                ("seen", ""),
                ("key", key.as_str()),
            ];
            facilitator.post("attendance/mark", &form).await
        }
    };
    let ahead = AppError::Conflict(Reason::SessionNotBegun);
    // An hour and a second before, on the second, and what may be said at any time.
    app.execute("UPDATE sessions SET starts_at = '2026-11-21T16:00:01+00:00' WHERE id = 2")
        .await;
    for status in ["present", "late", "absent"] {
        assert_eq!(mark(status).await.error(), ahead, "{status}");
    }
    let rest = [("session", "2")];
    let rest = facilitator.post("attendance/mark_rest", &rest).await;
    assert_eq!(rest.error(), ahead);
    assert_eq!(marks(&app).await, 0);
    assert_eq!(mark("excused").await.status, StatusCode::OK);
    app.execute("UPDATE sessions SET starts_at = '2026-11-21T16:00:00+00:00' WHERE id = 2")
        .await;
    assert_eq!(mark("present").await.status, StatusCode::OK);
    assert_eq!(marks(&app).await, 2);
}
