//! No query of a page walks through a table that grows.
//!
//! Every statement of the house is explained over a database of realistic size. A full scan of a
//! table that grows fails, unless it is a walk along an index that a `LIMIT` ends early, or stands
//! among the exceptions below with its reason.
//!
//! The statements come from `.sqlx`, where the macros describe them; without that folder (a work
//! tree in which `cargo xtask prepare` has not run) from the text of `queries.rs`.

mod statements;

use std::collections::BTreeSet;

use sqlx::{ConnectOptions as _, Row as _, SqliteConnection, sqlite::SqliteConnectOptions};

use self::statements::statements;
use crate::test_app::TestApp;

/// Tables that grow with use. The others (programs, courses, institutions, venues, settings) stay
/// in the hundreds.
const GROWING: [&str; 39] = [
    "accounts",
    "affiliations",
    "attendance_marks",
    "attendance_standing",
    "attachments",
    "audit_events",
    "calendar_addresses",
    "certificates",
    "closing_records",
    "deleted_sessions",
    "duplicate_pairs",
    "edition_facilitators",
    "edition_quotas",
    "edition_rules",
    "editions",
    "enrolment_events",
    "enrolments",
    "files",
    "headcounts",
    "merge_changes",
    "merges",
    "nomination_lines",
    "nominations",
    "notices",
    "offline_marks",
    "offline_rosters",
    "one_time_links",
    "outbox",
    "people",
    "personal_codes",
    "registrations",
    "sessions",
    "sign_in_failures",
    "sign_ins",
    "steps",
    "steps_done",
    "vettings",
    "video_reports",
    "walk_ins",
];

/// Statements that may scan: a piece of the text, the table, and why.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    (
        "FROM accounts WHERE password_hash IS NULL AND disabled_at IS NULL",
        "accounts",
        "counts along the index of accounts without a password",
    ),
    (
        "count(*) AS \"count!: i64\" FROM courses JOIN editions ON editions.course_id = courses.id JOIN notices",
        "notices",
        "walks along the index of what nobody has told yet",
    ),
    (
        "count(*) AS \"count!: i64\" FROM walk_ins JOIN sessions ON sessions.id = walk_ins.session_id",
        "walk_ins",
        "walks along the index of what nobody has decided yet",
    ),
    (
        "FROM courses JOIN editions ON editions.course_id = courses.id JOIN offline_marks",
        "offline_marks",
        "walks along the index of what nobody has decided yet",
    ),
    (
        "SELECT EXISTS (SELECT 1 FROM attachments WHERE removed_at IS NULL)",
        "attachments",
        "the command `check` asks whether a key is needed, and stops at the first",
    ),
    (
        "SELECT count(*) AS \"n!: i64\" FROM (SELECT 1 FROM people LEFT JOIN affiliations",
        "people",
        "stops at the number up to which lists count",
    ),
    (
        "FROM (SELECT 1 FROM people LIMIT ? + (SELECT n FROM merged))",
        "people",
        "walks along an index, and stops at the number up to which lists count",
    ),
    (
        "SELECT EXISTS (SELECT 1 FROM people)",
        "people",
        "stops at the first row",
    ),
    (
        "INSERT INTO people_search (rowid, words) SELECT",
        "people",
        "loads the demonstration, once, into an empty database",
    ),
    (
        "INSERT INTO attendance_standing (enrolment_id, session_id, mark_id, status, minutes) SELECT",
        "attendance_marks",
        "loads the demonstration",
    ),
    (
        "INSERT INTO enrolment_events (enrolment_id, at, to_state) SELECT",
        "enrolments",
        "loads the demonstration",
    ),
    (
        "INSERT INTO enrolment_events (enrolment_id, at, from_state, to_state) SELECT",
        "enrolments",
        "loads the demonstration",
    ),
    (
        "ORDER BY marks.enrolment_id, marks.session_id, marks.id",
        "attendance_marks",
        "the command `check` recounts everything",
    ),
    (
        "GROUP BY enrolment_id HAVING count(*) > 1",
        "certificates",
        "the command `check` recounts everything",
    ),
];

#[tokio::test]
async fn no_query_walks_through_a_table_that_grows() {
    let app = TestApp::empty().await;
    app.execute(include_str!("query_plans/volume.sql")).await;
    let file = app.into_file().await;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("volume.db");
    std::fs::write(&path, file).expect("written");
    let options = SqliteConnectOptions::new().filename(path);
    let options = options.foreign_keys(false);
    let mut connection = options.clone().connect().await.expect("a database");
    // What a deletion would orphan is looked for; an insertion looks for it only after a violation.
    let mut deleting = options.foreign_keys(true).connect().await.expect("again");

    let all = statements();
    assert!(all.len() > 80, "only {} statements were found", all.len());
    let (mut scans, mut used) = (Vec::new(), BTreeSet::new());
    for sql in &all {
        let connection = if sql.starts_with("DELETE") {
            &mut deleting
        } else {
            &mut connection
        };
        for table in scanned(connection, sql).await {
            match exception(sql, &table) {
                Some(index) => {
                    used.insert(index);
                }
                None => scans.push(format!("{table}: {sql}")),
            }
        }
    }
    assert!(
        scans.is_empty(),
        "scans of growing tables:\n{}",
        scans.join("\n")
    );
    let idle: Vec<_> = (0..EXCEPTIONS.len())
        .filter(|index| !used.contains(index))
        .map(|index| EXCEPTIONS[index].0)
        .collect();
    assert!(idle.is_empty(), "exceptions that are not needed: {idle:?}");
}

fn exception(sql: &str, table: &str) -> Option<usize> {
    EXCEPTIONS
        .iter()
        .position(|(piece, excepted, _)| *excepted == table && sql.contains(piece))
}

/// The growing tables that a statement scans.
async fn scanned(connection: &mut SqliteConnection, sql: &str) -> Vec<String> {
    let explain = format!("EXPLAIN QUERY PLAN {sql}");
    let rows = sqlx::raw_sql(sqlx::AssertSqlSafe(explain))
        .fetch_all(connection)
        .await
        .unwrap_or_else(|error| panic!("{error}: {sql}"));
    let plan: Vec<String> = rows.iter().map(|row| row.get("detail")).collect();
    let sorts = plan
        .iter()
        .any(|line| line.contains("TEMP B-TREE FOR ORDER BY"));
    let ends_early = sql.contains("LIMIT") && sql.contains("ORDER BY") && !sorts;
    plan.iter()
        .filter_map(|line| line.strip_prefix("SCAN "))
        .filter(|_| !ends_early)
        .filter_map(|line| line.split(' ').next())
        .map(|name| table_of(sql, name))
        .filter(|table| GROWING.contains(&table.as_str()))
        .collect()
}

/// The table behind an alias.
fn table_of(sql: &str, name: &str) -> String {
    let words: Vec<&str> = sql.split_whitespace().collect();
    let alias = words.windows(3).find(|words| {
        words[1].eq_ignore_ascii_case("AS") && words[2].trim_end_matches([',', ')']) == name
    });
    match alias {
        Some(words) if GROWING.contains(&words[0].trim_start_matches('(')) => {
            words[0].trim_start_matches('(').to_owned()
        }
        _ => name.to_owned(),
    }
}
