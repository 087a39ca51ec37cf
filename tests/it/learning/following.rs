//! How far everybody is, for the staff of the edition.

use axum::http::StatusCode;

use super::{do_all, done, go_on};
use crate::test_app::TestApp;

#[tokio::test]
async fn the_coordinator_sees_how_far_everybody_is() {
    let app = TestApp::new().await;
    app.execute(
        "INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, sex)
         VALUES (9, 4, 6, 'enrolled', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', 'f'),
                (10, 4, 8, 'waiting', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', 'm')",
    )
    .await;
    let coordinator = app.sign_in("coordinator").await;
    let participant = app.sign_in("participant").await;
    done(&go_on(&participant, "1").await);
    let page = coordinator.get("/sessions/5/progress").await.body;
    for shown in [
        "Núñez Quispe, Rosa",
        "1 de 3",
        "En curso",
        "sáb 21 nov 2026, 10:00",
    ] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    for shown in ["SECRETO Rojas, Otilia", "0 de 3", "Sin empezar"] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    assert!(!page.contains("Sin Cuenta"), "who waits does not take part");

    done(&go_on(&participant, "2").await);
    let form = [("step", "3"), ("version", "1"), ("option", "2")];
    done(&participant.post("learning/answer", &form).await);
    let page = coordinator.get("/sessions/5/progress").await.body;
    assert!(
        page.contains("3 de 3") && page.contains("Terminó"),
        "{page}"
    );
}

#[tokio::test]
async fn those_who_learn_never_see_each_other() {
    let app = TestApp::new().await;
    app.execute(
        "INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, sex)
         VALUES (9, 4, 6, 'enrolled', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', 'f')",
    )
    .await;
    let other = app.sign_in("other").await;
    do_all(&other).await;
    for name in ["participant", "facilitator", "manager"] {
        let client = app.sign_in(name).await;
        for path in [
            "/learn/5",
            "/learn/5/1",
            "/sessions/5/progress",
            "/sessions/5/steps",
        ] {
            let answer = client.get(path).await;
            assert!(!answer.body.contains("SECRETO"), "{name} {path}");
        }
    }
}

#[tokio::test]
async fn a_facilitator_follows_their_own_edition_and_writes_nothing() {
    let app = TestApp::new().await;
    app.execute(
        "INSERT INTO edition_facilitators (edition_id, person_id, assigned_at)
         VALUES (4, 4, '2026-11-01T00:00:00+00:00')",
    )
    .await;
    let facilitator = app.sign_in("facilitator").await;
    for (path, status) in [
        ("/sessions/5/progress", StatusCode::OK),
        ("/learn/5/3", StatusCode::OK),
        ("/sessions/5/steps", StatusCode::FORBIDDEN),
        ("/steps/1/edit", StatusCode::FORBIDDEN),
    ] {
        assert_eq!(facilitator.get(path).await.status, status, "{path}");
    }
    let page = facilitator.get("/learn/5/3").await.body;
    assert!(!page.contains("/steps/3/edit"), "{page}");
}

#[tokio::test]
async fn a_long_list_goes_on_without_names_in_its_address() {
    let app = TestApp::new().await;
    app.execute(
        "WITH RECURSIVE n (i) AS (VALUES (100) UNION ALL SELECT i + 1 FROM n WHERE i < 160)
         INSERT INTO people (id, document_kind, no_document_reason, given_names, paternal_surname, sex, sort_name, created_at)
         SELECT i, 'none', 'prueba', 'Persona', 'Apellido' || i, 'f', 'apellido' || i, '2026-01-01T00:00:00+00:00' FROM n;
         INSERT INTO enrolments (edition_id, person_id, state, state_at, requested_at, sex)
         SELECT 4, id, 'enrolled', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', 'f'
         FROM people WHERE id >= 100",
    )
    .await;
    let coordinator = app.sign_in("coordinator").await;
    let first = coordinator.get("/sessions/5/progress").await.body;
    assert!(first.contains("Apellido100, Persona") && first.contains("Apellido149, Persona"));
    assert!(!first.contains("Apellido150"), "fifty a page");
    let (_, rest) = first
        .split_once("/sessions/5/progress?after=")
        .expect("a next page");
    let after = rest.split('"').next().expect("an id");
    assert!(after.bytes().all(|byte| byte.is_ascii_digit()), "{after}");
    let second = coordinator
        .get(&format!("/sessions/5/progress?after={after}"))
        .await
        .body;
    assert!(!second.contains("Apellido149") && second.contains("Apellido150"));
    assert!(second.contains("Apellido160") && second.contains("Núñez Quispe, Rosa"));
    // Anything else is the beginning.
    for odd in ["2", "999", "x"] {
        let page = coordinator
            .get(&format!("/sessions/5/progress?after={odd}"))
            .await
            .body;
        assert!(page.contains("Apellido100"), "{odd}");
    }
}
