//! A crowd at the door: everybody types the code on the room's screen at once. Beside it the same
//! number of bare commits to SQLite, in the same run and with the same promise to the disk.
//!
//! The crowd is written into the database straight away, signed in already: what is measured is the
//! door, not 1,500 hashes of passwords.

use std::{
    path::Path,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use hyper::{StatusCode, header};
use sqlx::{
    ConnectOptions as _, Connection as _, SqliteConnection, query, query_scalar,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

use crate::{
    Options,
    client::Client,
    servers::{Scratch, Server, load_demo_into},
};

/// How many come.
pub const PEOPLE: u32 = 1_500;

/// How many of them are on the sheet that is printed.
pub const SHEET_ROWS: u32 = 1_000;

/// How many phones have their connection to the server open at once.
pub const PHONES: usize = 50;

/// The demo's edition whose course the crowd comes to: one of the program that is running.
const EDITION: i64 = 98;

/// How the door stood it.
#[derive(Clone, Copy)]
pub struct CrowdTimes {
    /// From the first request to the last answer.
    pub all: Duration,
    /// Half of the answers came within this time.
    pub median: Duration,
    /// 95 of 100 answers came within this time.
    pub p95: Duration,
    /// As many commits of one row each, bare.
    pub bare: Duration,
    /// The sign-in sheet of [`SHEET_ROWS`] people, from asking to the last byte.
    pub sheet: Duration,
}

/// Lets the crowd in.
///
/// # Errors
/// Somebody is refused, or a check-in that was answered is not in the database.
pub async fn let_in(options: &Options, scratch: &Scratch) -> Result<CrowdTimes> {
    let database = scratch.file("crowd.db");
    load_demo_into(&options.program, &database)?;
    let door = gather(&database).await?;
    let server = Server::ours(&options.program, &database).await?;
    let cookie = Client::new(server.addr, None)
        .sign_in("coordinator@demo.pe")
        .await?;
    let mut coordinator = Client::new(server.addr, Some(cookie));

    let code = shown_code(&mut coordinator, door.session).await?;
    let start = Instant::now();
    let mut times = all_check_in(&server, door.cookies, &code).await?;
    let all = start.elapsed();
    times.sort_unstable();
    let come = arrived(&database, door.session).await?;
    ensure!(come == i64::from(PEOPLE), "{come} of {PEOPLE} are in");

    Ok(CrowdTimes {
        all,
        median: times[times.len() / 2],
        p95: times[times.len() * 95 / 100],
        bare: bare_commits(&scratch.file("bare.db")).await?,
        sheet: sheet(&mut coordinator, door.printed).await?,
    })
}

/// Where the crowd goes.
struct Door {
    /// The session that everybody checks in to.
    session: i64,
    /// A session whose edition has [`SHEET_ROWS`] people.
    printed: i64,
    /// Everybody's cookie.
    cookies: Vec<String>,
}

async fn open(database: &Path) -> Result<SqliteConnection> {
    let options = SqliteConnectOptions::new()
        .filename(database)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(10));
    Ok(options.connect().await?)
}

/// Writes people, their accounts and sign-ins, and two editions that they take part in.
async fn gather(database: &Path) -> Result<Door> {
    let mut connection = open(database).await?;
    let mut tx = connection.begin().await?;
    query(
        "INSERT INTO people (document_kind, no_document_reason, given_names, paternal_surname, sex,
                             sort_name, created_at)
         WITH RECURSIVE crowd (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM crowd WHERE n < ?)
         SELECT 'none', 'crowd', 'Persona ' || n, 'Puerta', 'unstated', 'puerta persona ' || n,
                strftime('%Y-%m-%dT%H:%M:%S+00:00') FROM crowd",
    )
    .bind(PEOPLE)
    .execute(&mut *tx)
    .await?;
    query(
        "INSERT INTO accounts (person_id, email, created_at)
         SELECT id, 'crowd' || id || '@example.pe', created_at FROM people
         WHERE no_document_reason = 'crowd'",
    )
    .execute(&mut *tx)
    .await?;
    let session = edition(&mut tx, PEOPLE).await?;
    let printed = edition(&mut tx, SHEET_ROWS).await?;
    let accounts: Vec<i64> =
        query_scalar("SELECT id FROM accounts WHERE email LIKE 'crowd%' ORDER BY id")
            .fetch_all(&mut *tx)
            .await?;
    let mut cookies = Vec::with_capacity(accounts.len());
    for account in accounts {
        let token = format!("{account:064x}");
        query(
            "INSERT INTO sign_ins (account_id, token_hash, device, created_at, last_seen_at, expires_at)
             VALUES (?1, ?2, 'bench', strftime('%Y-%m-%dT%H:%M:%S+00:00'),
                     strftime('%Y-%m-%dT%H:%M:%S+00:00'),
                     strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now', '+1 day'))",
        )
        .bind(account)
        .bind(blake3::hash(token.as_bytes()).as_bytes().as_slice())
        .execute(&mut *tx)
        .await?;
        cookies.push(format!("capacita={token}"));
    }
    tx.commit().await?;
    connection.close().await?;
    Ok(Door {
        session,
        printed,
        cookies,
    })
}

/// A running edition that so many of the crowd take part in; returns its session, which is on.
async fn edition(connection: &mut SqliteConnection, people: u32) -> Result<i64> {
    let edition: i64 = query_scalar(
        "INSERT INTO editions (course_id, number, state, modality, starts_on, ends_on, enrol_from,
                               enrol_until, state_at, created_at)
         SELECT course_id,
                (SELECT max(number) + 1 FROM editions AS other WHERE other.course_id = editions.course_id),
                'running', 'in_person', date('now', '-2 days'), date('now', '+2 days'),
                date('now', '-9 days'), date('now', '-3 days'), state_at, created_at
         FROM editions WHERE id = ? RETURNING id",
    )
    .bind(EDITION)
    .fetch_one(&mut *connection)
    .await?;
    query(
        "INSERT INTO enrolments (edition_id, person_id, state, state_at, requested_at, sex)
         SELECT ?, id, 'enrolled', created_at, created_at, sex FROM people
         WHERE no_document_reason = 'crowd' ORDER BY id LIMIT ?",
    )
    .bind(edition)
    .bind(people)
    .execute(&mut *connection)
    .await?;
    let session = query_scalar(
        "INSERT INTO sessions (edition_id, title, modality, starts_at, ends_at, planned_minutes, created_at)
         SELECT id, 'Puerta', 'in_person', strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now', '-5 minutes'),
                strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now', '+4 hours'), 240, created_at
         FROM editions WHERE id = ? RETURNING id",
    )
    .bind(edition)
    .fetch_one(connection)
    .await?;
    Ok(session)
}

/// The code on the room's screen, read from its page.
async fn shown_code(coordinator: &mut Client, session: i64) -> Result<String> {
    let page = coordinator
        .get(&format!("/sessions/{session}/room-code"), "identity")
        .await?;
    let page = String::from_utf8_lossy(&page.body).into_owned();
    let (_, board) = page
        .split_once("class=\"room-code\"")
        .context("no code is shown in the room")?;
    let (_, code) = board
        .split_once("aria-hidden=\"true\">")
        .context("no code is shown in the room")?;
    let code: String = code.chars().take_while(|&c| c != '<').collect();
    Ok(code.replace(' ', ""))
}

/// Everybody types the code; returns how long each waited for the answer.
async fn all_check_in(server: &Server, cookies: Vec<String>, code: &str) -> Result<Vec<Duration>> {
    let queue = Arc::new(Mutex::new(cookies));
    let form: Arc<str> = format!("code={code}").into();
    let phones: Vec<_> = (0..PHONES)
        .map(|_| {
            let client = Client::new(server.addr, None);
            tokio::spawn(check_in_next(client, Arc::clone(&queue), Arc::clone(&form)))
        })
        .collect();
    let mut times = Vec::with_capacity(PEOPLE as usize);
    for phone in phones {
        times.extend(phone.await??);
    }
    Ok(times)
}

async fn check_in_next(
    mut client: Client,
    queue: Arc<Mutex<Vec<String>>>,
    form: Arc<str>,
) -> Result<Vec<Duration>> {
    let next = || queue.lock().ok()?.pop();
    let mut times = Vec::new();
    while let Some(cookie) = next() {
        client.be(cookie);
        let start = Instant::now();
        let answer = client.post("/api/check_in/type_code", &form).await?;
        times.push(start.elapsed());
        let went_on = answer.status == StatusCode::OK || answer.status.is_redirection();
        let place = answer.headers.get(header::LOCATION);
        let failed = place.is_some_and(|place| place.to_str().unwrap_or("").contains("__err"));
        ensure!(
            went_on && !failed,
            "a check-in was refused: {}",
            answer.status
        );
    }
    Ok(times)
}

async fn arrived(database: &Path, session: i64) -> Result<i64> {
    let mut connection = open(database).await?;
    let come = query_scalar(
        "SELECT count(DISTINCT enrolment_id) FROM attendance_marks
         WHERE session_id = ? AND source = 'room_code'",
    )
    .bind(session)
    .fetch_one(&mut connection)
    .await?;
    connection.close().await?;
    Ok(come)
}

/// One row a commit, as many commits as people: what the disk asks of anybody.
async fn bare_commits(database: &Path) -> Result<Duration> {
    let mut connection = open(database).await?;
    query("CREATE TABLE marks (id INTEGER PRIMARY KEY, said TEXT NOT NULL) STRICT")
        .execute(&mut connection)
        .await?;
    let start = Instant::now();
    for _ in 0..PEOPLE {
        query("INSERT INTO marks (said) VALUES ('present')")
            .execute(&mut connection)
            .await?;
    }
    let time = start.elapsed();
    connection.close().await?;
    Ok(time)
}

async fn sheet(coordinator: &mut Client, session: i64) -> Result<Duration> {
    let path = format!("/sessions/{session}/sign-in-sheet.pdf");
    let start = Instant::now();
    let answer = coordinator.get(&path, "identity").await?;
    let time = start.elapsed();
    ensure!(
        answer.status == StatusCode::OK && answer.body.starts_with(b"%PDF"),
        "the sheet did not come: {}",
        answer.status
    );
    Ok(time)
}
