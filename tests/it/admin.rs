//! Pages and settings of administration.

use axum::http::StatusCode;
use capacita::{
    error::{AppError, Fault},
    settings,
};

use crate::test_app::TestApp;

#[tokio::test]
async fn the_overview_shows_the_state_of_the_system() {
    let app = TestApp::new().await;
    app.execute("UPDATE accounts SET password_hash = NULL WHERE id = 6")
        .await;
    app.stranger()
        .post(
            "access/forgotten_password",
            &[("email", "participant@capacita.test")],
        )
        .await;
    for _ in 0..5 {
        app.stranger()
            .post(
                "access/sign_in",
                &[("email", "manager@capacita.test"), ("password", "guess")],
            )
            .await;
    }
    let admin = app.sign_in("admin").await;
    let page = admin.get("/admin").await;
    assert_eq!(page.status, StatusCode::OK);
    for fact in [
        ("Mensajes por enviar", "1"),
        ("Ingresos bloqueados ahora", "1"),
        ("Cuentas sin contraseña", "1"),
        ("Última copia de respaldo", "Todavía ninguna"),
    ] {
        assert_eq!(page.fact(fact.0), fact.1, "{}", fact.0);
    }
}

#[tokio::test]
async fn an_academic_hour_is_set_and_audited() {
    let app = TestApp::new().await;
    let admin = app.sign_in("admin").await;
    let bad = admin
        .post("admin/set_academic_minutes", &[("minutes", "50")])
        .await;
    assert_eq!(
        bad.error(),
        AppError::field("minutes", Fault::UnknownChoice)
    );
    let form = [("minutes", "60")];
    admin.post("admin/set_academic_minutes", &form).await;
    let mut connection = app.state.database.read().await.expect("a connection");
    let minutes = settings::academic_minutes(&mut connection).await;
    assert_eq!(minutes, Ok(60));
    let changed = "SELECT before || after FROM audit_events WHERE action = 'setting_change'";
    assert_eq!(
        app.text(changed).await,
        r#"{"academic_minutes":45}{"academic_minutes":60}"#
    );
}

#[tokio::test]
async fn accounts_are_found_by_name_mail_role_and_state() {
    let app = TestApp::new().await;
    app.execute("UPDATE accounts SET password_hash = NULL WHERE id = 6")
        .await;
    app.execute("UPDATE accounts SET disabled_at = created_at WHERE id = 4")
        .await;
    let admin = app.sign_in("admin").await;
    let cases = [
        ("q=nunez", vec!["participant"]),
        ("q=Stranger-coord", vec!["stranger-coordinator"]),
        ("q=x%22+OR+1%3D1", vec![]),
        (
            "show=coordinator",
            vec!["coordinator", "stranger-coordinator"],
        ),
        ("show=invited", vec!["other"]),
        ("show=disabled", vec!["facilitator"]),
        ("show=disabled&q=rosa", vec![]),
        (
            "after=4",
            vec!["manager", "other", "participant", "stranger-coordinator"],
        ),
    ];
    for (query, expected) in cases {
        let page = admin.get(&format!("/admin/accounts?{query}")).await.html();
        let found: Vec<&str> = page
            .split("@capacita.test</td>")
            .filter_map(|before| before.rsplit('>').next())
            .filter(|name| {
                !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '-')
            })
            .collect();
        assert_eq!(found, expected, "{query}");
    }
}

#[tokio::test]
async fn an_account_page_shows_roles_with_their_programs() {
    let app = TestApp::new().await;
    let admin = app.sign_in("admin").await;
    let page = admin.get("/admin/accounts/3").await.body;
    assert!(page.contains("Coordinación · Programa propio"));
    assert!(page.contains("Deshabilitar cuenta"));
    admin
        .post("access/disable_account", &[("account", "3")])
        .await;
    let page = admin.get("/admin/accounts/3").await.body;
    assert!(page.contains("Habilitar cuenta"));
}

#[tokio::test]
async fn administrators_read_the_messages() {
    let app = TestApp::new().await;
    for _ in 0..2 {
        app.stranger()
            .post(
                "access/forgotten_password",
                &[("email", "participant@capacita.test")],
            )
            .await;
    }
    let admin = app.sign_in("admin").await;
    let page = admin.get("/admin/outbox").await.body;
    assert_eq!(page.matches("/set-password?token=").count(), 2);
    let older = admin.get("/admin/outbox?before=2").await.body;
    assert_eq!(older.matches("/set-password?token=").count(), 1);
}
