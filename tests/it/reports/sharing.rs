//! Totals for outside: what is of a few people is not told, on the page and in both files alike.

use capacita::demo;

use super::csv_rows;
use crate::test_app::TestApp;

/// Where the figures that count people or documents stand behind the cuts.
const COUNTS: [usize; 5] = [0, 2, 3, 5, 6];

#[tokio::test]
async fn no_file_for_sharing_tells_a_few() {
    let app = TestApp::empty().await;
    demo::load(&app.state, 1).await.expect("the demo loads");
    let manager = app.sign_in_as("manager@demo.pe", demo::PASSWORD).await;
    for (query, cuts) in [
        ("by=institution,sex&period=cy2022", 2),
        ("by=edition,sex", 2),
        ("by=department,sector&program=2", 2),
        ("by=department,sex&sector=press", 2),
    ] {
        let inside = csv_rows(&manager, query).await;
        let outside = csv_rows(&manager, &format!("{query}&small=withheld")).await;
        let few = |text: &String| (1..5).contains(&text.parse::<i64>().unwrap_or_default());
        let counts = |rows: &[Vec<String>]| -> Vec<String> {
            let cells = rows[1..].iter();
            cells
                .flat_map(|row| COUNTS.map(|column| row[cuts + column].clone()))
                .collect()
        };
        assert!(
            counts(&inside).iter().any(few),
            "{query}: nothing to withhold"
        );
        assert!(!counts(&outside).iter().any(few), "{query}: {outside:?}");
        assert_eq!(outside.last(), inside.last(), "{query}: the true total");
        for (inside, outside) in inside.iter().zip(&outside) {
            for (counted, told) in inside.iter().zip(outside) {
                assert!(told == counted || told == "*", "{query}: {outside:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_total_of_a_few_is_withheld_too() {
    let app = TestApp::new().await;
    let manager = app.sign_in("manager").await;
    let rows = csv_rows(&manager, "by=edition&edition=1&small=withheld").await;
    for row in &rows[1..] {
        assert_eq!(row[1..], ["*"; 7], "{rows:?}");
    }
    let page = manager
        .get("/reports/totals?edition=1&small=withheld")
        .await;
    let figures = super::page_numbers(&page.body, "class=\"figure-value\"");
    assert_eq!(figures, ["*"; 7]);
}

#[tokio::test]
async fn the_page_leads_there_and_back_and_the_files_say_what_they_are() {
    let app = TestApp::new().await;
    let manager = app.sign_in("manager").await;
    let inside = manager.get("/reports/totals?by=sector&sex=f").await.html();
    let there = "/reports/totals?sex=f&amp;by=sector&amp;small=withheld";
    assert!(inside.contains(there), "{inside}");
    assert!(!inside.contains("* Cifra oculta"), "{inside}");

    let query = "by=sector&sex=f&small=withheld";
    let outside = manager
        .get(&format!("/reports/totals?{query}"))
        .await
        .html();
    assert!(outside.contains("* Cifra oculta"), "{outside}");
    assert!(
        outside.contains(r#"aria-label="Quitar Cifras de menos de 5 personas: ocultas""#),
        "{outside}"
    );
    for extension in ["csv", "xlsx"] {
        let file = manager
            .get(&format!("/reports/totals.{extension}?{query}"))
            .await;
        let disposition = file.headers["content-disposition"].to_str().expect("text");
        let name = format!("capacita-totals-for-sharing-hours-of-45-min.{extension}");
        assert!(disposition.contains(&name), "{disposition}");
    }
}
