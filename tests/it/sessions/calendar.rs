//! The calendar: who sees what, by month, as a grid and as a list.

use crate::test_app::TestApp;

const LABELS: [&str; 4] = [
    "Cadena de custodia: Primera",
    "Cadena de custodia: Borrador",
    "Litigación oral: Ajena",
    "Delitos contra la fauna: Autónoma",
];

async fn shown(app: &TestApp, who: &str, query: &str) -> Vec<&'static str> {
    let client = match who {
        "" => app.stranger(),
        name => app.sign_in(name).await,
    };
    let body = client.get(&format!("/calendar{query}")).await.body;
    LABELS
        .into_iter()
        .filter(|label| body.contains(label))
        .collect()
}

#[tokio::test]
async fn everybody_sees_what_is_published_and_staff_their_own_work() {
    let app = TestApp::new().await;
    let [first, draft, foreign, unit] = LABELS;
    let november = vec![first, foreign, unit];
    for who in ["", "participant", "manager", "admin"] {
        assert_eq!(shown(&app, who, "").await, november, "{who}");
    }
    assert_eq!(shown(&app, "coordinator", "").await, [first, unit]);
    assert_eq!(shown(&app, "coordinator", "?scope=all").await, november);
    assert_eq!(shown(&app, "stranger-coordinator", "").await, [foreign]);
    assert_eq!(shown(&app, "facilitator", "").await, [first]);
    for (who, sees) in [
        ("", false),
        ("participant", false),
        ("facilitator", false),
        ("stranger-coordinator", false),
        ("coordinator", true),
        ("admin", true),
    ] {
        for query in ["?month=2027-02", "?month=2027-02&view=list&scope=all"] {
            let expected = if sees { vec![draft] } else { vec![] };
            assert_eq!(shown(&app, who, query).await, expected, "{who} {query}");
        }
    }
}

#[tokio::test]
async fn months_turn_in_limas_time() {
    let app = TestApp::new().await;
    // 22:00 on 30 November in Lima is December in UTC.
    app.execute(
        "UPDATE sessions SET starts_at = '2026-12-01T03:00:00+00:00',
                             ends_at = '2026-12-01T04:00:00+00:00' WHERE id = 1",
    )
    .await;
    let [first, ..] = LABELS;
    assert!(
        shown(&app, "", "?month=2026-11&view=list")
            .await
            .contains(&first)
    );
    assert!(
        !shown(&app, "", "?month=2026-12&view=list")
            .await
            .contains(&first)
    );
    // The grid of December begins with Monday 30 November and shows it.
    assert!(shown(&app, "", "?month=2026-12").await.contains(&first));
    for odd in ["2026-13", "x", "", "2026-11-05", "9999-01"] {
        let body = app
            .stranger()
            .get(&format!("/calendar?month={odd}"))
            .await
            .body;
        assert!(body.contains("Calendario: noviembre 2026"), "{odd}");
    }
}

#[tokio::test]
async fn the_list_says_where_and_the_grid_leads_on() {
    let app = TestApp::new().await;
    let list = app.stranger().get("/calendar?view=list").await.html();
    for shown in [
        "sáb 21 nov 2026, 9:00–13:00",
        "Auditorio de Iquitos, Loreto",
        "Se abre: Delitos contra la fauna: Autónoma",
        "href=\"/editions/1\"",
    ] {
        assert!(list.contains(shown), "{shown}");
    }
    let grid = app.stranger().get("/calendar").await.html();
    for link in ["month=2026-10", "month=2026-12", "view=list"] {
        assert!(grid.contains(link), "{link}");
    }
    app.execute("UPDATE editions SET state = 'cancelled' WHERE id = 1")
        .await;
    let list = app.stranger().get("/calendar?view=list").await.html();
    assert!(list.contains("Cancelada"));
}

#[tokio::test]
async fn self_paced_sessions_that_open_together_are_one_entry_of_the_month() {
    let app = TestApp::new().await;
    app.execute(
        "INSERT INTO sessions (id, edition_id, title, modality, starts_at, ends_at, planned_minutes, created_at)
         SELECT 20 + value, 4, 'Módulo ' || value, 'self_paced',
                CASE value WHEN 3 THEN '2026-11-02' ELSE '2026-11-01' END || 'T05:00:00+00:00',
                '2027-01-01T04:59:00+00:00', 60, '2026-01-01T00:00:00+00:00'
         FROM json_each('[1, 2, 3]')",
    )
    .await;
    let count = async |query: &str, words: &str| {
        let page = app.stranger().get(&format!("/calendar{query}")).await;
        page.html().matches(words).count()
    };
    // Three on the first day, one on the second, which is named.
    let course = "Se abre: Delitos contra la fauna";
    assert_eq!(count("?month=2026-11", course).await, 2);
    let named = "Se abre: Delitos contra la fauna: Módulo 3";
    assert_eq!(count("?month=2026-11", named).await, 1);
    // The list has each by itself.
    assert_eq!(count("?month=2026-11&view=list", course).await, 4);
}
