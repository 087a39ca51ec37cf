//! Whatever is sent, and by whomever.

use axum::http::StatusCode;
use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};
use serde_json::{Value, json};

use super::{KEPT, app, mark, send, take, with};
use crate::test_app::TestApp;

#[tokio::test]
async fn a_wrong_token_hands_nothing_in() {
    let (app, facilitator) = app().await;
    let taken = take(&facilitator).await;
    for token in [
        "",
        "x",
        &"0".repeat(64),
        &taken["token"].as_str().expect("a token").to_uppercase(),
    ] {
        let body = json!({ "token": token, "device_now": 1, "marks": [mark(1, 1, "present")] });
        let answer = send(&app, body.to_string()).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert_eq!(answer.body, "no list has this token\n");
    }
    assert_eq!(app.count(KEPT).await, 0);
}

#[tokio::test]
async fn nothing_that_is_sent_breaks_the_server() {
    let (app, facilitator) = app().await;
    let taken = take(&facilitator).await;
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for (body, status) in [
        (String::new(), 422),
        ("{".to_owned(), 422),
        (deep, 422),
        ("x".repeat(513 * 1024), 413),
        (
            json!({ "token": taken["token"], "device_now": 1, "marks": vec![json!(1); 501] })
                .to_string(),
            422,
        ),
    ] {
        assert_eq!(send(&app, body).await.status.as_u16(), status);
    }
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
    ];
    let hostile = leaf.prop_recursive(4, 30, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::hash_map(".*", inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    });
    let fields: &'static [&str] = &[
        "uuid",
        "seq",
        "session",
        "enrolment",
        "code",
        "status",
        "minutes",
        "marked_at",
        "more",
    ];
    let one = (prop::sample::select(fields), hostile.clone(), any::<u64>());
    let case = (
        prop::collection::vec(one, 0..5),
        prop::option::weighted(0.1, hostile),
    );
    let mut runner = TestRunner::deterministic();
    for _ in 0..300 {
        let (marks, instead) = case.new_tree(&mut runner).expect("a case").current();
        let marks: Vec<Value> = marks
            .into_iter()
            .map(|(field, value, number)| with(mark(number % 0xffff, 1, "present"), field, value))
            .collect();
        let marks = instead.unwrap_or_else(|| Value::from(marks));
        let body =
            json!({ "token": taken["token"], "device_now": 1_800_000_000_000_i64, "marks": marks });
        let status = send(&app, body.to_string()).await.status.as_u16();
        assert!(matches!(status, 200 | 422), "{status}: {body}");
    }
}

/// Everything that a phone can change.
async fn everything(app: &TestApp) -> String {
    app.text(
        "SELECT (SELECT coalesce(group_concat(id || ' ' || enrolment_id || ' ' || session_id || ' ' || status
                     || ' ' || minutes || ' ' || marked_at), '') FROM attendance_marks) || ';'
             || (SELECT coalesce(group_concat(enrolment_id || ' ' || session_id || ' ' || mark_id || ' '
                     || conflict), '') FROM attendance_standing) || ';'
             || (SELECT coalesce(group_concat(uuid || ' ' || seq || ' ' || outcome || ' '
                     || coalesce(reason, '') || ' ' || corrected_at), '') FROM offline_marks)",
    )
    .await
}

#[tokio::test]
async fn whatever_was_handed_in_handing_it_in_again_changes_nothing() {
    let (app, facilitator) = app().await;
    let taken = take(&facilitator).await;
    let now = app.clock.now().timestamp_millis();
    let sound = (
        0..60_u64,
        prop::sample::select(vec![1_i64, 2, 3, 11, 12, 999]),
        prop::sample::select(vec!["present", "late", "partial", "excused", "absent"]),
        prop::option::of(0..300_i64),
        prop::sample::select(vec![1_i64, 1, 1, 1, 2, 3, 5, 99]),
        -200..4000_i64,
    )
        .prop_map(
            move |(number, enrolment, status, minutes, session, offset)| {
                let mark = with(mark(number, enrolment, status), "minutes", json!(minutes));
                let mark = with(mark, "session", json!(session));
                with(mark, "marked_at", json!(now + offset * 60_000))
            },
        );
    let odd = prop::sample::select(vec![
        json!(null),
        json!("x"),
        json!({}),
        with(mark(7, 1, "present"), "seq", json!(-1)),
        with(mark(8, 1, "present"), "code", json!("17-K7Q2M9XD4TFA3C5E")),
        with(
            mark(9, 1, "present"),
            "marked_at",
            json!(9_999_999_999_999_i64),
        ),
        with(mark(10, 1, "present"), "marked_at", json!(0)),
        with(mark(11, i64::MAX, "present"), "seq", json!(i64::MAX - 1)),
    ]);
    let one = prop_oneof![4 => sound, 1 => odd];
    let clocks = vec![
        0,
        now - 86_400_000,
        now,
        now + 86_400_000,
        9_999_999_999_999,
    ];
    let case = (
        prop::collection::vec(one, 0..8),
        prop::sample::select(clocks),
    );
    let mut runner = TestRunner::deterministic();
    for _ in 0..60 {
        let (marks, device_now) = case.new_tree(&mut runner).expect("a case").current();
        let body = json!({ "token": taken["token"], "device_now": device_now, "marks": marks });
        let first = send(&app, body.to_string()).await.status.as_u16();
        assert_eq!(first, 200, "{body}");
        let after = everything(&app).await;
        let second = send(&app, body.to_string()).await.status.as_u16();
        assert_eq!(second, 200, "{body}");
        assert_eq!(everything(&app).await, after, "{body}");
    }
    assert!(app.count(KEPT).await > 20);
}
