//! Two hundred people and twenty seats, at the same moment, through a real socket.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use capacita::server::router::router;
use tokio::{net::TcpListener, task::JoinSet};

use super::{change, lines};
use crate::test_app::TestApp;

const PEOPLE: usize = 200;

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

/// One request for a seat by a plain client; gives the status line.
fn ask(address: SocketAddr, person: usize) -> std::io::Result<String> {
    let mut socket = TcpStream::connect(address)?;
    socket.set_read_timeout(Some(Duration::from_mins(1)))?;
    let body = "edition=1";
    let request = format!(
        "POST /api/enrolment/request HTTP/1.1\r\nHost: {address}\r\nAccept: application/json\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\
         Cookie: capacita=token-{person}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    socket.write_all(request.as_bytes())?;
    let mut answer = String::new();
    socket.read_to_string(&mut answer)?;
    Ok(answer.lines().next().unwrap_or_default().to_owned())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_seats_are_never_given_to_more_than_twenty() {
    let app = TestApp::new().await;
    crowd(&app).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let service = router(app.state.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let server = tokio::spawn(async move { axum::serve(listener, service).await });

    let mut requests = JoinSet::new();
    for person in 1001..=1000 + PEOPLE {
        requests.spawn_blocking(move || ask(address, person));
    }
    let answers = requests.join_all().await;
    server.abort();
    for answer in answers {
        assert_eq!(answer.expect("an answer"), "HTTP/1.1 200 OK");
    }

    // One of the 21 seats was taken before.
    let taken = "SELECT count(*) FROM enrolments WHERE edition_id = 1 AND state = 'enrolled'";
    assert_eq!(app.count(taken).await, 21);
    let order = "SELECT CAST(id AS TEXT) FROM enrolments WHERE edition_id = 1 AND state = 'waiting'
                 ORDER BY state_at, id";
    let waiting = lines(&app, order).await;
    assert_eq!(waiting.len(), PEOPLE - 20);
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
