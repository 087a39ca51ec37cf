//! Checking in by phone: the room's code, one's own code, and what stands in the way.

mod badges;
mod burst;
mod personal;
mod walk_in;

use axum::http::{StatusCode, header};
use capacita::{
    check_in::room_code::{Kind, code},
    error::{AppError, Fault, Reason},
    sessions::SessionId,
};
use chrono::{Duration, TimeZone as _, Utc};

use crate::test_app::{Answer, Client, TestApp};

/// The code on the screen of a session now.
fn on_screen(app: &TestApp, kind: Kind, session: i64) -> String {
    let secrets = &app.state.secrets;
    code(secrets, kind, SessionId::new(session), app.clock.now())
}

async fn check_in(client: &Client, session: &str, code: &str) -> Answer {
    let form = [("session", session), ("code", code)];
    client.post("check_in/check_in", &form).await
}

async fn type_code(client: &Client, code: &str) -> Answer {
    client.post("check_in/type_code", &[("code", code)]).await
}

/// "status source account" of every mark of enrolment 1 in session 1, in their order.
async fn marks(app: &TestApp) -> String {
    app.text(
        "SELECT coalesce(group_concat(status || ' ' || source || ' ' || account_id, ', '), '')
         FROM (SELECT * FROM attendance_marks WHERE enrolment_id = 1 AND session_id = 1 ORDER BY id)",
    )
    .await
}

/// The standing of enrolment 1 in session 1, and whether it is disputed.
async fn stands(app: &TestApp) -> String {
    app.text(
        "SELECT coalesce(max(status || ' ' || conflict), 'none') FROM attendance_standing
         WHERE enrolment_id = 1 AND session_id = 1",
    )
    .await
}

/// The fixture at ten past nine: session 1 began ten minutes ago.
async fn at_ten_past() -> TestApp {
    let app = TestApp::new().await;
    app.clock.advance(Duration::minutes(-50));
    app.execute("DELETE FROM walk_ins").await;
    app
}

#[tokio::test]
async fn who_scans_the_rooms_code_sees_what_it_is_and_registers() {
    let app = at_ten_past().await;
    let rosa = app.sign_in("participant").await;
    let scanned = on_screen(&app, Kind::Scanned, 1);
    let address = format!("/check-in/1/{scanned}");
    // Signed out: first sign in, then back to the same place.
    let stranger = app.stranger().get(&address).await;
    assert_eq!(stranger.status, StatusCode::FOUND);
    let next = format!("/sign-in?next=%2Fcheck-in%2F1%2F{scanned}");
    assert_eq!(stranger.location(), next);

    let page = rosa.get(&address).await;
    assert_eq!(page.status, StatusCode::OK);
    for words in ["Cadena de custodia", "Primera", "Registrar mi asistencia"] {
        assert!(page.body.contains(words), "{words}");
    }
    assert_eq!(marks(&app).await, "", "a page changes nothing");

    let done = check_in(&rosa, "1", &scanned).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert_eq!(marks(&app).await, "present room_code 5");
    assert_eq!(stands(&app).await, "present 0");
    let page = rosa.get(&done.location()).await;
    assert!(page.body.contains("Su asistencia quedó registrada."));
    assert!(page.body.contains("Presente, registrada a las 9:10"));

    // Once more, later: nothing changes, and it says since when.
    app.clock.advance(Duration::minutes(20));
    let scanned = on_screen(&app, Kind::Scanned, 1);
    let page = rosa.get(&format!("/check-in/1/{scanned}")).await;
    let already = "Su asistencia a «Primera» ya estaba registrada a las 9:10: Presente.";
    assert!(page.body.contains(already), "{}", page.body);
    let again = check_in(&rosa, "1", &scanned).await;
    assert_eq!(again.status, StatusCode::OK);
    assert_eq!(marks(&app).await, "present room_code 5");
}

#[tokio::test]
async fn the_status_follows_from_the_time() {
    // Session 1 is from 14:00 to 18:00 UTC.
    for (hour, minute, second, outcome) in [
        (12, 59, 59, "ahead"),
        (13, 0, 0, "present"),
        (14, 15, 0, "present"),
        (14, 15, 1, "late"),
        (17, 59, 59, "late"),
        (18, 0, 0, "over"),
    ] {
        let app = TestApp::new().await;
        let wanted = Utc.with_ymd_and_hms(2026, 11, 21, hour, minute, second);
        let wanted = wanted.single().expect("a time");
        app.clock.advance(wanted - app.clock.now());
        let rosa = app.sign_in("participant").await;
        let scanned = on_screen(&app, Kind::Scanned, 1);
        let done = check_in(&rosa, "1", &scanned).await;
        match outcome {
            "ahead" => {
                let opens_at = wanted + Duration::seconds(1);
                assert_eq!(done.error(), Reason::CheckInAhead { opens_at }.into());
            }
            "over" => assert_eq!(done.error(), Reason::CheckInOver.into()),
            status => {
                assert_eq!(marks(&app).await, format!("{status} room_code 5"));
                continue;
            }
        }
        assert_eq!(marks(&app).await, "", "{wanted}");
    }
}

#[tokio::test]
async fn an_old_code_and_the_code_of_another_session_are_refused() {
    let app = at_ten_past().await;
    let rosa = app.sign_in("participant").await;
    let (first, typed) = (
        on_screen(&app, Kind::Scanned, 1),
        on_screen(&app, Kind::Typed, 1),
    );
    app.clock.advance(Duration::seconds(60));
    let changed: AppError = Reason::RoomCodeChanged.into();
    assert_eq!(check_in(&rosa, "1", &first).await.error(), changed);
    let page = rosa.get(&format!("/check-in/1/{first}")).await;
    assert_eq!(page.status, StatusCode::GONE);
    assert!(page.body.contains("Escanee el que se ve ahora"));
    let wrong = AppError::field("code", Fault::CodeNotNow);
    assert_eq!(type_code(&rosa, &typed).await.error(), wrong);
    let (now, second) = (
        on_screen(&app, Kind::Typed, 1),
        on_screen(&app, Kind::Scanned, 2),
    );
    for code in [second.as_str(), now.as_str(), "", "x", "1' OR 1=1 --"] {
        assert_eq!(check_in(&rosa, "1", code).await.error(), changed, "{code}");
    }
    assert_eq!(marks(&app).await, "");
    // The one just before the present is still taken.
    let before = on_screen(&app, Kind::Scanned, 1);
    app.clock.advance(Duration::seconds(30));
    assert_eq!(check_in(&rosa, "1", &before).await.status, StatusCode::OK);
}

#[tokio::test]
async fn each_rule_has_its_own_sentence() {
    for (sql, reason, words) in [
        (
            "UPDATE enrolments SET state = 'withdrawn' WHERE id = 1",
            Reason::CheckInWithdrawn,
            "Usted se retiró de este curso.",
        ),
        (
            "UPDATE enrolments SET state = 'waiting' WHERE id = 1",
            Reason::CheckInNoSeat,
            "todavía no está confirmada",
        ),
        (
            "DELETE FROM enrolment_events WHERE enrolment_id = 1; DELETE FROM enrolments WHERE id = 1",
            Reason::CheckInNotEnrolled,
            "Usted no tiene inscripción en este curso.",
        ),
        (
            "UPDATE editions SET state = 'closed' WHERE id = 1",
            Reason::CheckInEditionClosed,
            "Este curso ya terminó",
        ),
        (
            "UPDATE sessions SET modality = 'self_paced' WHERE id = 1",
            Reason::CheckInSelfPaced,
            "se estudia a su ritmo",
        ),
    ] {
        let app = at_ten_past().await;
        app.execute(sql).await;
        let rosa = app.sign_in("participant").await;
        let scanned = on_screen(&app, Kind::Scanned, 1);
        let page = rosa.get(&format!("/check-in/1/{scanned}")).await;
        assert_eq!(page.status, StatusCode::OK, "{reason:?}");
        assert!(page.body.contains(words), "{reason:?}: {}", page.body);
        assert!(!page.body.contains("action=\"/api/check_in/check_in\""));
        let refused = check_in(&rosa, "1", &scanned).await;
        assert_eq!(refused.error(), reason.into());
        assert_eq!(marks(&app).await, "");
    }
}

#[tokio::test]
async fn a_check_in_never_overrides_a_facilitators_mark() {
    let app = at_ten_past().await;
    let (facilitator, rosa) = (
        app.sign_in("facilitator").await,
        app.sign_in("participant").await,
    );
    let form = [
        ("enrolment", "1"),
        ("session", "1"),
        ("status", "absent"),
        ("key", "key-00001"),
    ];
    facilitator.post("attendance/mark", &form).await;
    let scanned = on_screen(&app, Kind::Scanned, 1);
    let done = check_in(&rosa, "1", &scanned).await;
    assert_eq!(done.status, StatusCode::OK);
    let both = "absent grid 4, present room_code 5";
    assert_eq!(marks(&app).await, both);
    assert_eq!(stands(&app).await, "absent 1");
    // Nor does she settle it by doing it again.
    check_in(&rosa, "1", &scanned).await;
    assert_eq!(
        (marks(&app).await.as_str(), stands(&app).await.as_str()),
        (both, "absent 1")
    );
    let disagreeing = app
        .count("SELECT count(*) FROM attendance_standing WHERE conflict")
        .await;
    assert_eq!(disagreeing, 1);
}

#[tokio::test]
async fn the_typed_code_finds_ones_own_session_and_tries_are_counted() {
    let app = at_ten_past().await;
    let (rosa, other) = (app.sign_in("participant").await, app.sign_in("other").await);
    let typed = on_screen(&app, Kind::Typed, 1);
    let wrong = AppError::field("code", Fault::CodeNotNow);
    // The code is right, but not of a session of hers.
    assert_eq!(type_code(&other, &typed).await.error(), wrong);
    for _ in 0..9 {
        assert_eq!(type_code(&rosa, "CDFHJK").await.error(), wrong);
    }
    let spaced = format!("{} {}", &typed[..3], typed[3..].to_lowercase());
    let done = type_code(&rosa, &spaced).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert_eq!(marks(&app).await, "present room_code 5");
    let page = rosa.get(&done.location()).await;
    let words = "Su asistencia a «Primera» quedó registrada a las 9:10: Presente.";
    assert!(page.notice().contains(words), "{}", page.notice());
    // It forgave what was counted; beyond ten one waits, whatever one types then.
    for _ in 0..10 {
        assert_eq!(type_code(&rosa, "CDFHJK").await.error(), wrong);
    }
    let waits = type_code(&rosa, "CDFHJK").await.error();
    assert_eq!(waits, Reason::TooManyAttempts { minutes: 1 }.into());
    assert_eq!(type_code(&rosa, &typed).await.error(), waits);
    // Others do not wait with her.
    assert_eq!(type_code(&other, "CDFHJK").await.error(), wrong);
}

#[tokio::test]
async fn the_rooms_page_shows_the_code_until_the_next() {
    let app = at_ten_past().await;
    app.clock.advance(Duration::seconds(12));
    let facilitator = app.sign_in("facilitator").await;
    let rosa = app.sign_in("participant").await;
    let page = facilitator.get("/sessions/1/room-code").await;
    let typed = on_screen(&app, Kind::Typed, 1);
    assert!(
        page.body
            .contains(&format!("{} {}", &typed[..3], &typed[3..]))
    );
    assert_eq!(page.headers[header::REFRESH], "18");
    assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");
    assert!(page.body.contains("0 de 1 ya llegaron"));
    assert!(!page.body.contains("type=\"module\""), "no script");
    check_in(&rosa, "1", &on_screen(&app, Kind::Scanned, 1)).await;
    let page = facilitator.get("/sessions/1/room-code").await;
    assert!(page.body.contains("1 de 1 ya llegaron"));
    // Outside its window it says when it opens, and shows no code.
    let ahead = facilitator.get("/sessions/2/room-code").await;
    assert!(ahead.body.contains("28 nov 2026, 8:00"), "{}", ahead.body);
    assert_eq!(ahead.headers[header::REFRESH], "300");
    let other = on_screen(&app, Kind::Typed, 2);
    assert!(!ahead.body.contains(&other[..3]) || !ahead.body.contains("room-code\""));
    app.clock.advance(Duration::hours(5));
    let over = facilitator.get("/sessions/1/room-code").await;
    assert!(over.body.contains("La sesión ya terminó"));
    assert!(!over.headers.contains_key(header::REFRESH));
}

#[tokio::test]
async fn only_the_scanner_may_ask_for_the_camera() {
    let app = at_ten_past().await;
    let facilitator = app.sign_in("facilitator").await;
    let scanner = facilitator.get("/sessions/1/scan").await;
    let policy = HEADER.clone();
    let allowed = scanner.headers[&policy].to_str().expect("ASCII");
    assert!(allowed.starts_with("camera=(self)"), "{allowed}");
    assert!(scanner.body.contains("/scan.js\""));
    for page in ["/sessions/1/room-code", "/sessions/2/scan", "/me/code", "/"] {
        let answer = facilitator.get(page).await;
        let value = answer.headers[&policy].to_str().expect("ASCII");
        assert!(value.starts_with("camera=()"), "{page}: {value}");
        assert!(!answer.body.contains("scan.js"), "{page}");
    }
}

/// What a page may use of a device.
static HEADER: header::HeaderName = header::HeaderName::from_static("permissions-policy");
