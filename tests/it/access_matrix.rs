//! The third net: every endpoint, asked by everybody.
//!
//! `access_matrix/{domain}.txt` holds one line a question:
//!
//! ```text
//! endpoint                   | form or parameters | stranger admin manager coordinator other-coordinator facilitator participant other
//! POST people/create_thing   | name=x&kind=y      | 401 200 403 200 200 403 403 403
//! GET /editions/{id}         | id=1&tab=x         | 200 200 200 200 200 200 200 200
//! ```
//!
//! A form is written as it is posted; of a page's parameters those that its address names go
//! there and the rest behind the question mark. `coordinator` has program 1 (editions 1, 2, 4),
//! `other-coordinator` program 2 (edition 3), `facilitator` teaches edition 1, `participant` is in
//! 1 and 4, `other` in 3: so one line asks about own and foreign objects at once. Ask about an
//! object of each program where it matters.
//!
//! A value that begins with `@` names a small file of text, sent with the rest as such a form.
//!
//! A program that posts is answered 200 when it was done, else 401, 403, 404, 409 or 422; a page
//! that needs a sign-in answers 302. What is refused must write nothing, and a page must never
//! show a person whose name holds SECRETO to those who have no business with her, nor how to reach
//! her to who coordinates other programs than hers.
//!
//! An endpoint without a line fails the test: to add an endpoint is to say who may use it. When a
//! line is wrong the failure shows it as it should read; look at it before you take it over.

mod twice;
mod versions;

use std::{collections::BTreeSet, sync::LazyLock};

use axum::http::StatusCode;
use capacita::audit::words;
use capacita::server::database::Reader;
use tokio::sync::OnceCell;

use crate::{
    sources::sources,
    test_app::{Answer, Client, TestApp},
};

/// Who asks, in the order of the columns; the first is not signed in.
const CLIENTS: [&str; 8] = [
    "stranger",
    "admin",
    "manager",
    "coordinator",
    "stranger-coordinator",
    "facilitator",
    "participant",
    "other",
];

/// Those who have no business with the person whose name holds SECRETO, and what they must not see
/// of her. A coordinator of another program than hers finds her by name, so that nobody registers
/// her twice, and learns no more: neither her telephone nor her e-mail.
const MUST_NOT_SEE: [(&str, &str); 6] = [
    ("stranger", "SECRETO"),
    ("manager", "SECRETO"),
    ("facilitator", "SECRETO"),
    ("participant", "SECRETO"),
    ("coordinator", "900 SECRETO 6"),
    ("coordinator", "other@capacita.test"),
];

/// One file a domain; each is a test of its own.
macro_rules! domains {
    ($($domain:ident)+) => {
        const TABLES: &[(&str, &str)] = &[$((
            stringify!($domain),
            include_str!(concat!("access_matrix/", stringify!($domain), ".txt")),
        )),+];

        $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $domain() {
            check(include_str!(concat!("access_matrix/", stringify!($domain), ".txt"))).await;
        })+
    };
}

domains! {
    access admin attachments attendance audit certificates check_in closing courses enrolment home learning merging nomination offline paper people
    reports
    server sessions vetting video_calls
}

#[test]
fn every_endpoint_has_a_line_and_every_line_an_endpoint() {
    let asked: BTreeSet<String> = TABLES
        .iter()
        .flat_map(|(_, table)| rows(table))
        .map(|row| row.endpoint)
        .collect();
    let there = endpoints();
    let missing: Vec<_> = there.difference(&asked).collect();
    let gone: Vec<_> = asked.difference(&there).collect();
    assert!(
        missing.is_empty(),
        "endpoints without a line in tests/it/access_matrix/: {missing:#?}"
    );
    assert!(gone.is_empty(), "lines without an endpoint: {gone:#?}");
}

/// Server functions, pages, and the routes that are neither.
fn endpoints() -> BTreeSet<String> {
    let functions = leptos::server_fn::axum::server_fn_paths().map(|(path, method)| {
        let name = path.strip_prefix("/api/").unwrap_or(path);
        format!("{method} {name}")
    });
    let pages = leptos_axum::generate_route_list(capacita::app::App);
    let pages = pages.iter().map(|page| format!("GET {}", page.path()));
    functions.chain(pages).chain(plain_routes()).collect()
}

/// Every `.route("…", get(…))` in the sources. Only the assets make their addresses up, out of the
/// names of public files.
fn plain_routes() -> Vec<String> {
    let mut routes = Vec::new();
    for source in sources("src") {
        for (at, line) in source.find(".route(") {
            let rest = source.code[at + ".route(".len()..].trim_start();
            let Some(literal) = rest.strip_prefix('"') else {
                assert_eq!(source.path, "src/server/assets.rs", "line {line}");
                continue;
            };
            let (path, handler) = literal.split_once('"').expect("a whole literal");
            let method = handler.trim_start_matches([',', ' ', '\n']);
            let method = method.split('(').next().unwrap_or_default();
            let method = match method.rsplit(':').next().unwrap_or_default() {
                "any" => "GET".to_owned(),
                named => named.to_uppercase(),
            };
            let name = match method.as_str() {
                "POST" => path.strip_prefix("/api/").unwrap_or(path),
                _ => path,
            };
            routes.push(format!("{method} {name}"));
        }
    }
    routes
}

/// One question.
struct Row {
    line: usize,
    endpoint: String,
    form: String,
    expected: Vec<u16>,
}

fn rows(table: &str) -> Vec<Row> {
    table
        .lines()
        .enumerate()
        .filter(|(_, text)| !text.trim().is_empty() && !text.starts_with('#'))
        .map(|(index, text)| row(index + 1, text))
        .collect()
}

fn row(line: usize, text: &str) -> Row {
    let parts: Vec<&str> = text.split('|').map(str::trim).collect();
    let [endpoint, form, expected] = parts[..] else {
        panic!("line {line}: endpoint | form | statuses");
    };
    let expected: Vec<u16> = expected
        .split_whitespace()
        .map(|status| status.parse().expect("a status"))
        .collect();
    assert_eq!(expected.len(), CLIENTS.len(), "line {line}: {text}");
    Row {
        line,
        endpoint: endpoint.to_owned(),
        form: form.to_owned(),
        expected,
    }
}

/// The small world with everybody signed in (sign-in 1 is the administrator's, and so on).
struct World {
    file: Vec<u8>,
    cookies: Vec<Option<String>>,
}

impl World {
    async fn get() -> &'static Self {
        static WORLD: OnceCell<World> = OnceCell::const_new();
        WORLD
            .get_or_init(async || {
                let app = TestApp::new().await;
                let mut cookies = vec![None];
                for name in &CLIENTS[1..] {
                    cookies.push(app.sign_in(name).await.cookie());
                }
                app.execute(include_str!("offline/phones.sql")).await;
                let file = app.into_file().await;
                Self { file, cookies }
            })
            .await
    }

    async fn app(&self) -> Watched {
        let app = TestApp::copy_of(&self.file).await;
        let watch = app.state.database.read().await.expect("a connection");
        Watched { app, watch }
    }
}

/// A server, and a connection that notices when another one has written.
struct Watched {
    app: TestApp,
    watch: Reader,
}

impl Watched {
    /// Differs from the last time when something was written meanwhile.
    async fn version(&mut self) -> i64 {
        sqlx::query_scalar("PRAGMA data_version")
            .fetch_one(&mut *self.watch)
            .await
            .expect("a number")
    }

    /// Actions, kinds of records and fields in the audit trail that have no word there.
    async fn wordless(&mut self) -> Vec<String> {
        let codes: Vec<(String, String)> = sqlx::query_as(
            "SELECT DISTINCT 'action', action FROM audit_events
             UNION SELECT 'subject', subject_kind FROM audit_events
             UNION SELECT 'field', field.key FROM audit_events, json_each(before) AS field
                   WHERE json_type(before) = 'object'
             UNION SELECT 'field', field.key FROM audit_events, json_each(after) AS field
                   WHERE json_type(after) = 'object'",
        )
        .fetch_all(&mut *self.watch)
        .await
        .expect("events");
        let known = |what: &str, code: &str| match what {
            "action" => words::ACTIONS.contains(&code),
            "subject" => words::SUBJECTS.contains(&code),
            _ => words::FIELDS.contains(&code),
        };
        codes
            .into_iter()
            .filter(|(what, code)| !known(what, code))
            .map(|(what, code)| format!("src/audit/words.rs lacks the {what} {code}"))
            .collect()
    }
}

/// Asks every line of a table, and compares.
async fn check(table: &str) {
    let world = World::get().await;
    let mut wrong = Vec::new();
    let (mut shared, mut dirty) = (world.app().await, false);
    for row in rows(table) {
        let mut found = Vec::new();
        for (index, who) in CLIENTS.iter().enumerate() {
            if dirty {
                shared = world.app().await;
            }
            let before = shared.version().await;
            let client = shared.app.client(world.cookies[index].clone());
            let answer = row.ask(&client).await;
            let wrote = shared.version().await != before;
            found.push(answer.status.as_u16());
            if wrote && row.must_not_write(answer.status) {
                wrong.push(format!("line {}: wrote for {who}", row.line));
            }
            for (_, secret) in MUST_NOT_SEE.iter().filter(|(client, _)| client == who) {
                if answer.body.contains(secret) {
                    wrong.push(format!("line {}: {secret} seen by {who}", row.line));
                }
            }
            if wrote {
                wrong.extend(shared.wordless().await);
            }
            dirty = wrote;
        }
        if found != row.expected {
            wrong.push(row.corrected(&found));
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// Files with many people in them: who takes one is written down.
const WRITTEN_DOWN: [&str; 2] = ["GET /people.csv", "GET /editions/{id}/enrolments.csv"];

impl Row {
    /// A page never writes, and neither does what is refused for want of rights.
    fn must_not_write(&self, status: StatusCode) -> bool {
        let page =
            self.endpoint.starts_with("GET") && !WRITTEN_DOWN.contains(&self.endpoint.as_str());
        page || status == StatusCode::FOUND || matches!(status.as_u16(), 401 | 403 | 404)
    }

    async fn ask(&self, client: &Client) -> Answer {
        let (method, endpoint) = self.endpoint.split_once(' ').expect("method and path");
        if method == "GET" {
            return client.get(&self.address(endpoint)).await;
        }
        let fields: Vec<(String, String)> = form_urlencoded::parse(self.form.as_bytes())
            .into_owned()
            .collect();
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let file = fields.iter().find_map(|(_, value)| value.strip_prefix('@'));
        match file {
            Some(name) => client.post_file(endpoint, &fields, (name, b"Aviso")).await,
            None => client.post(endpoint, &fields).await,
        }
    }

    /// The address with its parts filled in; what it does not name goes behind the question mark.
    fn address(&self, pattern: &str) -> String {
        let mut address = pattern.to_owned();
        let mut query = Vec::new();
        for pair in self.form.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').expect("name=value");
            let filled = address
                .replace(&format!("{{{name}}}"), value)
                .replace(&format!("{{*{name}}}"), value);
            if filled == address {
                query.push(pair);
            }
            address = filled;
        }
        assert!(!address.contains('{'), "line {}: {address}", self.line);
        if query.is_empty() {
            address
        } else {
            format!("{address}?{}", query.join("&"))
        }
    }

    fn corrected(&self, found: &[u16]) -> String {
        let found: Vec<String> = found.iter().map(u16::to_string).collect();
        format!("{} | {} | {}", self.endpoint, self.form, found.join(" "))
    }
}

/// The columns stand in the order that every file's head says.
#[test]
fn the_heads_of_the_tables_name_the_columns() {
    static HEAD: LazyLock<String> =
        LazyLock::new(|| format!("# endpoint | form | {}", CLIENTS.join(" ")));
    for (domain, table) in TABLES {
        assert_eq!(table.lines().next(), Some(HEAD.as_str()), "{domain}");
    }
}
