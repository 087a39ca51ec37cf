//! Where people serve, over time.

use axum::http::StatusCode;
use capacita::error::{AppError, Fault, Reason};

use super::row_heads;
use crate::test_app::{Client, TestApp};

async fn change(client: &Client, changes: &[(&str, &str)]) -> crate::test_app::Answer {
    let form = super::with(&[("person", "5"), ("country", "PE")], changes);
    client.post("people/change_affiliation", &form).await
}

#[tokio::test]
async fn a_new_affiliation_ends_the_former_the_day_before() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let answer = change(
        &coordinator,
        &[
            ("version", "1"),
            ("unit", "102"),
            ("position", "Fiscal provincial"),
            ("since", "2026-03-01"),
        ],
    )
    .await;
    assert_eq!(answer.status, StatusCode::OK);
    let page = coordinator.get("/people/5").await;
    let heads = row_heads(&page.body);
    let (institutions, _courses) = heads.split_at(2);
    assert_eq!(
        institutions,
        [
            "Ministerio PúblicoFiscalías Especializadas en Materia Ambiental",
            "Fiscalía Especializada en Materia AmbientalFiscalía",
        ]
    );
    assert!(page.body.contains("desde el 1 mar 2026"));
    assert!(page.body.contains("1 ene 2025 – 28 feb 2026"));
    let closed = "SELECT count(*) FROM affiliations WHERE person_id = 5 AND until = '2026-02-28'";
    assert_eq!(app.count(closed).await, 1);
    // What was true when she enrolled stays so.
    let snapshots = "SELECT count(*) FROM enrolments WHERE person_id = 5 AND institution_id = 1";
    assert_eq!(app.count(snapshots).await, 2);
    let events = "SELECT count(*) FROM audit_events WHERE action = 'affiliation_change'";
    assert_eq!(app.count(events).await, 1);
}

#[tokio::test]
async fn a_mistake_of_the_same_day_is_corrected_and_stays_in_the_history() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let today = ("since", "2026-11-21");
    let first = change(
        &coordinator,
        &[("version", "1"), ("institution", "103"), today],
    )
    .await;
    assert_eq!(first.status, StatusCode::OK);
    let second = change(
        &coordinator,
        &[("version", "2"), ("institution", "104"), today],
    )
    .await;
    assert_eq!(second.status, StatusCode::OK);
    let same_day = "SELECT count(*) FROM affiliations
                    WHERE person_id = 5 AND since = '2026-11-21' AND until = '2026-11-21'";
    assert_eq!(app.count(same_day).await, 1);
    assert_eq!(
        app.count("SELECT count(*) FROM affiliations WHERE person_id = 5")
            .await,
        3
    );
}

#[tokio::test]
async fn days_must_follow_each_other() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let day = |text: &str| text.parse().expect("a date");
    let early = change(
        &coordinator,
        &[
            ("version", "1"),
            ("institution", "103"),
            ("since", "2024-12-31"),
        ],
    )
    .await;
    let earliest = day("2025-01-01");
    assert_eq!(
        early.error(),
        AppError::field("since", Fault::DateTooEarly { earliest })
    );
    let late = change(
        &coordinator,
        &[
            ("version", "1"),
            ("institution", "103"),
            ("since", "2026-11-22"),
        ],
    )
    .await;
    let latest = day("2026-11-21");
    assert_eq!(
        late.error(),
        AppError::field("since", Fault::DateTooLate { latest })
    );
    let nothing = change(&coordinator, &[("version", "1"), ("since", "2026-11-21")]).await;
    assert_eq!(
        nothing.error(),
        AppError::field("institution", Fault::Missing)
    );
    let stale = change(
        &coordinator,
        &[
            ("version", "7"),
            ("institution", "103"),
            ("since", "2026-11-01"),
        ],
    )
    .await;
    assert_eq!(stale.error(), AppError::Conflict(Reason::ChangedMeanwhile));
    let nobody = change(
        &coordinator,
        &[
            ("person", "99"),
            ("version", "1"),
            ("institution", "103"),
            ("since", "2026-11-01"),
        ],
    )
    .await;
    assert_eq!(nobody.error(), AppError::NotFound);
    assert_eq!(app.count("SELECT count(*) FROM affiliations").await, 2);
}

#[tokio::test]
async fn an_affiliation_can_end_without_another() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let end = |version: &'static str, until: &'static str| {
        let form = [("person", "5"), ("version", version), ("until", until)];
        let client = coordinator.clone();
        async move { client.post("people/end_affiliation", &form).await }
    };
    let earliest = "2025-01-01".parse().expect("a date");
    assert_eq!(
        end("1", "2024-01-01").await.error(),
        AppError::field("until", Fault::DateTooEarly { earliest })
    );
    assert_eq!(
        end("1", "").await.error(),
        AppError::field("until", Fault::Missing)
    );
    assert_eq!(end("1", "2026-10-31").await.status, StatusCode::OK);
    assert_eq!(end("2", "2026-10-31").await.error(), AppError::NotFound);
    let page = coordinator.get("/people/5").await;
    assert!(page.body.contains("1 ene 2025 – 31 oct 2026"));
    let found = coordinator.get("/people?q=fema").await;
    assert_eq!(row_heads(&found.body), [""; 0]);
    // The next one may begin on the day after, but not before.
    let early = change(
        &coordinator,
        &[
            ("version", "2"),
            ("institution", "103"),
            ("since", "2026-10-30"),
        ],
    )
    .await;
    let earliest = "2026-10-31".parse().expect("a date");
    assert_eq!(
        early.error(),
        AppError::field("since", Fault::DateTooEarly { earliest })
    );
    let next = change(
        &coordinator,
        &[
            ("version", "2"),
            ("institution", "103"),
            ("since", "2026-11-01"),
        ],
    )
    .await;
    assert_eq!(next.status, StatusCode::OK);
}

#[tokio::test]
async fn the_form_begins_with_the_present_affiliation() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let page = coordinator.get("/people/5/affiliation").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("value=\"Fiscal adjunta\""));
    assert!(page.body.contains("<option value=\"1\" selected>"));
    assert!(page.body.contains("<option value=\"16\" selected>"));
    assert!(page.body.contains("Terminar afiliación"));
    let without = coordinator.get("/people/8/affiliation").await;
    assert!(
        without
            .body
            .contains("No hay ninguna institución registrada")
    );
    assert!(!without.body.contains("Terminar afiliación"));

    let form = [("person", "5"), ("version", "1"), ("until", "2024-01-01")];
    let refused = coordinator
        .post_form("/people/5/affiliation", "people/end_affiliation", &form)
        .await;
    let returned = coordinator.get(&refused.location()).await;
    assert!(
        returned
            .body
            .contains("Escriba una fecha desde el 1 ene 2025.")
    );
}
