//! Calendar files, read back by a parser that is not ours.

use std::collections::BTreeMap;

use axum::http::{StatusCode, header};
use icalendar::parser::{read_calendar, unfold};

use super::done;
use crate::test_app::{Answer, Client, TestApp};

/// The lines of an event by their names.
type Event = BTreeMap<String, String>;

/// The events of a file that keeps to the standard.
fn events(answer: &Answer) -> Vec<Event> {
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(
        answer.headers[header::CONTENT_TYPE],
        "text/calendar; charset=utf-8"
    );
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    assert_eq!(answer.headers["x-robots-tag"], "noindex, nofollow");
    for line in answer.body.split_inclusive("\r\n") {
        let line = line.strip_suffix("\r\n").expect("the end of a line");
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
    }
    let text = unfold(&answer.body);
    let calendar = read_calendar(&text).expect("a calendar");
    let events = calendar.components.iter().map(|event| {
        assert_eq!(event.name.as_str(), "VEVENT");
        let lines = event.properties.iter();
        lines
            .map(|line| (line.name.to_string(), line.val.to_string()))
            .collect()
    });
    events.collect()
}

/// `summary start sequence status` of every event.
fn short(answer: &Answer) -> Vec<String> {
    let short = |event: &Event| {
        let value = |name: &str| event[name].as_str();
        format!(
            "{}|{}|{}|{}",
            value("SUMMARY"),
            value("DTSTART"),
            value("SEQUENCE"),
            value("STATUS")
        )
    };
    events(answer).iter().map(short).collect()
}

/// The address of somebody's own calendar, as their page shows it; none when there is none.
async fn address(client: &Client) -> Option<String> {
    let page = client.get("/me/calendar").await;
    assert_eq!(page.status, StatusCode::OK);
    let (_, rest) = page.body.split_once(">http://127.0.0.1:3000/calendar/")?;
    Some(format!("/calendar/{}", rest.split('<').next()?))
}

async fn make(client: &Client) -> String {
    done(&client.post("enrolment/change_calendar", &[]).await);
    address(client).await.expect("an address")
}

#[tokio::test]
async fn an_editions_file_has_its_sessions_and_nobody() {
    let app = TestApp::new().await;
    app.execute(
        "UPDATE sessions SET modality = 'hybrid', meeting_link = 'https://meet.pe/x' WHERE id = 2",
    )
    .await;
    let file = app.stranger().get("/editions/1/sessions.ics").await;
    assert_eq!(
        short(&file),
        [
            "Primera · Cadena de custodia|20261121T140000Z|2|CONFIRMED",
            "Segunda · Cadena de custodia|20261128T140000Z|2|CONFIRMED",
        ]
    );
    let second = &events(&file)[1];
    assert_eq!(second["DTEND"], "20261128T180000Z");
    assert_eq!(second["LOCATION"], "Auditorio de Iquitos, Loreto");
    assert_eq!(second["URL"], "http://127.0.0.1:3000/editions/1");
    assert_eq!(
        second["DESCRIPTION"],
        "Cadena de custodia, edición 1\nhttp://127.0.0.1:3000/editions/1"
    );
    // Where it meets online is for who has a seat, even where they ask for this file.
    for client in [app.stranger(), app.sign_in("participant").await] {
        let file = client.get("/editions/1/sessions.ics").await;
        for private in ["meet.pe", "Rosa", "Daniel"] {
            assert!(!file.body.contains(private), "{private}");
        }
    }
    let page = app.stranger().get("/editions/1").await;
    assert!(page.body.contains("href=\"/editions/1/sessions.ics\""));
}

#[tokio::test]
async fn changes_count_up_and_what_is_gone_is_struck_out() {
    let app = TestApp::new().await;
    let stranger = app.stranger();
    let uid = |answer: &Answer| events(answer)[1]["UID"].clone();
    let first = uid(&stranger.get("/editions/1/sessions.ics").await);
    let coordinator = app.sign_in("coordinator").await;
    let form = [
        ("session", "2"),
        ("version", "1"),
        ("title", "Segunda, otra vez"),
        ("modality", "in_person"),
        ("date", "2026-11-28"),
        ("start", "10:00"),
        ("end", "14:00"),
        ("planned_minutes", "240"),
    ];
    done(&coordinator.post("sessions/update_meeting", &form).await);
    let changed = stranger.get("/editions/1/sessions.ics").await;
    assert_eq!(uid(&changed), first);
    let line = "Segunda, otra vez · Cadena de custodia|20261128T150000Z";
    assert_eq!(short(&changed)[1], format!("{line}|3|CONFIRMED"));

    done(
        &coordinator
            .post("sessions/delete", &[("session", "2")])
            .await,
    );
    let deleted = stranger.get("/editions/1/sessions.ics").await;
    assert_eq!(uid(&deleted), first);
    assert_eq!(short(&deleted)[1], format!("{line}|4|CANCELLED"));

    let form = [("edition", "1"), ("reason", "Lluvias")];
    done(&coordinator.post("courses/cancel_edition", &form).await);
    let cancelled = stranger.get("/editions/1/sessions.ics").await;
    assert_eq!(
        short(&cancelled)[0],
        "Primera · Cadena de custodia|20261121T140000Z|4|CANCELLED"
    );
}

#[tokio::test]
async fn a_private_calendar_has_ones_own_sessions_with_their_links() {
    let app = TestApp::new().await;
    app.execute("UPDATE sessions SET modality = 'live_online', meeting_link = 'https://meet.pe/x' WHERE id = 2")
        .await;
    let participant = app.sign_in("participant").await;
    assert_eq!(address(&participant).await, None);
    let address = make(&participant).await;
    // No cookie: a phone asks.
    let file = app.stranger().get(&address).await;
    assert_eq!(
        short(&file),
        [
            "Último día: Autónoma · Delitos contra la fauna|20261231|2|CONFIRMED",
            "Primera · Cadena de custodia|20261121T140000Z|2|CONFIRMED",
            "Segunda · Cadena de custodia|20261128T140000Z|2|CONFIRMED",
        ]
    );
    assert_eq!(events(&file)[2]["LOCATION"], "https://meet.pe/x");
    // Who teaches has the sessions they teach, and who does neither has none.
    let facilitator = make(&app.sign_in("facilitator").await).await;
    assert_eq!(short(&app.stranger().get(&facilitator).await).len(), 2);
    let manager = make(&app.sign_in("manager").await).await;
    assert_eq!(short(&app.stranger().get(&manager).await), [""; 0]);
}

#[tokio::test]
async fn who_leaves_loses_the_sessions_and_a_cancelled_edition_is_struck_out() {
    let app = TestApp::new().await;
    let participant = app.sign_in("participant").await;
    let address = make(&participant).await;
    let coordinator = app.sign_in("coordinator").await;
    let form = [("edition", "1"), ("reason", "Lluvias")];
    done(&coordinator.post("courses/cancel_edition", &form).await);
    let file = app.stranger().get(&address).await;
    assert_eq!(
        short(&file)[1..],
        [
            "Primera · Cadena de custodia|20261121T140000Z|4|CANCELLED",
            "Segunda · Cadena de custodia|20261128T140000Z|4|CANCELLED",
        ]
    );
    done(
        &participant
            .post("enrolment/withdraw", &[("enrolment", "3")])
            .await,
    );
    assert_eq!(short(&app.stranger().get(&address).await).len(), 2);
}

#[tokio::test]
async fn a_changed_or_removed_address_is_dead_and_all_dead_ones_are_alike() {
    let app = TestApp::new().await;
    let participant = app.sign_in("participant").await;
    let first = make(&participant).await;
    assert_eq!(first.len(), "/calendar/".len() + 64 + ".ics".len());
    let second = make(&participant).await;
    assert_ne!(first, second);
    let app = app.restart().await;
    let stranger = app.stranger();
    assert_eq!(stranger.get(&second).await.status, StatusCode::OK);
    let never = format!("/calendar/{}.ics", "0".repeat(64));
    let dead = stranger.get(&first).await;
    let unknown = stranger.get(&never).await;
    assert_eq!((dead.status, &dead.bytes), (unknown.status, &unknown.bytes));
    assert_eq!(dead.headers, unknown.headers);
    assert_eq!(dead.status, StatusCode::NOT_FOUND);

    let participant = app.sign_in("participant").await;
    done(&participant.post("enrolment/remove_calendar", &[]).await);
    assert_eq!(address(&participant).await, None);
    assert_eq!(stranger.get(&second).await.status, StatusCode::NOT_FOUND);
    done(&participant.post("enrolment/remove_calendar", &[]).await);
}

#[tokio::test]
async fn an_address_ends_with_its_account_and_stands_nowhere_in_the_file() {
    let app = TestApp::new().await;
    let address = make(&app.sign_in("participant").await).await;
    let token = address
        .trim_start_matches("/calendar/")
        .trim_end_matches(".ics");
    app.execute("UPDATE accounts SET disabled_at = created_at WHERE id = 5")
        .await;
    assert_eq!(
        app.stranger().get(&address).await.status,
        StatusCode::NOT_FOUND
    );
    let file = app.into_file().await;
    assert!(
        !file
            .windows(token.len())
            .any(|window| window == token.as_bytes())
    );
}
