//! Attendance without a connection: lists taken along, marks handed in later, and what becomes of
//! those that a rule stands against.

mod disagree;
mod hostile;
mod many;
mod queue;
mod refusals;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use capacita::{check_in::personal_code, people::PersonId, server::secrets::hexadecimal};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::test_app::{Answer, Client, TestApp, now};

/// One more person in edition 1, as enrolment 11, and one who has withdrawn, as 12.
const MORE_PEOPLE: &str = "
    UPDATE editions SET seats = NULL WHERE id = 1;
    INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, institution_name, sex) VALUES
     (11, 1, 8, 'enrolled', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', NULL, 'f'),
     (12, 1, 2, 'withdrawn', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', NULL, 'm');";

async fn app() -> (TestApp, Client) {
    let app = TestApp::new().await;
    app.execute(MORE_PEOPLE).await;
    let facilitator = app.sign_in("facilitator").await;
    (app, facilitator)
}

/// Takes the list of session 1 along.
async fn take(client: &Client) -> Value {
    let form = [("session", "1"), ("phone", "Celular de campo")];
    let answer = client.post("offline/take", &form).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    serde_json::from_str(&answer.body).expect("JSON")
}

/// Sends anything, as nobody.
async fn send(app: &TestApp, body: impl Into<Body>) -> Answer {
    let request = Request::post("/api/offline/sync")
        .header(header::CONTENT_TYPE, "application/json")
        .body(body.into())
        .expect("a request");
    app.stranger().send(request).await
}

/// Hands marks in, from a phone whose clock is right.
async fn hand_in(app: &TestApp, taken: &Value, marks: &[Value]) -> Value {
    let device_now = app.clock.now().timestamp_millis();
    let body = json!({ "token": taken["token"], "device_now": device_now, "marks": marks });
    let answer = send(app, body.to_string()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    serde_json::from_str(&answer.body).expect("JSON")
}

fn uuid(number: u64) -> String {
    format!("00000000-0000-4000-8000-{number:012x}")
}

/// A mark of session 1, said at the beginning of the tests' day.
fn mark(number: u64, enrolment: i64, status: &str) -> Value {
    json!({
        "uuid": uuid(number), "seq": number, "session": 1, "enrolment": enrolment,
        "status": status, "minutes": null, "marked_at": now().timestamp_millis(),
    })
}

fn with(mut mark: Value, field: &str, value: Value) -> Value {
    mark[field] = value;
    mark
}

/// "outcome" or "outcome reason" of each mark.
fn outcomes(answer: &Value) -> Vec<String> {
    let one = |mark: &Value| match (mark["outcome"].as_str(), mark["reason"].as_str()) {
        (Some(outcome), Some(reason)) => format!("{outcome} {reason}"),
        (Some(outcome), None) => outcome.to_owned(),
        (None, _) => mark["status"].to_string(),
    };
    let marks = answer["marks"].as_array().expect("marks");
    marks.iter().map(one).collect()
}

/// "enrolment status minutes conflict" of every cell of session 1.
async fn cells(app: &TestApp) -> String {
    app.text(
        "SELECT coalesce(group_concat(enrolment_id || ' ' || status || ' ' || minutes || ' ' || conflict, ', '), '')
         FROM (SELECT * FROM attendance_standing WHERE session_id = 1 ORDER BY enrolment_id)",
    )
    .await
}

const KEPT: &str = "SELECT count(*) FROM offline_marks";
const MARKS: &str = "SELECT count(*) FROM attendance_marks";

#[tokio::test]
async fn a_list_leaves_with_names_and_no_more() {
    let (app, facilitator) = app().await;
    let taken = take(&facilitator).await;
    let token = taken["token"].as_str().expect("a token");
    assert_eq!(token.len(), 64);
    let code = |person| {
        let token = personal_code::token(&app.state.secrets, PersonId::new(person), 0);
        hexadecimal(&Sha256::digest(token.as_bytes())[..16])
    };
    let minute = 60_000;
    let now = now().timestamp_millis();
    let expected = json!({
        "roster": 1, "token": token, "session": 1, "title": "Primera", "planned": 240,
        "opens_at": now - 120 * minute, "late_after": now - 45 * minute, "server_now": now,
        // A day after the session's end at 13:00 in Lima.
        "expires_at": now + 27 * 60 * minute,
        "people": [
            { "enrolment": 1, "name": "Núñez Quispe, Rosa", "code": code(5), "status": "not_taken", "minutes": 0 },
            { "enrolment": 11, "name": "Sin Cuenta, Wari", "code": code(8), "status": "not_taken", "minutes": 0 },
        ],
    });
    assert_eq!(taken, expected);
    let readable = "SELECT count(*) FROM offline_rosters WHERE length(token_hash) <> 32";
    assert_eq!(app.count(readable).await, 0);
    let page = facilitator.get("/sessions/1/offline").await.html();
    assert!(page.contains("Celular de campo") && page.contains("Guardada hasta"));
    let account = facilitator.get("/me/account").await.html();
    assert!(account.contains("Celular de campo"));

    // Before there is anything to mark, and after the edition is closed, nothing leaves.
    let far = [("session", "2"), ("phone", "Celular")];
    assert_eq!(
        facilitator.post("offline/take", &far).await.status,
        StatusCode::CONFLICT
    );
    let nameless = [("session", "1"), ("phone", " ")];
    assert_eq!(
        facilitator.post("offline/take", &nameless).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    app.execute("UPDATE editions SET state = 'closed' WHERE id = 1")
        .await;
    let closed = [("session", "1"), ("phone", "Celular")];
    assert_eq!(
        facilitator.post("offline/take", &closed).await.status,
        StatusCode::CONFLICT
    );
}

#[tokio::test]
async fn marks_come_in_once_and_say_when_they_were_made() {
    let (app, facilitator) = app().await;
    let taken = take(&facilitator).await;
    app.clock.advance(chrono::Duration::hours(20));
    let ms = now().timestamp_millis();
    let marks = [
        with(mark(1, 1, "present"), "marked_at", json!(ms + 600_000)),
        with(
            with(mark(2, 11, "partial"), "minutes", json!(90)),
            "marked_at",
            json!(ms + 700_000),
        ),
        with(mark(3, 1, "late"), "marked_at", json!(ms + 900_500)),
    ];
    let answer = hand_in(&app, &taken, &marks).await;
    assert_eq!(outcomes(&answer), ["applied", "applied", "applied"]);
    assert_eq!(answer["revoked"], json!(false));
    let stands = "1 late 240 0, 11 partial 90 0";
    assert_eq!(cells(&app).await, stands);
    let said = "SELECT group_concat(source || ' ' || account_id || ' ' || marked_at, ', ')
        FROM (SELECT * FROM attendance_marks ORDER BY id)";
    assert_eq!(
        app.text(said).await,
        "offline 4 2026-11-21T15:10:00+00:00, offline 4 2026-11-21T15:11:40+00:00, \
         offline 4 2026-11-21T15:15:00+00:00"
    );
    let written = app.count("SELECT count(*) FROM audit_events").await;

    // Again, in another order, in other company, from a phone whose clock was set since.
    let again = [
        marks[2].clone(),
        marks[0].clone(),
        marks[2].clone(),
        marks[1].clone(),
    ];
    for _ in 0..3 {
        let answer = hand_in(&app, &taken, &again).await;
        assert_eq!(outcomes(&answer), ["applied"; 4]);
    }
    assert_eq!(cells(&app).await, stands);
    assert_eq!((app.count(KEPT).await, app.count(MARKS).await), (3, 3));
    assert_eq!(
        app.count("SELECT count(*) FROM audit_events").await,
        written
    );
}

#[tokio::test]
async fn a_phone_whose_clock_is_wrong_is_put_right() {
    let (app, facilitator) = app().await;
    let taken = take(&facilitator).await;
    app.clock.advance(chrono::Duration::hours(2));
    // Three years behind: said an hour ago by its own clock.
    let device_now = now().timestamp_millis() - 94_608_000_000;
    let marks = [with(
        mark(1, 1, "present"),
        "marked_at",
        json!(device_now - 3_600_000),
    )];
    let body = json!({ "token": taken["token"], "device_now": device_now, "marks": marks });
    let answer = send(&app, body.to_string()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let at = app.text("SELECT marked_at FROM attendance_marks").await;
    assert_eq!(at, "2026-11-21T16:00:00+00:00");
}

#[tokio::test]
async fn what_its_maker_said_before_moves_nothing() {
    let (app, facilitator) = app().await;
    let phone = take(&facilitator).await;
    let other_phone = take(&facilitator).await;
    app.clock.advance(chrono::Duration::hours(1));
    let at = |minutes: i64| json!(now().timestamp_millis() + minutes * 60_000);
    let newer = [with(mark(9, 1, "absent"), "marked_at", at(30))];
    assert_eq!(outcomes(&hand_in(&app, &phone, &newer).await), ["applied"]);
    let older = [
        with(mark(1, 1, "present"), "marked_at", at(10)),
        with(mark(2, 11, "present"), "marked_at", at(11)),
    ];
    assert_eq!(
        outcomes(&hand_in(&app, &phone, &older).await),
        ["superseded", "applied"]
    );
    // The same account on another phone is the same marker.
    let older = [with(
        with(mark(20, 1, "late"), "seq", json!(1)),
        "marked_at",
        at(29),
    )];
    assert_eq!(
        outcomes(&hand_in(&app, &other_phone, &older).await),
        ["superseded"]
    );
    let newest = [with(
        with(mark(21, 1, "late"), "seq", json!(2)),
        "marked_at",
        at(31),
    )];
    assert_eq!(
        outcomes(&hand_in(&app, &other_phone, &newest).await),
        ["applied"]
    );
    // So is what it says online.
    let form = [
        ("enrolment", "11"),
        ("session", "1"),
        ("status", "absent"),
        ("key", "key-00001"),
    ];
    assert_eq!(
        facilitator.post("attendance/mark", &form).await.status,
        StatusCode::OK
    );
    let before = [with(mark(10, 11, "late"), "marked_at", at(59))];
    assert_eq!(
        outcomes(&hand_in(&app, &phone, &before).await),
        ["superseded"]
    );
    assert_eq!(cells(&app).await, "1 late 240 0, 11 absent 0 0");
    assert_eq!((app.count(KEPT).await, app.count(MARKS).await), (6, 4));
}

#[tokio::test]
async fn a_list_is_taken_back() {
    for how in [
        "owner",
        "coordinator",
        "elsewhere",
        "others",
        "disabled",
        "own sign-out",
    ] {
        let (app, facilitator) = app().await;
        let taken = take(&facilitator).await;
        let elsewhere = app.sign_in("facilitator").await;
        let (client, endpoint, form) = match how {
            "owner" => (elsewhere, "offline/revoke", vec![("roster", "1")]),
            "coordinator" => (
                app.sign_in("coordinator").await,
                "offline/revoke",
                vec![("roster", "1")],
            ),
            "elsewhere" => (elsewhere, "access/end_sign_in", vec![("sign_in", "1")]),
            "others" => (elsewhere, "access/end_other_sign_ins", vec![]),
            "disabled" => (
                app.sign_in("admin").await,
                "access/disable_account",
                vec![("account", "4")],
            ),
            _ => (facilitator.clone(), "access/sign_out", vec![]),
        };
        let done = client.post(endpoint, &form).await;
        assert_eq!(done.status, StatusCode::OK, "{how}: {}", done.body);
        let answer = hand_in(&app, &taken, &[mark(1, 1, "present")]).await;
        let revoked = how != "own sign-out";
        assert_eq!(answer["revoked"], json!(revoked), "{how}");
        let expected = if revoked {
            "refused revoked"
        } else {
            "applied"
        };
        assert_eq!(outcomes(&answer), [expected], "{how}");
    }
}

#[tokio::test]
async fn the_page_for_no_connection_says_nothing_of_anybody() {
    let (app, facilitator) = app().await;
    let page = app.stranger().get("/offline").await;
    assert!(!page.body.contains("Daniel"));
    let policy = page.headers[header::CONTENT_SECURITY_POLICY]
        .to_str()
        .expect("ASCII");
    assert!(policy.contains("worker-src 'self'"));
    assert!(
        page.headers["permissions-policy"]
            .to_str()
            .expect("ASCII")
            .contains("camera=(self)")
    );
    let roll = facilitator.get("/sessions/1/attendance").await;
    assert!(roll.body.contains("href=\"/sessions/1/offline\""));
}

/// The script names addresses that it cannot ask for.
#[test]
fn the_worker_names_the_addresses_of_today() {
    let worker = include_str!("../../public/service-worker.js");
    assert!(worker.contains(&format!("'{}'", capacita::paths::offline())));
    assert!(worker.contains("'/api/access/sign_out'"));
}
