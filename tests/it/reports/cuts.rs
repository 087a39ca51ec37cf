//! What a group is, and which day a fact has.

use std::io::Cursor;

use calamine::{Reader as _, Xlsx};
use capacita::{
    demo,
    people::Sector,
    reports::{self, Cut, TotalsQuery},
};

use super::{changes::CHANGES, csv_rows};
use crate::test_app::TestApp;

#[tokio::test]
async fn institutions_of_one_name_are_two_and_show_their_country() {
    let app = TestApp::new().await;
    app.execute(
        "INSERT INTO institutions (id, name, sector, country, folded_name, created_at)
         VALUES (3, 'Policía de Prueba', 'police', 'EC', 'policia de prueba', '2026-01-01T00:00:00+00:00');
         INSERT INTO enrolments (edition_id, person_id, state, state_at, requested_at, institution_id,
                                 institution_name, sector, country, sex)
         VALUES (3, 7, 'enrolled', '2026-10-02T00:00:00+00:00', '2026-10-02T00:00:00+00:00', 3,
                 'Policía de Prueba', 'police', 'EC', 'm'),
                (3, 8, 'enrolled', '2026-10-02T00:00:00+00:00', '2026-10-02T00:00:00+00:00', NULL,
                 NULL, NULL, 'PE', 'm')",
    )
    .await;
    let manager = app.sign_in("manager").await;
    let rows = csv_rows(&manager, "by=institution").await;
    let found: Vec<_> = rows[1..]
        .iter()
        .map(|row| (row[0].as_str(), row[1].as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("Fiscalía Especializada en Materia Ambiental", "2"),
            ("Policía de Prueba (EC)", "1"),
            ("Policía de Prueba (PE)", "1"),
            ("", "1"),
            ("TOTAL", "5"),
        ]
    );
    let one = csv_rows(&manager, "by=institution&institution=3").await;
    assert_eq!(one[1][..2], ["Policía de Prueba (EC)", "1"]);
    assert_eq!(one.len(), 3);
}

#[tokio::test]
async fn an_edition_without_sessions_counts_on_its_first_day() {
    let app = TestApp::new().await;
    app.execute("UPDATE editions SET state = 'announced' WHERE id = 2; DELETE FROM sessions WHERE id = 4;
                 INSERT INTO enrolments (edition_id, person_id, state, state_at, requested_at, sex)
                 VALUES (2, 8, 'enrolled', '2026-11-01T00:00:00+00:00', '2026-11-01T00:00:00+00:00', 'm')")
        .await;
    let manager = app.sign_in("manager").await;
    for (query, enrolments) in [
        ("edition=2", "1"),
        ("edition=2&from=2027-02-01&to=2027-02-01", "1"),
        ("edition=2&from=2027-02-02", "0"),
        ("edition=2&to=2027-01-31", "0"),
        ("edition=2&modality=in_person", "1"),
        ("edition=2&modality=self_paced", "0"),
    ] {
        let rows = csv_rows(&manager, query).await;
        assert_eq!(rows[1][0], enrolments, "{query}");
    }
    let months = csv_rows(&manager, "by=month&edition=2").await;
    assert_eq!(months[1][..2], ["2027-02", "1"]);
}

#[tokio::test]
async fn a_unit_counts_on_the_day_it_was_done_and_its_certificate_too() {
    let app = TestApp::new().await;
    app.execute(
        "INSERT INTO attendance_marks (id, enrolment_id, session_id, status, minutes, source, account_id, marked_at)
         VALUES (1, 3, 5, 'absent', 0, 'form', 3, '2026-11-20T15:00:00+00:00'),
                (2, 3, 5, 'present', 120, 'self_paced', NULL, '2026-12-02T04:59:59+00:00'),
                (3, 3, 5, 'present', 120, 'form', 3, '2027-01-10T15:00:00+00:00');
         INSERT INTO attendance_standing (enrolment_id, session_id, mark_id, status, minutes)
         VALUES (3, 5, 3, 'present', 120);
         INSERT INTO certificates (id, code, enrolment_id, kind, state_at, issued_at, content, content_digest)
         VALUES (1, '0123456789ABCDEFGHJKMNPQRS', 3, 'constancia', '2027-01-11T15:00:00+00:00',
                 '2027-01-11T15:00:00+00:00', '{}', zeroblob(32))",
    )
    .await;
    let manager = app.sign_in("manager").await;
    // 23:59:59 of 1 December in Lima.
    for (day, attended, constancias) in [
        ("2026-11-01", "0", "0"),
        ("2026-12-01", "1", "1"),
        ("2026-12-02", "0", "0"),
        ("2027-01-10", "0", "0"),
    ] {
        let query = format!("edition=4&from={day}&to={day}");
        let rows = csv_rows(&manager, &query).await;
        assert_eq!(rows[1][1], attended, "{day}");
        assert_eq!(rows[1][5], constancias, "{day}");
    }
}

#[tokio::test]
async fn the_files_say_how_long_an_hour_is() {
    let app = TestApp::new().await;
    app.execute("UPDATE settings SET value = '60' WHERE name = 'academic_minutes'")
        .await;
    let manager = app.sign_in("manager").await;
    for kind in ["csv", "xlsx"] {
        let file = manager.get(&format!("/reports/totals.{kind}?by=sex")).await;
        let name = format!("attachment; filename=\"capacita-totals-hours-of-60-min.{kind}\"");
        assert_eq!(file.headers["content-disposition"], name.as_str());
        if kind == "xlsx" {
            let mut book = Xlsx::new(Cursor::new(file.bytes)).expect("a workbook");
            let hours = book.worksheet_range("hours").expect("the second sheet");
            let cells: Vec<String> = hours.cells().map(|(_, _, cell)| cell.to_string()).collect();
            assert_eq!(cells, ["minutes_per_hour", "60"]);
        }
    }
    let page = manager.get("/reports/totals").await.body;
    assert!(page.contains("horas lectivas son de 60 minutos"), "{page}");
    assert!(page.contains("Cada una cuenta una sola vez"));
}

#[tokio::test]
async fn to_a_coordinator_what_is_foreign_is_unknown() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    for (query, known) in [
        ("edition=1", true),
        ("edition=3", false),
        ("course=1", true),
        ("course=2", false),
        ("institution=2", true),
    ] {
        let answer = coordinator
            .get(&format!("/reports/totals.csv?{query}"))
            .await;
        let expected: u16 = if known { 200 } else { 400 };
        assert_eq!(answer.status, expected, "{query}");
    }
}

#[tokio::test]
async fn a_certificate_counts_once_in_all_periods_together() {
    let app = TestApp::empty().await;
    demo::load(&app.state, 2).await.expect("the demo loads");
    app.execute(CHANGES).await;
    let manager = app.sign_in_as("manager@demo.pe", demo::PASSWORD).await;
    let rows = csv_rows(&manager, "by=month").await;
    let number = |row: &[String], column: usize| row[column].parse::<i64>().expect("a number");
    for column in [6, 7] {
        let months: i64 = rows[1..rows.len() - 1]
            .iter()
            .map(|row| number(row, column))
            .sum();
        let total = number(rows.last().expect("the total"), column);
        assert!(total > 0);
        assert_eq!(months, total, "column {column}");
    }
}

/// Tables that grow with use and must not be walked through for a single period.
const GROWING: [&str; 5] = [
    "enrolments",
    "attendance_marks",
    "standing",
    "attendance_standing",
    "headcounts",
];

#[tokio::test]
async fn a_period_is_counted_along_indexes() {
    let app = TestApp::empty().await;
    demo::load(&app.state, 1).await.expect("the demo loads");
    let mut connection = app.state.database.read().await.expect("a connection");
    let query = TotalsQuery {
        by: vec![Cut::Sector, Cut::Month],
        from: Some("2022-01-01".parse().expect("a day")),
        to: Some("2022-01-31".parse().expect("a day")),
        sectors: vec![Sector::Police],
        ..TotalsQuery::default()
    };
    let plan = reports::queries::plan(&mut connection, &query)
        .await
        .expect("a plan");
    let scans: Vec<_> = plan
        .iter()
        .filter_map(|line| line.strip_prefix("SCAN "))
        .filter(|line| {
            let table = line.split(' ').next().unwrap_or_default();
            GROWING.contains(&table)
        })
        .collect();
    assert!(scans.is_empty(), "{plan:#?}");
}
