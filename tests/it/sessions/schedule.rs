//! Adding, changing and deleting sessions.

use axum::http::StatusCode;
use capacita::error::{AppError, Fault, Reason};

use crate::{
    courses::{Form, done, refuses, with},
    test_app::TestApp,
};

fn meeting() -> Form<'static> {
    vec![
        ("edition", "1"),
        ("title", "Tercera"),
        ("modality", "hybrid"),
        ("date", "2026-12-05"),
        ("start", "09:00"),
        ("end", "13:00"),
        ("planned_minutes", ""),
        ("venue", "Sala 2"),
        ("meeting_link", "https://reunion.example.pe/abc"),
        ("facilitator", "4"),
    ]
}

fn series() -> Form<'static> {
    vec![
        ("edition", "1"),
        ("title", "Práctica"),
        ("modality", "live_online"),
        ("tue", "true"),
        ("thu", "true"),
        ("from", "2026-11-21"),
        ("until", "2026-12-05"),
        ("start", "18:00"),
        ("end", "20:00"),
        ("planned_minutes", "110"),
    ]
}

#[tokio::test]
async fn a_session_is_added_changed_and_deleted() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let added = coordinator
        .post_form(
            "/editions/1/sessions?add=meeting",
            "sessions/create_meeting",
            &meeting(),
        )
        .await;
    assert!(added.location().starts_with("/editions/1/sessions?kept="));
    let kept = "SELECT title || ' ' || modality || ' ' || starts_at || ' ' || ends_at || ' '
                       || planned_minutes || ' ' || (SELECT name FROM venues WHERE id = venue_id)
                       || ' ' || facilitator_id || ' ' || held_on
                FROM sessions WHERE id = 6";
    assert_eq!(
        app.text(kept).await,
        "Tercera hybrid 2026-12-05T14:00:00+00:00 2026-12-05T18:00:00+00:00 240 Sala 2 4 2026-12-05"
    );
    let edit = coordinator.get("/sessions/6/edit").await.html();
    for shown in [
        "value=\"09:00\"",
        "value=\"13:00\"",
        "value=\"240\"",
        "value=\"Sala 2\"",
    ] {
        assert!(edit.contains(shown), "{shown}");
    }
    let change = with(
        &meeting(),
        &[
            ("session", "6"),
            ("version", "1"),
            ("start", "22:30"),
            ("end", "23:59"),
            ("venue", ""),
        ],
    );
    done(&coordinator.post("sessions/update_meeting", &change).await);
    let late = coordinator.post("sessions/update_meeting", &change).await;
    assert_eq!(late.error(), Reason::ChangedMeanwhile.into());
    // Late at night in Lima is the next day in UTC, but not another day of the session.
    let night = "SELECT held_on || ' ' || starts_at || ' ' || (venue_id IS NULL) FROM sessions WHERE id = 6";
    assert_eq!(
        app.text(night).await,
        "2026-12-05 2026-12-06T03:30:00+00:00 1"
    );

    done(
        &coordinator
            .post("sessions/delete", &[("session", "6")])
            .await,
    );
    let gone = coordinator
        .post("sessions/delete", &[("session", "6")])
        .await;
    assert_eq!(gone.error(), AppError::NotFound);
    assert_eq!(
        app.text(
            "SELECT group_concat(action, ' ') FROM audit_events WHERE subject_kind = 'session'"
        )
        .await,
        "session_create session_update session_delete"
    );
}

#[tokio::test]
async fn what_a_session_refuses() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let title = "a".repeat(201);
    let long = Fault::OutOfRange { min: 1, max: 240 };
    let cases: &[(&[(&str, &str)], &str, Fault)] = &[
        (&[("title", "")], "title", Fault::Missing),
        (&[("title", &title)], "title", Fault::TooLong { max: 200 }),
        (
            &[("modality", "self_paced")],
            "modality",
            Fault::UnknownChoice,
        ),
        (&[("date", "2026-11-20")], "date", Fault::OutsideEdition),
        (&[("date", "2026-12-06")], "date", Fault::OutsideEdition),
        (&[("date", "")], "date", Fault::Missing),
        (&[("start", "9")], "start", Fault::NotATime),
        (&[("end", "09:00")], "end", Fault::EndBeforeStart),
        (&[("end", "24:00")], "end", Fault::NotATime),
        (&[("planned_minutes", "0")], "planned_minutes", long.clone()),
        (&[("planned_minutes", "241")], "planned_minutes", long),
        (
            &[("planned_minutes", "x")],
            "planned_minutes",
            Fault::NotANumber,
        ),
        (
            &[("meeting_link", "http://reunion.example.pe")],
            "meeting_link",
            Fault::NotALink,
        ),
        (
            &[("meeting_link", "javascript:alert(1)")],
            "meeting_link",
            Fault::NotALink,
        ),
        // A person who does not teach here.
        (&[("facilitator", "6")], "facilitator", Fault::UnknownChoice),
        (
            &[("facilitator", "999")],
            "facilitator",
            Fault::UnknownChoice,
        ),
    ];
    refuses(&coordinator, "sessions/create_meeting", &meeting(), cases).await;
    for edition in ["999", "x", ""] {
        let answer = coordinator
            .post(
                "sessions/create_meeting",
                &with(&meeting(), &[("edition", edition)]),
            )
            .await;
        assert_eq!(answer.error(), AppError::NotFound, "{edition}");
    }
    assert_eq!(app.count("SELECT count(*) FROM sessions").await, 5);
}

#[tokio::test]
async fn a_series_is_added_as_a_whole_or_not_at_all() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    refuses(
        &coordinator,
        "sessions/create_series",
        &series(),
        &[
            (&[("tue", "-"), ("thu", "-")], "mon", Fault::Missing),
            (&[("until", "2026-12-06")], "until", Fault::OutsideEdition),
            (
                &[("from", "2026-12-04"), ("until", "2026-12-03")],
                "until",
                Fault::EndBeforeStart,
            ),
            (
                &[("from", "2026-11-21"), ("until", "2026-11-23")],
                "until",
                Fault::NoSuchDay,
            ),
            (&[("end", "17:59")], "end", Fault::EndBeforeStart),
            (
                &[("planned_minutes", "121")],
                "planned_minutes",
                Fault::OutOfRange { min: 1, max: 120 },
            ),
            (&[("facilitator", "7")], "facilitator", Fault::UnknownChoice),
        ],
    )
    .await;
    assert_eq!(app.count("SELECT count(*) FROM sessions").await, 5);
    let added = coordinator
        .post_form("/editions/1/sessions", "sessions/create_series", &series())
        .await;
    let page = coordinator.get(&added.location()).await;
    assert!(
        page.notice().contains("Se agregaron 4 sesiones."),
        "{}",
        page.notice()
    );
    let kept = "SELECT group_concat(title || ' ' || held_on || ' ' || planned_minutes, ', ')
                FROM sessions WHERE id > 5";
    assert_eq!(
        app.text(kept).await,
        "Práctica 1 2026-11-24 110, Práctica 2 2026-11-26 110, \
         Práctica 3 2026-12-01 110, Práctica 4 2026-12-03 110"
    );
    assert_eq!(
        app.count("SELECT count(*) FROM audit_events WHERE action = 'session_create'")
            .await,
        4
    );
}

#[tokio::test]
async fn units_are_open_for_whole_days_and_stay_units() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let unit = [
        ("edition", "4"),
        ("title", "Segunda unidad"),
        ("opens_on", "2026-12-01"),
        ("closes_on", "2026-12-31"),
        ("planned_minutes", "90"),
    ];
    refuses(
        &coordinator,
        "sessions/create_unit",
        &unit,
        &[
            (
                &[("opens_on", "2026-10-31")],
                "opens_on",
                Fault::OutsideEdition,
            ),
            (
                &[("closes_on", "2027-01-01")],
                "closes_on",
                Fault::OutsideEdition,
            ),
            (
                &[("closes_on", "2026-11-30")],
                "closes_on",
                Fault::EndBeforeStart,
            ),
            (
                &[("planned_minutes", "")],
                "planned_minutes",
                Fault::Missing,
            ),
        ],
    )
    .await;
    let added = coordinator
        .post_form(
            "/editions/4/sessions?add=unit",
            "sessions/create_unit",
            &unit,
        )
        .await;
    assert!(added.location().starts_with("/sessions/6/steps?kept="));
    let kept = "SELECT starts_at || ' ' || ends_at FROM sessions WHERE id = 6";
    assert_eq!(
        app.text(kept).await,
        "2026-12-01T05:00:00+00:00 2027-01-01T04:59:00+00:00"
    );
    let change = with(
        &unit,
        &[("session", "6"), ("version", "1"), ("title", "Otra")],
    );
    done(&coordinator.post("sessions/update_unit", &change).await);
    let as_meeting = with(&meeting(), &[("session", "6"), ("version", "2")]);
    let answer = coordinator
        .post("sessions/update_meeting", &as_meeting)
        .await;
    assert_eq!(answer.error(), AppError::NotFound);
    let as_unit = with(&unit, &[("session", "1"), ("version", "1")]);
    let answer = coordinator.post("sessions/update_unit", &as_unit).await;
    assert_eq!(answer.error(), AppError::NotFound);
}

#[tokio::test]
async fn what_was_attended_stays() {
    let app = TestApp::new().await;
    let facilitator = app.sign_in("facilitator").await;
    let mark = [
        ("enrolment", "1"),
        ("session", "1"),
        ("status", "present"),
        ("key", "schedule-key-1"),
    ];
    done(&facilitator.post("attendance/mark", &mark).await);
    let coordinator = app.sign_in("coordinator").await;
    let answer = coordinator
        .post("sessions/delete", &[("session", "1")])
        .await;
    assert_eq!(answer.error(), Reason::InUse.into());
    // Whoever attended all of it attends all of it still; 181 of 180 minutes nobody attended.
    let shorter = with(
        &meeting(),
        &[
            ("session", "1"),
            ("version", "1"),
            ("date", "2026-11-21"),
            ("end", "12:00"),
        ],
    );
    let partial = [
        ("enrolment", "1"),
        ("session", "1"),
        ("status", "partial"),
        ("minutes", "181"),
        ("seen", "1"),
        ("key", "schedule-key-2"),
    ];
    done(&facilitator.post("attendance/mark", &partial).await);
    let answer = coordinator.post("sessions/update_meeting", &shorter).await;
    let fault = Fault::OutOfRange {
        min: 181,
        max: 6000,
    };
    assert_eq!(answer.error(), AppError::field("planned_minutes", fault));
    assert_eq!(
        app.count("SELECT count(*) FROM sessions WHERE id = 1 AND version = 1")
            .await,
        1
    );
    let present = with(
        &partial,
        &[
            ("status", "present"),
            ("seen", "2"),
            ("key", "schedule-key-3"),
        ],
    );
    done(&facilitator.post("attendance/mark", &present).await);
    done(&coordinator.post("sessions/update_meeting", &shorter).await);
    assert_eq!(
        app.count("SELECT minutes FROM attendance_standing").await,
        180
    );
}

#[tokio::test]
async fn where_a_session_meets_online_is_for_those_inside() {
    let app = TestApp::new().await;
    app.execute("UPDATE sessions SET meeting_link = 'https://reunion.example.pe/abc' WHERE id = 1")
        .await;
    let link = "https://reunion.example.pe/abc";
    for (who, sees) in [
        ("participant", true),
        ("facilitator", true),
        ("coordinator", true),
        ("other", false),
        ("manager", false),
        ("stranger-coordinator", false),
    ] {
        let body = app.sign_in(who).await.get("/editions/1").await.body;
        assert_eq!(body.contains(link), sees, "{who}");
    }
    assert!(!app.stranger().get("/editions/1").await.body.contains(link));
}

#[tokio::test]
async fn the_schedule_says_how_sessions_add_up_and_offers_one_form() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let page = coordinator.get("/editions/1/sessions").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.body
            .contains("Las sesiones suman 8 h: lo previsto en el curso.")
    );
    for (add, action) in [
        ("", "sessions/create_series"),
        ("?add=series", "sessions/create_series"),
        ("?add=meeting", "sessions/create_meeting"),
        ("?add=unit", "sessions/create_unit"),
    ] {
        let body = coordinator
            .get(&format!("/editions/1/sessions{add}"))
            .await
            .body;
        assert_eq!(body.matches("action=\"/api/sessions/").count(), 1, "{add}");
        assert!(body.contains(&format!("action=\"/api/{action}\"")), "{add}");
    }
    let facilitator = app.sign_in("facilitator").await;
    let body = facilitator.get("/editions/1/sessions").await.body;
    assert!(!body.contains("/api/sessions/") && !body.contains("/api/courses/"));
}
