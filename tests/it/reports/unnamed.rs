//! Who was counted in a session and has no name, figure by figure.

use axum::http::StatusCode;

use super::{csv_rows, normal, xlsx_rows};
use crate::test_app::TestApp;

/// Rosa attends both sessions of edition 1, of different months and modalities. The first is counted
/// twice, and the last time stands: 4 women, 2 men; the second has 3 women and 5 men.
const COUNTED: &str = "
    UPDATE sessions SET modality = 'hybrid', starts_at = '2026-12-01T14:00:00+00:00', ends_at = '2026-12-01T18:00:00+00:00' WHERE id = 2;
    INSERT INTO attendance_marks (id, enrolment_id, session_id, status, minutes, source, marked_at) VALUES
     (1, 1, 1, 'present', 240, 'form', '2026-11-21T15:00:00+00:00'),
     (2, 1, 2, 'present', 240, 'form', '2026-12-01T15:00:00+00:00');
    INSERT INTO attendance_standing (enrolment_id, session_id, mark_id, status, minutes) VALUES
     (1, 1, 1, 'present', 240), (1, 2, 2, 'present', 240);
    INSERT INTO headcounts (session_id, women, men, unstated, named_women, named_men, named_unstated, explanation, account_id, counted_at) VALUES
     (1, 900, 900, 900, 1, 0, 0, 'Se contó mal', 4, '2026-11-21T15:00:00+00:00'),
     (1, 4, 2, 0, 1, 0, 0, 'No firmaron todos', 4, '2026-11-21T15:00:00+00:00'),
     (2, 3, 5, 0, 1, 0, 0, 'No firmaron todos', 4, '2026-12-01T15:00:00+00:00');";

/// Group, enrolments, attendances, participations, people, hours, constancias, certificados. Women are
/// 4 - 1 and 3 - 1, men 2 and 5: the most of each, and Rosa.
const CASES: [(&str, &[&str]); 12] = [
    (
        "by=edition&edition=1",
        &[
            "Cadena de custodia (1)|1|2|9|1|10.7|0|0",
            "TOTAL|1|2|9|1|10.7|0|0",
        ],
    ),
    (
        "by=month&edition=1",
        &[
            "2026-11|1|1|6|1|5.3|0|0",
            "2026-12|1|1|8|1|5.3|0|0",
            "TOTAL|1|2|9|1|10.7|0|0",
        ],
    ),
    (
        "by=modality&edition=1",
        &[
            "in_person|1|1|6|1|5.3|0|0",
            "hybrid|1|1|8|1|5.3|0|0",
            "TOTAL|1|2|9|1|10.7|0|0",
        ],
    ),
    (
        "by=sex&edition=1",
        &[
            "f|1|2|4|1|10.7|0|0",
            "m|0|0|5|0|0.0|0|0",
            "TOTAL|1|2|9|1|10.7|0|0",
        ],
    ),
    (
        "by=sex&edition=1&sex=f",
        &["f|1|2|4|1|10.7|0|0", "TOTAL|1|2|4|1|10.7|0|0"],
    ),
    (
        "by=sector&edition=1",
        &[
            "prosecution|1|2|1|1|10.7|0|0",
            "|0|0|8|0|0.0|0|0",
            "TOTAL|1|2|9|1|10.7|0|0",
        ],
    ),
    (
        "by=institution&edition=1",
        &[
            "Fiscalía Especializada en Materia Ambiental|1|2|1|1|10.7|0|0",
            "|0|0|8|0|0.0|0|0",
            "TOTAL|1|2|9|1|10.7|0|0",
        ],
    ),
    (
        "by=department&edition=1",
        &[
            "Loreto|1|2|1|1|10.7|0|0",
            "|0|0|8|0|0.0|0|0",
            "TOTAL|1|2|9|1|10.7|0|0",
        ],
    ),
    (
        "by=edition&sector=prosecution&edition=1",
        &[
            "Cadena de custodia (1)|1|2|1|1|10.7|0|0",
            "TOTAL|1|2|1|1|10.7|0|0",
        ],
    ),
    (
        "by=edition&institution=1&edition=1",
        &[
            "Cadena de custodia (1)|1|2|1|1|10.7|0|0",
            "TOTAL|1|2|1|1|10.7|0|0",
        ],
    ),
    (
        "by=edition&department=Loreto&edition=1",
        &[
            "Cadena de custodia (1)|1|2|1|1|10.7|0|0",
            "TOTAL|1|2|1|1|10.7|0|0",
        ],
    ),
    (
        "by=edition&edition=1&from=2026-11-21&to=2026-11-21",
        &[
            "Cadena de custodia (1)|1|1|6|1|5.3|0|0",
            "TOTAL|1|1|6|1|5.3|0|0",
        ],
    ),
];

#[tokio::test]
async fn participations_and_nothing_else() {
    let app = TestApp::new().await;
    app.execute(COUNTED).await;
    let manager = app.sign_in("manager").await;
    for (query, expected) in CASES {
        let csv = csv_rows(&manager, query).await;
        let rows: Vec<String> = csv[1..].iter().map(|row| row.join("|")).collect();
        assert_eq!(rows, expected, "{query}");
        let xlsx = manager.get(&format!("/reports/totals.xlsx?{query}")).await;
        assert_eq!(normal(xlsx_rows(&xlsx.bytes)), normal(csv), "{query}");
    }
    let page = manager.get("/reports/totals?by=sex&edition=1").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.body
            .contains("De las participaciones, 8 son de quienes se contaron"),
        "{}",
        page.body
    );
    let page = manager
        .get("/reports/totals?edition=1&sector=prosecution")
        .await;
    assert!(
        !page.body.contains("De las participaciones"),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn who_was_counted_counts_where_nobody_is_enrolled() {
    let app = TestApp::new().await;
    app.execute(COUNTED).await;
    app.execute(
        "DELETE FROM attendance_standing; UPDATE enrolments SET state = 'withdrawn' WHERE id = 1",
    )
    .await;
    let manager = app.sign_in("manager").await;
    let csv = csv_rows(&manager, "by=edition&edition=1").await;
    assert_eq!(csv[1][1..], ["0", "0", "9", "0", "0.0", "0", "0"]);
    let page = manager.get("/reports/totals?by=edition&edition=1").await;
    assert!(
        page.body.contains("Cadena de custodia (1)"),
        "{}",
        page.body
    );
    // A draft tells nobody anything.
    app.execute("UPDATE editions SET state = 'draft' WHERE id = 1")
        .await;
    assert_eq!(csv_rows(&manager, "by=edition&edition=1").await.len(), 2);
}
