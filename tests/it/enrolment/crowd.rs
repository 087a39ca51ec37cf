//! Two hundred people and twenty seats, at the same moment, through a real socket; and a crowd that
//! comes and goes under quotas.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use capacita::server::router::router;
use tokio::net::TcpListener;

use super::{change, lines};
use crate::test_app::TestApp;

/// People 1001 to 1200, each with an account and a sign-in whose token is `token-{id}`.
async fn crowd(app: &TestApp) {
    change(
        app,
        "UPDATE editions SET seats = 21 WHERE id = 1;
         WITH RECURSIVE ids (id) AS (SELECT 1001 UNION ALL SELECT id + 1 FROM ids WHERE id < 1200)
         INSERT INTO people (id, document_kind, no_document_reason, given_names, paternal_surname,
                             sex, email, sort_name, created_at)
         SELECT id, 'none', 'prueba', 'Persona', 'Número ' || id, 'f', id || '@capacita.test',
                'numero ' || id || ' persona', '2026-01-01T00:00:00+00:00' FROM ids;
         INSERT INTO accounts (id, person_id, email, created_at)
         SELECT id, id, email, created_at FROM people WHERE id > 1000",
    )
    .await;
    let mut tx = app.state.database.write().await.expect("a transaction");
    for id in 1001..=1200_i64 {
        let hash = blake3::hash(format!("token-{id}").as_bytes());
        sqlx::query(
            "INSERT INTO sign_ins (account_id, token_hash, device, created_at, last_seen_at, expires_at)
             VALUES (?, ?, '', '2026-11-21T15:00:00+00:00', '2026-11-21T15:00:00+00:00',
                     '2026-12-21T15:00:00+00:00')",
        )
        .bind(id)
        .bind(&hash.as_bytes()[..])
        .execute(&mut *tx)
        .await
        .expect("a sign-in");
    }
    tx.commit().await.expect("committed");
}

/// One form of somebody, sent by a plain client; gives the status line.
fn send(address: SocketAddr, person: i64, endpoint: &str, body: &str) -> std::io::Result<String> {
    let mut socket = TcpStream::connect(address)?;
    socket.set_read_timeout(Some(Duration::from_mins(1)))?;
    let request = format!(
        "POST /api/{endpoint} HTTP/1.1\r\nHost: {address}\r\nAccept: application/json\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\
         Cookie: capacita=token-{person}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    socket.write_all(request.as_bytes())?;
    let mut answer = String::new();
    socket.read_to_string(&mut answer)?;
    Ok(answer.lines().next().unwrap_or_default().to_owned())
}

/// All forms at the same moment; gives the status lines in their order.
async fn rush(app: &TestApp, forms: Vec<(i64, &'static str, String)>) -> Vec<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let service = router(app.state.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let server = tokio::spawn(async move { axum::serve(listener, service).await });
    let sent: Vec<_> = forms
        .into_iter()
        .map(|(person, endpoint, body)| {
            tokio::task::spawn_blocking(move || send(address, person, endpoint, &body))
        })
        .collect();
    let mut answers = Vec::new();
    for answer in sent {
        answers.push(answer.await.expect("a client").expect("an answer"));
    }
    server.abort();
    answers
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_seats_are_never_given_to_more_than_twenty() {
    let app = TestApp::new().await;
    crowd(&app).await;
    let asks = (1001..=1200).map(|person| (person, "enrolment/request", "edition=1".to_owned()));
    for answer in rush(&app, asks.collect()).await {
        assert_eq!(answer, "HTTP/1.1 200 OK");
    }

    // One of the 21 seats was taken before.
    let taken = "SELECT count(*) FROM enrolments WHERE edition_id = 1 AND state = 'enrolled'";
    assert_eq!(app.count(taken).await, 21);
    let order = "SELECT CAST(id AS TEXT) FROM enrolments WHERE edition_id = 1 AND state = 'waiting'
                 ORDER BY state_at, id";
    let waiting = lines(&app, order).await;
    assert_eq!(waiting.len(), 180);
    // Seats went to the first twenty; who waits does so in the order of arrival.
    let late = "SELECT CAST(id AS TEXT) FROM enrolments
                WHERE edition_id = 1 AND person_id > 1000 ORDER BY id LIMIT 200 OFFSET 20";
    assert_eq!(waiting, lines(&app, late).await);
    let everybody = "SELECT count(DISTINCT person_id) FROM enrolments WHERE person_id > 1000";
    assert_eq!(app.count(everybody).await, 200);
    let told = "SELECT count(*) FROM outbox WHERE kind = 'enrolment_waiting'";
    assert_eq!(app.count(told).await, 180);
    let events = "SELECT count(*) FROM enrolment_events WHERE account_id > 1000";
    assert_eq!(app.count(events).await, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn quotas_hold_while_a_crowd_comes_and_goes() {
    let app = TestApp::new().await;
    crowd(&app).await;
    // Of 21 seats six are kept for men, who may take ten at most; every fourth person is a man.
    change(
        &app,
        "UPDATE people SET sex = 'm' WHERE id > 1000 AND id % 4 = 0;
         INSERT INTO edition_quotas (edition_id, sex, reserved, at_most) VALUES (1, 'm', 6, 10)",
    )
    .await;
    let women =
        "SELECT count(*) FROM enrolments WHERE state = 'enrolled' AND edition_id = 1 AND sex = 'f'";
    let men =
        "SELECT count(*) FROM enrolments WHERE state = 'enrolled' AND edition_id = 1 AND sex = 'm'";
    let asks =
        |from, to| (from..=to).map(|person| (person, "enrolment/request", "edition=1".to_owned()));
    let answers = rush(&app, asks(1001, 1100).collect()).await;
    assert!(answers.iter().all(|answer| answer == "HTTP/1.1 200 OK"));
    assert!(app.count(men).await >= 6);
    assert_eq!(app.count(women).await + app.count(men).await, 21);

    // Whoever has a seat gives it back while a hundred others ask.
    let seated = lines(
        &app,
        "SELECT person_id || ' ' || id FROM enrolments
         WHERE state = 'enrolled' AND person_id > 1000",
    )
    .await;
    let mut forms: Vec<(i64, &'static str, String)> = seated
        .iter()
        .map(|line| {
            let (person, enrolment) = line.split_once(' ').expect("two numbers");
            let person = person.parse().expect("a number");
            (
                person,
                "enrolment/withdraw",
                format!("enrolment={enrolment}"),
            )
        })
        .collect();
    forms.extend(asks(1101, 1200));
    let answers = rush(&app, forms).await;
    assert!(answers.iter().all(|answer| answer == "HTTP/1.1 200 OK"));
    let (women, men) = (app.count(women).await, app.count(men).await);
    assert_eq!(women + men, 21);
    assert!((6..=10).contains(&men), "{men} men");
    // Everybody else waits, and nobody was lost.
    let waiting = "SELECT count(*) FROM enrolments WHERE edition_id = 1 AND state = 'waiting'";
    assert_eq!(app.count(waiting).await, 200 - 20 - 20);
}
