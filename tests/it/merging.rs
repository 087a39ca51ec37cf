//! Two records of one person: found, put together, taken apart again.

mod duplicates;
mod random;
mod undo;

use axum::http::StatusCode;
use capacita::{
    closing,
    error::{AppError, Reason},
    merging::references::{Reference, TO_ENROLMENTS, TO_PEOPLE},
};
use sqlx::{AssertSqlSafe, Row as _};

use crate::test_app::TestApp;

/// Merging person 51 into person 50.
const MERGE: [(&str, &str); 4] = [
    ("kept", "50"),
    ("gone", "51"),
    ("kept_version", "1"),
    ("gone_version", "1"),
];
const UNDO: [(&str, &str); 1] = [("merge", "1")];

/// Edition 1 over and running, and somebody in it twice, as 50 (enrolment 50) and 51 (51):
///
/// | session | 50 | 51 |
/// | --- | --- | --- |
/// | 1 | present, 240 | partial, 100 |
/// | 2 | absent | late, 240 |
///
/// 51 alone is in edition 4 (enrolment 52), and both have a certificate of edition 1.
async fn twice() -> TestApp {
    let app = TestApp::new().await;
    app.clock.advance(chrono::Duration::days(8));
    app.execute(
        "UPDATE editions SET state = 'running', seats = 40 WHERE id = 1;
         INSERT INTO people (id, document_kind, no_document_reason, given_names, paternal_surname, sex, birth_year, email, phone, sort_name, created_at) VALUES
          (50, 'none', 'prueba', 'Juana', 'Huamán', 'f', NULL, NULL, '900111222', 'huaman juana', '2026-01-01T00:00:00+00:00'),
          (51, 'none', 'prueba', 'Juana María', 'Huamán', 'f', 1980, 'juana@example.pe', NULL, 'huaman juana maria', '2026-01-01T00:00:00+00:00');
         INSERT INTO people_search (rowid, words) VALUES (50, 'huaman juana'), (51, 'huaman juana maria');
         INSERT INTO affiliations (id, person_id, institution_id, position, since, until, created_at) VALUES
          (50, 50, 1, 'Fiscal', '2025-01-01', NULL, '2026-01-01T00:00:00+00:00'),
          (51, 51, 2, 'Alférez', '2026-01-01', NULL, '2026-01-01T00:00:00+00:00'),
          (52, 51, 1, 'Practicante', '2020-01-01', '2020-12-31', '2026-01-01T00:00:00+00:00');
         INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, sector, sex, grade_tenths) VALUES
          (50, 1, 50, 'enrolled', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', 'prosecution', 'f', 120),
          (51, 1, 51, 'enrolled', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', 'police', 'f', 150),
          (52, 4, 51, 'enrolled', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', 'police', 'f', NULL);
         INSERT INTO attendance_marks (id, enrolment_id, session_id, status, minutes, source, account_id, marked_at) VALUES
          (50, 50, 1, 'present', 240, 'form', 3, '2026-11-21T18:00:00+00:00'),
          (51, 50, 2, 'absent', 0, 'form', 3, '2026-11-28T18:00:00+00:00'),
          (52, 51, 1, 'partial', 100, 'form', 3, '2026-11-21T18:00:00+00:00'),
          (53, 51, 2, 'late', 240, 'grid', 4, '2026-11-28T18:00:00+00:00'),
          (54, 52, 5, 'present', 120, 'self_paced', NULL, '2026-11-20T18:00:00+00:00');
         INSERT INTO attendance_standing (enrolment_id, session_id, mark_id, status, minutes)
          SELECT enrolment_id, session_id, id, status, minutes FROM attendance_marks;
         INSERT INTO steps_done (enrolment_id, step_id, done_at) VALUES (52, 1, '2026-11-20T18:00:00+00:00');",
    )
    .await;
    app
}

/// What stands of an enrolment, session by session.
async fn cells(app: &TestApp) -> String {
    app.text(
        "SELECT group_concat(line, ', ') FROM (
             SELECT enrolment_id || '/' || session_id || ' ' || status || ' ' || minutes AS line
             FROM attendance_standing WHERE enrolment_id >= 50 ORDER BY enrolment_id, session_id)",
    )
    .await
}

/// Participations and unique people, as the report counts them in program 1.
async fn totals(app: &TestApp) -> String {
    let manager = app.sign_in("manager").await;
    let csv = manager
        .get("/reports/totals.csv?by=program&program=1")
        .await;
    assert_eq!(csv.status, StatusCode::OK);
    csv.body.lines().nth(1).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn every_reference_to_a_person_or_an_enrolment_is_known() {
    let app = TestApp::new().await;
    let mut connection = app.state.database.read().await.expect("a connection");
    let tables = sqlx::query("SELECT name FROM sqlite_master WHERE type = 'table'")
        .fetch_all(&mut *connection)
        .await
        .expect("tables");
    let (mut people, mut enrolments) = (Vec::new(), Vec::new());
    for table in tables {
        let table: String = table.get(0);
        let keys = sqlx::query(AssertSqlSafe(format!("PRAGMA foreign_key_list('{table}')")));
        for key in keys.fetch_all(&mut *connection).await.expect("keys") {
            let (to, column): (String, String) = (key.get("table"), key.get("from"));
            match to.as_str() {
                "people" => people.push((table.clone(), column)),
                "enrolments" => enrolments.push((table.clone(), column)),
                _ => {}
            }
        }
    }
    for (mut found, known) in [(people, TO_PEOPLE), (enrolments, TO_ENROLMENTS)] {
        let name = |one: &Reference| (one.table.to_owned(), one.column.to_owned());
        let mut known: Vec<_> = known.iter().map(name).collect();
        known.sort();
        found.sort();
        assert_eq!(found, known, "what refers to it, and what a merge knows of");
    }
}

#[tokio::test]
async fn a_merge_moves_everything_and_counts_once() {
    let app = twice().await;
    let admin = app.sign_in("admin").await;
    let before = totals(&app).await;
    let page = admin.get("/people/50/merge/51").await.html();
    for expected in [
        "Huamán, Juana María",
        "2 inscripciones",
        "Cadena de custodia, edición 1",
    ] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    let mut form = MERGE.to_vec();
    form.extend([
        ("names", "gone"),
        ("birth_year", "gone"),
        ("email", "gone"),
        ("affiliation", "gone"),
        ("phone", "kept"),
    ]);
    let done = admin.post("merging/merge", &form).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert_eq!(
        app.text(
            "SELECT given_names || ' ' || birth_year || ' ' || email || ' ' || phone || ' ' || sort_name || ' ' || version
             FROM people WHERE id = 50"
        )
        .await,
        "Juana María 1980 juana@example.pe 900111222 huaman juana maria 2"
    );
    assert_eq!(
        app.count("SELECT merged_into FROM people WHERE id = 51")
            .await,
        50
    );
    // The strongest attendance stands; the marks of both are where they were.
    assert_eq!(
        cells(&app).await,
        "50/1 present 240, 50/2 late 240, 51/1 partial 100, 51/2 late 240, 52/5 present 120"
    );
    assert_eq!(
        app.text("SELECT group_concat(line, ', ') FROM (SELECT id || ' ' || person_id || ' ' || state || ' ' || coalesce(merged_into, '-') || ' ' || coalesce(grade_tenths, '-') AS line FROM enrolments WHERE id >= 50 ORDER BY id)").await,
        "50 50 enrolled - 150, 51 50 withdrawn 50 150, 52 50 enrolled - -"
    );
    assert_eq!(
        app.text("SELECT group_concat(line, ', ') FROM (SELECT id || ' ' || person_id || ' ' || coalesce(until, '-') AS line FROM affiliations WHERE id >= 50 ORDER BY id)").await,
        "50 50 2026-11-29, 51 50 -, 52 50 2020-12-31"
    );
    // Both evidences are in the history of the cell.
    let history = admin.get("/enrolments/50/sessions/2").await.html();
    for expected in ["Ausente", "Tardanza", "otro registro de la misma persona"] {
        assert!(history.contains(expected), "{expected}: {history}");
    }
    // Twice before, once now: participations of edition 1 and 4, and one person.
    let after = totals(&app).await;
    assert_ne!(before, after);
    let figures =
        |line: &str| -> Vec<String> { line.split(',').skip(1).map(str::to_owned).collect() };
    assert_eq!(
        figures(&before),
        ["5", "4", "3", "2", "15.6", "0", "0"],
        "{before}"
    );
    assert_eq!(
        figures(&after),
        ["4", "3", "2", "1", "13.3", "0", "0"],
        "{after}"
    );
    let mut connection = app.state.database.read().await.expect("a connection");
    let wrong = capacita::attendance::disagreements(&mut connection)
        .await
        .expect("recounted");
    assert_eq!(wrong, vec![]);
}

#[tokio::test]
async fn the_record_that_went_is_listed_no_more_and_points_to_the_other() {
    let app = twice().await;
    let coordinator = app.sign_in("coordinator").await;
    let list = coordinator.get("/people?q=huaman").await.body;
    assert!(list.contains("href=\"/people/51\""));
    let done = coordinator.post("merging/merge", &MERGE).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    for list in ["/people?q=huaman", "/people"] {
        let list = coordinator.get(list).await.body;
        assert!(list.contains("href=\"/people/50\""), "{list}");
        assert!(!list.contains("href=\"/people/51\""), "{list}");
    }
    let gone = coordinator.get("/people/51").await;
    assert_eq!(gone.status, StatusCode::OK);
    assert!(gone.body.contains("href=\"/people/50\"") && !gone.body.contains("juana@example.pe"));
    // Nothing can be done to it any more.
    for (page, status) in [
        ("/people/51/edit", StatusCode::NOT_FOUND),
        ("/people/51/merge/8", StatusCode::NOT_FOUND),
    ] {
        assert_eq!(coordinator.get(page).await.status, status, "{page}");
    }
    let stays = coordinator.get("/people/50").await.html();
    assert!(
        stays.contains("Huamán, Juana María") && stays.contains("merging/undo"),
        "{stays}"
    );
    let enrolments = coordinator.get("/editions/1/enrolments").await.body;
    assert!(!enrolments.contains("/enrolments/51\""), "{enrolments}");
}

#[tokio::test]
async fn a_certificate_verifies_as_before_and_seats_are_counted_once() {
    let app = twice().await;
    let admin = app.sign_in("admin").await;
    admin
        .post("certificates/issue_due", &[("edition", "1")])
        .await;
    let codes = "SELECT group_concat(code, ' ') FROM (SELECT code FROM certificates ORDER BY id)";
    let codes = app.text(codes).await;
    let verified = async |code: &str| app.stranger().get(&format!("/verify/{code}")).await.html();
    let mut before = Vec::new();
    for code in codes.split(' ') {
        before.push(verified(code).await);
    }
    let taking_part = "SELECT count(*) FROM enrolments WHERE edition_id = 1
        AND state IN ('enrolled', 'completed', 'not_completed', 'no_show')";
    assert_eq!(app.count(taking_part).await, 3);
    let done = admin.post("merging/merge", &MERGE).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert_eq!(app.count(taking_part).await, 2);
    let body = |page: &str| {
        let main = page.split("<main").nth(1).unwrap_or_default();
        main.split("</main>").next().unwrap_or_default().to_owned()
    };
    for (code, before) in codes.split(' ').zip(before) {
        assert_eq!(body(&verified(code).await), body(&before), "{code}");
    }
}

#[tokio::test]
async fn of_two_accounts_one_ends_and_comes_back() {
    let app = twice().await;
    app.execute(
        "INSERT INTO accounts (id, person_id, email, password_hash, created_at)
         SELECT 50, 50, 'juana1@capacita.test', password_hash, created_at FROM accounts WHERE id = 5;
         INSERT INTO accounts (id, person_id, email, password_hash, created_at)
         SELECT 51, 51, 'juana2@capacita.test', password_hash, created_at FROM accounts WHERE id = 5;",
    )
    .await;
    let (first, second) = (app.sign_in("juana1").await, app.sign_in("juana2").await);
    let admin = app.sign_in("admin").await;
    let done = admin.post("merging/merge", &MERGE).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert_eq!(first.get("/me/data").await.status, StatusCode::OK);
    assert_eq!(second.get("/me/data").await.status, StatusCode::FOUND);
    let form = [
        ("email", "juana2@capacita.test"),
        ("password", crate::test_app::PASSWORD),
    ];
    let refused = app.stranger().post("access/sign_in", &form).await;
    assert_ne!(refused.status, StatusCode::OK);
    // An account of a record that went is not enabled by hand.
    let refused = admin.post("access/enable", &[("account", "51")]).await;
    assert_ne!(refused.status, StatusCode::OK, "{}", refused.body);
    let undone = admin.post("merging/undo", &UNDO).await;
    assert_eq!(undone.status, StatusCode::OK, "{}", undone.body);
    assert_eq!(second.get("/me/data").await.status, StatusCode::OK);
    app.sign_in("juana2").await;
}

#[tokio::test]
async fn merging_is_for_who_may_change_both_and_never_oneself() {
    let app = twice().await;
    let forms: [&[(&str, &str)]; 2] = [
        &MERGE,
        &[
            ("kept", "51"),
            ("gone", "50"),
            ("kept_version", "1"),
            ("gone_version", "1"),
        ],
    ];
    for who in [
        "stranger-coordinator",
        "manager",
        "facilitator",
        "participant",
        "other",
    ] {
        let client = app.sign_in(who).await;
        for form in forms {
            let refused = client.post("merging/merge", form).await;
            assert_eq!(refused.error(), AppError::Forbidden, "{who}");
        }
    }
    // Where an account is concerned: whoever holds it would come to hold what both have earned.
    let coordinator = app.sign_in("coordinator").await;
    let with_staff = [
        ("kept", "50"),
        ("gone", "1"),
        ("kept_version", "1"),
        ("gone_version", "1"),
    ];
    let refused = coordinator.post("merging/merge", &with_staff).await;
    assert_eq!(refused.error(), AppError::Forbidden);
    let admin = app.sign_in("admin").await;
    let own = [
        ("kept", "50"),
        ("gone", "1"),
        ("kept_version", "1"),
        ("gone_version", "1"),
    ];
    let refused = admin.post("merging/merge", &own).await;
    assert_eq!(refused.error(), AppError::Conflict(Reason::OwnRecord));
    let same = [
        ("kept", "50"),
        ("gone", "50"),
        ("kept_version", "1"),
        ("gone_version", "1"),
    ];
    assert_eq!(
        admin.post("merging/merge", &same).await.error(),
        AppError::NotFound
    );
    let old = [
        ("kept", "50"),
        ("gone", "51"),
        ("kept_version", "1"),
        ("gone_version", "7"),
    ];
    let refused = admin.post("merging/merge", &old).await;
    assert_eq!(
        refused.error(),
        AppError::Conflict(Reason::ChangedMeanwhile)
    );
    // Daniel (4) teaches edition 1, in which 51 takes part.
    let teaches = [
        ("kept", "50"),
        ("gone", "4"),
        ("kept_version", "1"),
        ("gone_version", "1"),
    ];
    let refused = admin.post("merging/merge", &teaches).await;
    assert_eq!(refused.error(), AppError::Conflict(Reason::TeachesTheOther));
    assert_eq!(app.count("SELECT count(*) FROM merges").await, 0);
}

#[tokio::test]
async fn a_closed_edition_stays_true_to_its_record() {
    let app = twice().await;
    let admin = app.sign_in("admin").await;
    let close = [
        ("edition", "1"),
        ("explain_marks", "x"),
        ("explain_results", "x"),
    ];
    let closed = admin.post("closing/close", &close).await;
    assert_eq!(closed.status, StatusCode::OK, "{}", closed.body);
    let form = [
        ("kept", "50"),
        ("gone", "51"),
        ("kept_version", "1"),
        ("gone_version", "1"),
    ];
    let done = admin.post("merging/merge", &form).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let mut connection = app.state.database.read().await.expect("a connection");
    let faults = closing::check(&mut connection).await.expect("checked");
    assert_eq!(faults, vec![]);
}

#[tokio::test]
async fn the_audit_trail_tells_of_it_without_numbers_of_documents() {
    let app = twice().await;
    let admin = app.sign_in("admin").await;
    admin.post("merging/merge", &MERGE).await;
    admin.post("merging/undo", &UNDO).await;
    let events = "SELECT group_concat(action || ' ' || subject_id || ' ' || coalesce(before ->> 'merged', '-') || ' ' || coalesce(after ->> 'merged', '-'), ', ')
        FROM (SELECT * FROM audit_events WHERE action LIKE 'person_%merge' ORDER BY id)";
    assert_eq!(
        app.text(events).await,
        "person_merge 50 - 51, person_unmerge 50 51 -"
    );
}
