//! The rules, each with what it refuses.

use axum::http::StatusCode;
use capacita::{check_in::personal_code, people::PersonId};
use serde_json::{Value, json};

use super::{KEPT, app, cells, hand_in, mark, outcomes, take, uuid, with};
use crate::test_app::now;

#[tokio::test]
async fn each_rule_refuses_and_what_it_refuses_is_kept() {
    let (app, facilitator) = app().await;
    // The facilitator of edition 1 takes part in it: nobody marks themselves.
    app.execute(
        "INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, institution_name, sex) VALUES
         (13, 1, 4, 'enrolled', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', NULL, 'm')",
    )
    .await;
    let taken = take(&facilitator).await;
    let code = |person| personal_code::token(&app.state.secrets, PersonId::new(person), 0);
    let by_code = |number, code: String| {
        let mark = with(mark(number, 1, "present"), "code", json!(code));
        with(mark, "enrolment", Value::Null)
    };
    let cases = [
        (
            with(mark(1, 1, "present"), "session", json!(3)),
            "refused foreign_session",
        ),
        (
            with(mark(2, 1, "present"), "session", json!(999)),
            "refused foreign_session",
        ),
        (mark(3, 2, "present"), "refused not_enrolled"),
        (mark(4, 12, "present"), "refused not_enrolled"),
        (mark(5, 999, "present"), "refused not_enrolled"),
        (by_code(6, code(6)), "refused not_enrolled"),
        (
            by_code(7, "5-0000000000000000".to_owned()),
            "refused unknown_code",
        ),
        (by_code(8, "hola".to_owned()), "refused unknown_code"),
        (mark(9, 13, "present"), "refused own_record"),
        (mark(10, 1, "partial"), "refused bad_minutes"),
        (
            with(mark(11, 1, "partial"), "minutes", json!(0)),
            "refused bad_minutes",
        ),
        (
            with(mark(12, 1, "partial"), "minutes", json!(240)),
            "refused bad_minutes",
        ),
        (by_code(13, code(8)), "applied"),
        (with(mark(14, 1, "nada"), "x", json!(1)), "422"),
    ];
    let marks: Vec<Value> = cases.iter().map(|(mark, _)| mark.clone()).collect();
    let expected: Vec<&str> = cases.iter().map(|(_, outcome)| *outcome).collect();
    for _ in 0..2 {
        let answer = hand_in(&app, &taken, &marks).await;
        assert_eq!(outcomes(&answer), expected);
        assert_eq!(
            answer["marks"][13],
            json!({ "uuid": uuid(14), "status": 422 })
        );
    }
    assert_eq!(cells(&app).await, "11 present 240 0");
    assert_eq!(app.count(KEPT).await, 13);
    let sealed = "SELECT count(*) FROM offline_marks WHERE instr(code, '6-')";
    assert_eq!(app.count(sealed).await, 0, "codes are sealed");

    // Who sends from elsewhere a mark of this phone is told nothing of it.
    let other = take(&facilitator).await;
    assert_eq!(
        outcomes(&hand_in(&app, &other, &marks[2..3]).await),
        ["422"]
    );
    let key = uuid(77);
    let form = [
        ("enrolment", "1"),
        ("session", "1"),
        ("status", "absent"),
        ("key", key.as_str()),
    ];
    assert_eq!(
        facilitator.post("attendance/mark", &form).await.status,
        StatusCode::OK
    );
    assert_eq!(
        outcomes(&hand_in(&app, &other, &[mark(77, 1, "present")]).await),
        ["422"]
    );

    app.execute("UPDATE editions SET state = 'closed' WHERE id = 1")
        .await;
    let closed = hand_in(&app, &taken, &[mark(20, 1, "present")]).await;
    assert_eq!(outcomes(&closed), ["refused edition_closed"]);
    app.execute("UPDATE editions SET state = 'running' WHERE id = 1; DELETE FROM edition_facilitators WHERE edition_id = 1").await;
    let gone = hand_in(&app, &taken, &[mark(21, 1, "present")]).await;
    assert_eq!(outcomes(&gone), ["refused not_allowed"]);
}

#[tokio::test]
async fn what_was_said_outside_the_window_is_refused() {
    let (app, facilitator) = app().await;
    app.execute(
        "UPDATE sessions SET starts_at = '2026-11-21T18:00:00+00:00', ends_at = '2026-11-21T22:00:00+00:00' WHERE id = 1",
    )
    .await;
    let taken = take(&facilitator).await;
    app.clock.advance(chrono::Duration::hours(40));
    let at = |seconds: i64| json!(now().timestamp_millis() + seconds * 1000);
    let hour = 3600;
    let marks = [
        with(mark(1, 1, "present"), "marked_at", at(2 * hour - 1)),
        with(mark(2, 11, "excused"), "marked_at", at(2 * hour - 1)),
        with(mark(3, 1, "present"), "marked_at", at(2 * hour)),
        // The list is good until a day after the session.
        with(mark(4, 11, "absent"), "marked_at", at(31 * hour)),
        with(mark(5, 11, "present"), "marked_at", at(31 * hour + 1)),
        with(mark(6, 11, "partial"), "marked_at", at(31 * hour + 1)),
    ];
    let answer = hand_in(&app, &taken, &marks).await;
    assert_eq!(
        outcomes(&answer),
        [
            "refused too_early",
            "applied",
            "applied",
            "applied",
            "refused too_late",
            "refused too_late"
        ]
    );
}
