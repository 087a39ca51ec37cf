//! Reading the audit trail, and whether its chain holds.

use axum::http::StatusCode;
use capacita::audit::{ChainFault, verify_chain};

use crate::test_app::TestApp;

async fn fault(app: &TestApp) -> Option<ChainFault> {
    let mut connection = app.state.database.read().await.expect("a connection");
    verify_chain(&mut connection).await.expect("readable")
}

/// Signs in twice, grants a role, changes a setting: events 1 to 4.
async fn some_events(app: &TestApp) {
    let admin = app.sign_in("admin").await;
    app.sign_in("manager").await;
    let grant = [("account", "5"), ("role", "coordinator"), ("program", "1")];
    admin.post("access/grant_role", &grant).await;
    app.clock.advance(chrono::Duration::days(2));
    let minutes = [("minutes", "60")];
    admin.post("admin/set_academic_minutes", &minutes).await;
}

#[tokio::test]
async fn the_chain_holds_until_somebody_lays_hands_on_it() {
    let app = TestApp::new().await;
    assert_eq!(fault(&app).await, None);
    some_events(&app).await;
    assert_eq!(fault(&app).await, None);
    app.execute("UPDATE audit_events SET before = NULL, after = NULL WHERE id = 4")
        .await;
    assert_eq!(fault(&app).await, None, "erasing details breaks nothing");
    app.execute("UPDATE audit_events SET after = '{\"role\":\"manager\"}' WHERE id = 3")
        .await;
    assert_eq!(
        fault(&app).await,
        Some(ChainFault::DetailsAltered { event: 3 })
    );
    app.execute("UPDATE audit_events SET account_id = 3 WHERE id = 2")
        .await;
    assert_eq!(fault(&app).await, Some(ChainFault::Broken { event: 2 }));
    app.execute("UPDATE audit_events SET account_id = 2 WHERE id = 2")
        .await;
    app.execute("DELETE FROM audit_events WHERE id = 3").await;
    assert_eq!(fault(&app).await, Some(ChainFault::Broken { event: 4 }));
}

#[tokio::test]
async fn the_trail_is_filtered() {
    let app = TestApp::new().await;
    some_events(&app).await;
    let admin = app.sign_in("admin").await;
    let cases = [
        (
            "",
            vec![
                "Ingresó",
                "Cambió un ajuste",
                "Asignó un rol",
                "Ingresó",
                "Ingresó",
            ],
        ),
        ("who=manager%40capacita.test", vec!["Ingresó"]),
        ("account=2", vec!["Ingresó"]),
        ("who=nobody%40capacita.test", vec![]),
        ("action=setting_change", vec!["Cambió un ajuste"]),
        ("subject=account", vec!["Asignó un rol"]),
        ("subject=account&record=5", vec!["Asignó un rol"]),
        ("subject=account&record=6", vec![]),
        ("program=1", vec!["Asignó un rol"]),
        ("to=2026-11-21", vec!["Asignó un rol", "Ingresó", "Ingresó"]),
        ("from=2026-11-22", vec!["Ingresó", "Cambió un ajuste"]),
        ("from=2026-11-22&to=2026-11-22", vec![]),
        ("from=2027-01-01", vec![]),
        ("before=3", vec!["Ingresó", "Ingresó"]),
    ];
    for (query, expected) in cases {
        let page = admin.get(&format!("/audit?{query}")).await;
        assert_eq!(page.status, StatusCode::OK);
        let html = page.html();
        let actions: Vec<&str> = html
            .split("<strong>")
            .skip(1)
            .filter_map(|rest| rest.split("</strong>").next())
            .collect();
        assert_eq!(actions, expected, "{query}");
    }
}

#[tokio::test]
async fn a_filter_that_cannot_be_read_shows_nothing_and_says_so() {
    let app = TestApp::new().await;
    some_events(&app).await;
    let admin = app.sign_in("admin").await;
    for (query, typed, kept) in [
        (
            "from=2026-13-45&action=setting_change",
            "2026-13-45",
            "from",
        ),
        ("to=hoy", "hoy", "to"),
        ("record=cinco", "cinco", "record"),
    ] {
        let html = admin.get(&format!("/audit?{query}")).await.html();
        assert!(!html.contains("<strong>"), "{query}: no event");
        assert!(
            html.contains(&format!("«{typed}» no es")),
            "{query}: {html}"
        );
        assert!(html.contains(&format!(r#"id="{kept}-error""#)), "{query}");
        assert!(html.contains("No se buscó nada"), "{query}");
    }
    // What else was chosen stays chosen.
    let html = admin
        .get("/audit?from=x&action=setting_change")
        .await
        .html();
    assert!(
        html.contains(r#"value="setting_change" selected"#),
        "{html}"
    );
}

#[tokio::test]
async fn a_record_stays_looked_for_when_filtering_further() {
    let app = TestApp::new().await;
    some_events(&app).await;
    let admin = app.sign_in("admin").await;
    let html = admin.get("/audit?subject=account&record=5").await.html();
    let field = html.split(r#"name="record""#).nth(1).expect("the field");
    let field = field.split('>').next().expect("its end");
    assert!(field.contains(r#"value="5""#), "{field}");
}

#[tokio::test]
async fn before_and_after_stand_side_by_side() {
    let app = TestApp::new().await;
    some_events(&app).await;
    let admin = app.sign_in("admin").await;
    let page = admin.get("/audit?action=setting_change").await;
    let fact = page.fact("Minutos de la hora lectiva");
    assert_eq!(fact, "antes: 45 → después: 60");
}

#[tokio::test]
async fn a_change_tells_what_was_before() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let roll = |status: &'static str, seen: &'static str| {
        [
            ("session", "1"),
            ("mark-1", status),
            ("minutes-1", ""),
            ("seen-1", seen),
        ]
    };
    for form in [roll("present", ""), roll("absent", "1")] {
        let answer = coordinator.post("attendance/mark_session", &form).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    }
    let moved = [
        ("person", "5"),
        ("version", "1"),
        ("institution", "103"),
        ("country", "PE"),
        ("since", "2026-11-01"),
    ];
    let left = [("person", "5"), ("version", "2"), ("until", "2026-11-20")];
    for (endpoint, form) in [
        ("people/change_affiliation", &moved[..]),
        ("people/end_affiliation", &left[..]),
    ] {
        let answer = coordinator.post(endpoint, form).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    }
    let told = "SELECT group_concat(action || ' ' || before || ' > ' || after, '|')
                FROM (SELECT * FROM audit_events
                      WHERE action LIKE 'affiliation%' OR action LIKE 'attendance%' ORDER BY id)";
    let expected = [
        r#"attendance_mark_many {"marks":[[1,"not_taken",0]]} > {"marks":[[1,"present",240]]}"#,
        r#"attendance_mark_many {"marks":[[1,"present",240]]} > {"marks":[[1,"absent",0]]}"#,
        r#"affiliation_change {"department":"16","institution":1,"position":"Fiscal adjunta","since":"2025-01-01"} > {"department":null,"institution":103,"position":null,"since":"2026-11-01"}"#,
        r#"affiliation_end {"country":"PE","department":null,"institution":103,"position":null,"region":null,"since":"2026-11-01","unit":null} > {"affiliation":3,"until":"2026-11-20"}"#,
    ];
    assert_eq!(app.text(told).await, expected.join("|"));
}
