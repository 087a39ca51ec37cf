//! Totals: the same numbers on the page and in both files, equal to a recount, and nobody's who
//! has no business with them.

mod address;
mod changes;
mod cuts;
mod random;
mod recount;
mod sharing;
mod unnamed;

use axum::http::StatusCode;
use calamine::{Data, Reader as _, Xlsx};
use capacita::demo;

use crate::{
    listing,
    test_app::{Client, TestApp},
};

/// A file's rows: the header, the groups and the grand total.
async fn csv_rows(client: &Client, query: &str) -> Vec<Vec<String>> {
    let answer = client.get(&format!("/reports/totals.csv?{query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{query}: {}", answer.body);
    listing::csv_rows(&answer)
}

/// The cells of a workbook as the CSV would write them.
fn xlsx_rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut workbook = Xlsx::new(std::io::Cursor::new(bytes.to_vec())).expect("a workbook");
    let sheet = workbook.worksheet_range("totals").expect("the sheet");
    let cell = |data: &Data| match data {
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::String(text) => text.clone(),
        _ => String::new(),
    };
    sheet
        .rows()
        .map(|row| row.iter().map(cell).collect())
        .collect()
}

/// Numbers as both files write them: a whole number of hours is 3 here and 3.0 there.
fn normal(rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let cell = |text: String| text.strip_suffix(".0").map(str::to_owned).unwrap_or(text);
    rows.into_iter()
        .map(|row| row.into_iter().map(cell).collect())
        .collect()
}

/// The text of a page's table cells and figures, without tags.
fn page_numbers(html: &str, class: &str) -> Vec<String> {
    html.split(class)
        .skip(1)
        .filter_map(|rest| rest.split_once('>').map(|(_, rest)| rest))
        .map(|rest| rest.split('<').next().unwrap_or_default().replace(',', ""))
        .collect()
}

#[tokio::test]
async fn page_and_files_hold_the_same_numbers() {
    let app = TestApp::empty().await;
    demo::load(&app.state, 1).await.expect("the demo loads");
    let manager = app.sign_in_as("manager@demo.pe", demo::PASSWORD).await;
    for query in [
        "",
        "by=sector&period=cy2022",
        "by=program,month&from=2022-03-01&to=2022-03-31",
        "by=edition&program=1&kind=intensive",
        "by=institution,sex&modality=self_paced&department=Loreto",
        "by=month&from=1999-01-01&to=1999-12-31",
        "by=sector,sex&period=cy2022&small=withheld",
        "by=institution&program=2&small=withheld",
    ] {
        let csv = csv_rows(&manager, query).await;
        let xlsx = manager.get(&format!("/reports/totals.xlsx?{query}")).await;
        assert_eq!(xlsx.status, StatusCode::OK);
        assert_eq!(
            normal(xlsx_rows(&xlsx.bytes)),
            normal(csv.clone()),
            "{query}"
        );

        let page = manager.get(&format!("/reports/totals?{query}")).await;
        assert_eq!(page.status, StatusCode::OK);
        let cuts = csv[0].len() - 7;
        let total: Vec<String> = csv.last().expect("the total")[cuts..cuts + 7].to_vec();
        assert_eq!(
            page_numbers(&page.body, "class=\"figure-value\""),
            total,
            "{query}"
        );
        if cuts > 0 && total[0] != "0" {
            let cells: Vec<String> = csv[1..]
                .iter()
                .flat_map(|row| row[cuts..cuts + 7].to_vec())
                .collect();
            // The heads of the seven columns carry the class too.
            assert_eq!(
                page_numbers(&page.body, "class=\"num\"")[7..],
                cells,
                "{query}"
            );
        }
    }
}

#[tokio::test]
async fn the_demo_has_the_magnitudes_of_the_programs() {
    let app = TestApp::empty().await;
    demo::load(&app.state, 1).await.expect("the demo loads");
    let manager = app.sign_in_as("manager@demo.pe", demo::PASSWORD).await;
    let total = async |query: &str| -> (usize, Vec<i64>) {
        let rows = csv_rows(&manager, query).await;
        let last = rows.last().expect("the total");
        let numbers = last[1..].iter().map(|text| {
            text.split('.')
                .next()
                .expect("digits")
                .parse()
                .expect("a number")
        });
        (rows.len() - 2, numbers.collect())
    };
    // 30 training workshops, among them 2 intensive and 4 self-paced courses; more than 1,700 officials.
    let training = "by=edition&period=cy2022&program=1&kind=workshop&kind=intensive&kind=virtual";
    let (editions, figures) = total(training).await;
    assert_eq!(editions, 30);
    assert!((1700..1800).contains(&figures[3]), "{figures:?}");
    assert!(
        figures[2] > figures[3],
        "more participations than people: {figures:?}"
    );
    assert_eq!(
        total("by=edition&period=cy2022&program=1&kind=intensive")
            .await
            .0,
        2
    );
    assert_eq!(
        total("by=edition&period=cy2022&program=1&kind=virtual")
            .await
            .0,
        4
    );
    let (visits, visitors) = total("by=edition&period=cy2022&program=1&kind=study_visit").await;
    assert_eq!((visits, visitors[0]), (1, 7));
    // Prevent: more than 400 indigenous people, dozens of journalists.
    assert!(
        total("by=course&program=2&sector=indigenous_people")
            .await
            .1[3]
            > 400
    );
    assert!((24..60).contains(&total("by=course&program=2&sector=press").await.1[3]));
    // Mining: 600 people in conflict resolution in 2016.
    let mining = csv_rows(&manager, "by=course&program=3&period=cy2016").await;
    let conflict = mining
        .iter()
        .find(|row| row[0].starts_with("Resolución"))
        .expect("the course");
    assert!(
        (600..700).contains(&conflict[4].parse::<i64>().expect("a number")),
        "{conflict:?}"
    );
}

#[tokio::test]
async fn slips_are_answered_with_400_and_named() {
    let app = TestApp::new().await;
    let manager = app.sign_in("manager").await;
    for query in [
        "colour=red",
        "by=sector,colour",
        "program=x",
        "from=2022-13-01",
        "sector=army",
        "program=99999",
        "by=sector&course=99999",
        "edition=99999",
        "institution=999999",
    ] {
        for file in ["", ".csv", ".xlsx"] {
            let answer = manager.get(&format!("/reports/totals{file}?{query}")).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{file} {query}");
            let (name, value) = query
                .rsplit('&')
                .next()
                .and_then(|last| last.split_once('='))
                .expect("a name and a value");
            let value = value.rsplit(',').next().expect("a value");
            assert!(
                answer.body.contains(name) && answer.body.contains(value),
                "{file} {query}: {}",
                answer.body
            );
        }
    }
}

#[tokio::test]
async fn who_may_count_what() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let own = csv_rows(&coordinator, "by=program").await;
    assert_eq!(
        own.iter().map(|row| row[0].as_str()).collect::<Vec<_>>(),
        ["program", "Programa propio", "TOTAL"]
    );
    let foreign = coordinator.get("/reports/totals.csv?program=2").await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    assert_eq!(
        foreign.body,
        "Esta acción no le corresponde con su cuenta. Si la necesita, pídala a la administración del programa."
    );
    for name in ["facilitator", "participant"] {
        let client = app.sign_in(name).await;
        assert_eq!(
            client.get("/reports/totals").await.status,
            StatusCode::FORBIDDEN,
            "{name}"
        );
        let file = client.get("/reports/totals.csv").await;
        assert_eq!(file.status, StatusCode::FORBIDDEN, "{name}");
    }
    assert_eq!(
        app.stranger()
            .get("/reports/totals.xlsx?by=sex")
            .await
            .location(),
        // To the page: a file would be saved, and leave them looking at the form.
        "/sign-in?next=%2Freports%2Ftotals%3Fby%3Dsex"
    );
    assert_eq!(
        app.stranger().get("/reports/totals").await.location(),
        "/sign-in?next=%2Freports%2Ftotals"
    );
}

#[tokio::test]
async fn the_demo_is_never_mixed_with_records() {
    let app = TestApp::new().await;
    assert!(matches!(
        demo::load(&app.state, 1).await,
        Err(demo::DemoError::NotEmpty)
    ));
}

#[tokio::test]
async fn who_came_and_withdrew_stays_in_what_was_attended() {
    let app = TestApp::new().await;
    let facilitator = app.sign_in("facilitator").await;
    let form = [
        ("enrolment", "1"),
        ("session", "1"),
        ("status", "present"),
        ("seen", ""),
        ("key", "a-key-of-this-test"),
    ];
    let marked = facilitator.post("attendance/mark", &form).await;
    assert_eq!(marked.status, StatusCode::OK);
    let manager = app.sign_in("manager").await;
    let before = csv_rows(&manager, "by=edition&edition=1").await;
    app.execute("UPDATE enrolments SET state = 'withdrawn' WHERE id = 1")
        .await;
    let after = csv_rows(&manager, "by=edition&edition=1").await;
    assert_eq!(before[1][1..], ["1", "1", "1", "1", "5.3", "0", "0"]);
    assert_eq!(after[1][1..], ["0", "1", "1", "1", "5.3", "0", "0"]);
    app.execute("DELETE FROM attendance_standing").await;
    let never_came = csv_rows(&manager, "by=edition&edition=1").await;
    assert_eq!(never_came.len(), 2, "heads and total alone");
}
