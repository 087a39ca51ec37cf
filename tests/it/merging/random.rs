//! Whatever two records hold, undoing their merge restores every row.

#![expect(
    clippy::format_push_string,
    reason = "statements are put together as they are read"
)]

use axum::http::StatusCode;
use sqlx::{AssertSqlSafe, Row as _};

use super::{MERGE, UNDO};
use crate::test_app::TestApp;

/// Tables that keep what happened rather than what is, and those of the search index.
fn is_history(table: &str) -> bool {
    ["audit_events", "merges", "merge_changes"].contains(&table)
        || ["people_search", "sqlite_", "_sqlx"]
            .iter()
            .any(|start| table.starts_with(start))
}

/// Every row of every table, quoted.
async fn dump(app: &TestApp) -> Vec<String> {
    let mut connection = app.state.database.read().await.expect("a connection");
    let names = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
    let names = sqlx::query_scalar::<_, String>(names);
    let mut lines = Vec::new();
    for table in names.fetch_all(&mut *connection).await.expect("tables") {
        if is_history(&table) {
            continue;
        }
        let columns = sqlx::query_scalar::<_, String>("SELECT name FROM pragma_table_info(?)");
        let columns = columns
            .bind(&table)
            .fetch_all(&mut *connection)
            .await
            .expect("columns");
        let quoted: Vec<String> = columns
            .iter()
            .map(|name| format!("quote({name})"))
            .collect();
        let sql = format!("SELECT {} FROM {table}", quoted.join(" || ' ' || "));
        let rows = sqlx::query(AssertSqlSafe(sql))
            .fetch_all(&mut *connection)
            .await;
        let rows = rows.expect("rows");
        lines.extend(
            rows.iter()
                .map(|row| format!("{table} {}", row.get::<String, _>(0))),
        );
    }
    lines.sort();
    lines
}

/// A small generator: what a seed gives is the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn is(&mut self, one_in: u64) -> bool {
        self.roll(one_in) == 0
    }

    fn of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        let sides = u64::try_from(choices.len()).expect("a few");
        choices[usize::try_from(self.roll(sides)).expect("an index")]
    }
}

const NOW: &str = "'2026-11-10T00:00:00+00:00'";

/// Two people, 50 and 51, with anything that a person may have.
fn pair(dice: &mut Dice) -> String {
    let mut sql = "UPDATE editions SET seats = NULL;\n".to_owned();
    let mut next = 100;
    for person in [50, 51] {
        let year = if dice.is(2) { "1980" } else { "NULL" };
        let document = if dice.is(2) {
            format!("'dni', x'0{person}1', randomblob(32), NULL")
        } else {
            "'none', NULL, NULL, 'prueba'".to_owned()
        };
        let (email, phone) = (
            dice.of(&["NULL", "'a@x.pe'"]),
            dice.of(&["NULL", "'99999'"]),
        );
        let said = dice.of(&[
            "NULL, NULL, NULL",
            "'awajún', NULL, '2026-01-01T00:00:00+00:00'",
        ]);
        sql += &format!(
            "INSERT INTO people (id, document_kind, document_sealed, document_hash, no_document_reason, given_names,
                paternal_surname, sex, birth_year, email, phone, ethnic_identity, disability, consented_at, sort_name, created_at)
             VALUES ({person}, {document}, 'N{person}', 'P', 'f', {year}, {email}, {phone}, {said}, 'p n{person}', {NOW});\n"
        );
        if dice.is(2) {
            sql += &format!("INSERT INTO accounts (id, person_id, email, created_at) VALUES ({person}, {person}, 'p{person}@x.pe', {NOW});
                INSERT INTO sign_ins (account_id, token_hash, device, created_at, last_seen_at, expires_at) VALUES ({person}, randomblob(32), 'd', {NOW}, {NOW}, '2027-01-01T00:00:00+00:00');\n");
        }
        for _ in 0..dice.roll(3) {
            let until = dice.of(&["'2026-02-02'", "'2026-03-03'"]);
            sql += &format!(
                "INSERT INTO affiliations (person_id, institution_id, since, until, created_at) VALUES ({person}, 1, '2026-01-01', {until}, {NOW});\n"
            );
        }
        if dice.is(2) {
            sql += &format!(
                "INSERT INTO affiliations (person_id, institution_id, since, created_at) VALUES ({person}, 2, '2026-05-01', {NOW});\n"
            );
        }
        // Edition 3 is taught, the others are taken part in: nobody does both.
        if dice.is(2) {
            sql += &format!(
                "INSERT INTO edition_facilitators (edition_id, person_id, assigned_at) VALUES (3, {person}, {NOW});\n"
            );
        }
        if dice.is(3) {
            sql += &format!("UPDATE sessions SET facilitator_id = {person} WHERE id = 3;\n");
        }
        for (edition, sessions) in [(1, &[1, 2][..]), (4, &[5][..])] {
            for state in [
                dice.of(&["", "declined", "withdrawn"]),
                dice.of(&[
                    "",
                    "requested",
                    "waiting",
                    "enrolled",
                    "enrolled",
                    "completed",
                ]),
            ] {
                if !state.is_empty() {
                    next += 1;
                    enrolment(dice, &mut sql, (next, person, edition), state, sessions);
                }
            }
        }
        for table in ["outbox", "notices"] {
            if dice.is(2) {
                next += 1;
                sql += &match table {
                    "outbox" => format!(
                        "INSERT INTO outbox (id, person_id, address, kind, locale, subject, body, message_id, due_at, created_at) VALUES ({next}, {person}, 'a@x.pe', 'k', 'es', 's', 'b', printf('%032d', {next}), {NOW}, {NOW});\n"
                    ),
                    _ => format!(
                        "INSERT INTO notices (id, edition_id, person_id, kind, subject, body, created_at) VALUES ({next}, 1, {person}, 'k', 's', 'b', {NOW});\n"
                    ),
                };
            }
        }
    }
    sql
}

fn enrolment(
    dice: &mut Dice,
    sql: &mut String,
    (id, person, edition): (u64, u64, u64),
    state: &str,
    sessions: &[u64],
) {
    let (grade, materials) = (dice.of(&["NULL", "100", "150"]), dice.roll(2));
    *sql += &format!(
        "INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, sex, grade_tenths, materials)
         VALUES ({id}, {edition}, {person}, '{state}', {NOW}, {NOW}, 'f', {grade}, {materials});
         INSERT INTO enrolment_events (enrolment_id, at, to_state) VALUES ({id}, {NOW}, '{state}');\n"
    );
    if dice.is(3) {
        *sql += &format!(
            "INSERT INTO nomination_lines (nomination_id, line, verdict, decision, person_id, enrolment_id) VALUES (3, {id}, 'known', 'take', {person}, {id});\n"
        );
    }
    for session in sessions {
        let (status, minutes) = [
            ("present", 120),
            ("late", 120),
            ("partial", 60),
            ("partial", 30),
            ("excused", 0),
            ("absent", 0),
        ][usize::try_from(dice.roll(6)).expect("an index")];
        for _ in 0..dice.roll(3) {
            *sql += &format!("INSERT INTO attendance_marks (enrolment_id, session_id, status, minutes, source, account_id, marked_at) VALUES ({id}, {session}, '{status}', {minutes}, 'form', 3, {NOW});
                INSERT INTO attendance_standing (enrolment_id, session_id, mark_id, status, minutes, conflict)
                VALUES ({id}, {session}, last_insert_rowid(), '{status}', {minutes}, 0)
                ON CONFLICT DO UPDATE SET mark_id = excluded.mark_id;\n");
        }
        if *session == 5 {
            for step in 1..=3 {
                if dice.is(2) {
                    *sql += &format!(
                        "INSERT INTO steps_done (enrolment_id, step_id, done_at) VALUES ({id}, {step}, {NOW});\n"
                    );
                }
            }
        }
    }
    if dice.is(2) && state != "declined" {
        *sql += &format!(
            "INSERT INTO certificates (code, enrolment_id, kind, state_at, issued_at, content, content_digest) VALUES (printf('%026d', {id}), {id}, 'constancia', {NOW}, {NOW}, '{{}}', zeroblob(32));\n"
        );
    }
}

#[tokio::test]
async fn undoing_restores_every_row() {
    let app = TestApp::new().await;
    let file = app.into_file().await;
    for seed in 0..24 {
        let app = TestApp::copy_of(&file).await;
        let mut dice = Dice(seed);
        let mut tx = app.state.database.write().await.expect("a transaction");
        let sql = pair(&mut dice);
        sqlx::raw_sql(AssertSqlSafe(sql.clone()))
            .execute(&mut *tx)
            .await
            .expect(&sql);
        tx.commit().await.expect("committed");
        let admin = app.sign_in("admin").await;
        let before = dump(&app).await;
        let mut form = MERGE.to_vec();
        for field in [
            "names",
            "document",
            "birth_year",
            "email",
            "phone",
            "self_identification",
            "affiliation",
        ] {
            form.push((field, dice.of(&["kept", "gone"])));
        }
        let done = admin.post("merging/merge", &form).await;
        assert_eq!(done.status, StatusCode::OK, "seed {seed}: {}", done.body);
        let merged = dump(&app).await;
        assert_ne!(merged, before, "seed {seed}");
        let left = "SELECT (SELECT count(*) FROM enrolments WHERE person_id = 51)
            + (SELECT count(*) FROM affiliations WHERE person_id = 51)
            + (SELECT count(*) FROM edition_facilitators WHERE person_id = 51)
            + (SELECT count(*) FROM sessions WHERE facilitator_id = 51)
            + (SELECT count(*) FROM outbox WHERE person_id = 51)
            + (SELECT count(*) FROM notices WHERE person_id = 51)
            + (SELECT count(*) FROM nomination_lines WHERE person_id = 51)";
        assert_eq!(app.count(left).await, 0, "seed {seed}");
        let undone = admin.post("merging/undo", &UNDO).await;
        assert_eq!(
            undone.status,
            StatusCode::OK,
            "seed {seed}: {}",
            undone.body
        );
        let after = dump(&app).await;
        let gone: Vec<_> = before.iter().filter(|line| !after.contains(line)).collect();
        let new: Vec<_> = after.iter().filter(|line| !before.contains(line)).collect();
        assert!(
            gone.is_empty() && new.is_empty(),
            "seed {seed}: {gone:#?} {new:#?}"
        );
    }
}
