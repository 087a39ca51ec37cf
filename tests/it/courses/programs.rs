//! Starting and changing programs.

use axum::http::StatusCode;
use capacita::error::{AppError, Fault, Reason};

use super::{Form, done, refuses, with};
use crate::test_app::TestApp;

fn form() -> Form<'static> {
    vec![
        ("name", "Prevenir"),
        ("summary", "Para operadores de justicia.\n\nY comunidades."),
        ("implementer", "DAI"),
        ("funder", "USAID"),
        ("starts_on", "2027-01-01"),
        ("ends_on", "2028-12-31"),
        ("signatory_1_name", "Rosa Quispe"),
        ("signatory_1_title", "Directora"),
        ("signatory_1_institution", "DAI"),
        ("signatory_3_name", "José Güell"),
        ("signatory_3_title", "Fiscal superior"),
        ("signatory_3_institution", "Ministerio Público"),
    ]
}

#[tokio::test]
async fn a_program_is_started_by_an_administrator_and_changed_by_its_coordinator() {
    let app = TestApp::new().await;
    let admin = app.sign_in("admin").await;
    let created = admin
        .post_form("/programs/new", "courses/create_program", &form())
        .await;
    let location = created.location();
    assert!(location.starts_with("/programs/3?kept="), "{location}");
    let page = admin.get(&location).await;
    for shown in [
        "Prevenir",
        "USAID",
        "Rosa Quispe, Directora, DAI",
        "José Güell",
    ] {
        assert!(page.body.contains(shown), "{shown}");
    }
    assert_eq!(
        app.count("SELECT count(*) FROM program_signatories WHERE program_id = 3")
            .await,
        2
    );

    let coordinator = app.sign_in("coordinator").await;
    let change = with(
        &form(),
        &[
            ("program", "1"),
            ("version", "1"),
            ("signatory_1_name", ""),
            ("signatory_1_title", ""),
            ("signatory_1_institution", " "),
        ],
    );
    let again = with(&change, &[("name", "Otro nombre")]);
    let taken = coordinator.post("courses/update_program", &change).await;
    assert_eq!(taken.error(), AppError::field("name", Fault::DuplicateName));
    done(&coordinator.post("courses/update_program", &again).await);
    assert_eq!(
        app.text("SELECT name || position FROM program_signatories WHERE program_id = 1")
            .await,
        "José Güell1"
    );
    let late = coordinator.post("courses/update_program", &again).await;
    assert_eq!(late.error(), Reason::ChangedMeanwhile.into());
    assert_eq!(
        app.text(
            "SELECT group_concat(action || ' ' || subject_id || ' ' || program_id, ', ' ORDER BY id)
             FROM audit_events WHERE subject_kind = 'program'"
        )
        .await,
        "program_create 3 3, program_update 1 1"
    );
}

#[tokio::test]
async fn what_a_program_refuses() {
    let app = TestApp::new().await;
    let admin = app.sign_in("admin").await;
    let long = "a".repeat(161);
    let longer = "a".repeat(2001);
    refuses(
        &admin,
        "courses/create_program",
        &form(),
        &[
            (&[("name", " ")], "name", Fault::Missing),
            (&[("name", "-")], "name", Fault::Missing),
            (&[("name", &long)], "name", Fault::TooLong { max: 160 }),
            (&[("name", "a\u{7}b")], "name", Fault::BadCharacter),
            (&[("name", "Programa propio")], "name", Fault::DuplicateName),
            (
                &[("summary", &longer)],
                "summary",
                Fault::TooLong { max: 2000 },
            ),
            (&[("implementer", "")], "implementer", Fault::Missing),
            (&[("funder", "")], "funder", Fault::Missing),
            (&[("starts_on", "01/01/2027")], "starts_on", Fault::NotADate),
            (&[("ends_on", "")], "ends_on", Fault::Missing),
            (
                &[("ends_on", "2026-12-31")],
                "ends_on",
                Fault::EndBeforeStart,
            ),
            (
                &[("signatory_1_title", "")],
                "signatory_1_title",
                Fault::Missing,
            ),
        ],
    )
    .await;
    let empty = admin.post("courses/create_program", &[]).await;
    let AppError::Invalid(faults) = empty.error() else {
        panic!("{}", empty.body)
    };
    let fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
    assert_eq!(
        fields,
        ["name", "implementer", "funder", "starts_on", "ends_on"]
    );
    assert_eq!(app.count("SELECT count(*) FROM programs").await, 2);
}

#[tokio::test]
async fn a_refused_program_comes_back_with_everything_typed() {
    let app = TestApp::new().await;
    let admin = app.sign_in("admin").await;
    let refused = admin
        .post_form(
            "/programs/new",
            "courses/create_program",
            &with(&form(), &[("ends_on", "2026-12-31")]),
        )
        .await;
    let page = admin.get(&refused.location()).await;
    assert_eq!(page.status, StatusCode::OK);
    for kept in [
        "value=\"Prevenir\"",
        "Para operadores de justicia.",
        "value=\"2026-12-31\"",
        "value=\"Ministerio Público\"",
        "href=\"#ends_on\"",
    ] {
        assert!(page.html().contains(kept), "{kept}");
    }
}

#[tokio::test]
async fn everybody_sees_the_programs_they_work_for() {
    let app = TestApp::new().await;
    let own = app.sign_in("coordinator").await.get("/programs").await;
    assert!(own.body.contains("Programa propio") && !own.body.contains("Programa ajeno"));
    assert!(!own.body.contains("/programs/new"));
    let all = app.sign_in("admin").await.get("/programs").await;
    assert!(all.body.contains("Programa propio") && all.body.contains("Programa ajeno"));
    assert!(all.body.contains("/programs/new"));
}

#[tokio::test]
async fn a_long_list_of_programs_has_pages() {
    let app = TestApp::new().await;
    app.execute(
        "INSERT INTO programs (name, implementer, funder, starts_on, ends_on, created_at)
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
         SELECT 'Serie ' || i, 'A', 'B', '2020-01-01', '2020-12-31', '2026-01-01T00:00:00+00:00' FROM n",
    )
    .await;
    let admin = app.sign_in("admin").await;
    let first = admin.get("/programs").await.body;
    assert_eq!(first.matches("Serie ").count(), 48);
    let next = "/programs?after=2020-01-01.15";
    assert!(first.contains(next), "no {next}");
    let second = admin.get(next).await.body;
    assert_eq!(second.matches("Serie ").count(), 12);
}
