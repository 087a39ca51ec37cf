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
async fn before_and_after_stand_side_by_side() {
    let app = TestApp::new().await;
    some_events(&app).await;
    let admin = app.sign_in("admin").await;
    let page = admin.get("/audit?action=setting_change").await;
    let fact = page.fact("Minutos de la hora lectiva");
    assert_eq!(fact, "antes: 45 → después: 60");
}
