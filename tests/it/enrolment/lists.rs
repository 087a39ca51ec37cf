//! The coordinator's list: its orders, and its file.

use axum::http::{StatusCode, header};

use super::change;
use crate::{
    listing::{csv_rows, walk},
    test_app::{Client, TestApp},
};

/// Enrolments of edition 1 with institutions and departments, thirty times four.
const MANY: &str = "
    INSERT INTO institutions (id, name, folded_name, sector, country, created_at)
    VALUES (201, 'Ámbar', 'ambar', 'press', 'PE', '2026-01-01T00:00:00+00:00'),
           (202, 'Zafiro', 'zafiro', 'press', 'PE', '2026-01-01T00:00:00+00:00');
    WITH RECURSIVE ids (id) AS (SELECT 1001 UNION ALL SELECT id + 1 FROM ids WHERE id < 1120)
    INSERT INTO people (id, document_kind, no_document_reason, given_names, paternal_surname, sex,
                        sort_name, created_at)
    SELECT id, 'none', 'prueba', 'P', 'Número ' || id, 'f', 'numero ' || id || ' p',
           '2026-01-01T00:00:00+00:00' FROM ids;
    INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, sex,
                            institution_id, institution_name, sector, department)
    SELECT 5000 - id, 1, id, 'enrolled', '2026-11-05T00:' || printf('%02d', id % 60) || ':00+00:00',
           '2026-11-05T00:00:00+00:00', 'f',
           CASE id % 3 WHEN 0 THEN 201 WHEN 1 THEN 202 END,
           CASE id % 3 WHEN 0 THEN 'Ámbar' WHEN 1 THEN 'Zafiro' END,
           CASE id % 3 WHEN 2 THEN NULL ELSE 'press' END,
           CASE id % 4 WHEN 0 THEN '25' WHEN 1 THEN '01' WHEN 2 THEN '16' END
    FROM people WHERE id > 1000";

const LIST: &str = "/editions/1/enrolments";

async fn file(client: &Client, query: &str) -> Vec<Vec<String>> {
    let answer = client.get(&format!("{LIST}.csv?{query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{query}: {}", answer.body);
    csv_rows(&answer)
}

#[tokio::test]
async fn every_order_shows_everybody_once_and_the_other_way_round() {
    let app = TestApp::new().await;
    change(&app, MANY).await;
    let coordinator = app.sign_in("coordinator").await;
    let by_number = |key: fn(i64) -> (i64, i64)| {
        let mut ids: Vec<i64> = (1001..=1120).collect();
        ids.sort_by_key(|&id| key(id));
        ids.into_iter()
            .map(|id| format!("Número {id}, P"))
            .collect::<Vec<_>>()
    };
    // Nobody's institution or department comes first.
    let institution = |id: i64| ((id + 1) % 3, id);
    let department = |id: i64| {
        (
            match id % 4 {
                0 => 3,
                1 => 1,
                2 => 2,
                _ => 0,
            },
            id,
        )
    };
    for (order, expected) in [
        ("name", by_number(|id| (0, id))),
        ("institution", by_number(institution)),
        ("department", by_number(department)),
        ("since", by_number(|id| (id % 60, id))),
    ] {
        let view = format!("{LIST}?state=taking_part&q=numero");
        let (found, pages) = walk(&coordinator, &format!("{view}&order={order}")).await;
        assert_eq!((&found, pages), (&expected, 3), "{order}");
        let (mut found, pages) = walk(&coordinator, &format!("{view}&order=-{order}")).await;
        found.reverse();
        assert_eq!((found, pages), (expected, 3), "-{order}");
    }
}

#[tokio::test]
async fn heads_turn_the_order_and_a_waiting_list_has_its_own() {
    let app = TestApp::new().await;
    change(&app, MANY).await;
    change(
        &app,
        "UPDATE enrolments SET state = 'waiting' WHERE person_id > 1100",
    )
    .await;
    let coordinator = app.sign_in("coordinator").await;
    let page = coordinator
        .get(&format!(
            "{LIST}?state=taking_part&sector=press&order=institution"
        ))
        .await;
    let head = page.html();
    let head = head.split("<thead>").nth(1).expect("a head");
    let head = head.split("</thead>").next().expect("its end");
    for address in [
        "state=taking_part&amp;sector=press\"",
        "state=taking_part&amp;sector=press&amp;order=-institution\"",
        "state=taking_part&amp;sector=press&amp;order=department\"",
        "state=taking_part&amp;sector=press&amp;order=-since\"",
    ] {
        assert!(
            head.contains(&format!("href=\"{LIST}?{address}")),
            "{address}: {head}"
        );
    }
    assert_eq!(head.matches("aria-sort=").count(), 1);
    assert!(page.html().contains("name=\"order\" value=\"institution\""));

    let (first, _) = walk(&coordinator, &format!("{LIST}?state=waiting")).await;
    assert_eq!(first.len(), 20);
    let (other, _) = walk(&coordinator, &format!("{LIST}?state=waiting&order=-name")).await;
    assert_eq!(first, other);
    let page = coordinator.get(&format!("{LIST}?state=waiting")).await;
    assert!(!page.html().contains("class=\"sort\""));
}

#[tokio::test]
async fn the_file_holds_a_part_of_the_list_in_its_order() {
    let app = TestApp::new().await;
    change(&app, MANY).await;
    change(
        &app,
        "UPDATE enrolments SET state = 'waiting' WHERE person_id > 1118",
    )
    .await;
    let coordinator = app.sign_in("coordinator").await;
    for query in [
        "state=taking_part",
        "state=taking_part&order=-department",
        "state=taking_part&q=numero+10&order=institution",
        "state=taking_part&sector=press",
        "state=waiting",
        "state=left",
    ] {
        let rows = file(&coordinator, query).await;
        let found: Vec<String> = rows[1..].iter().map(|row| row[0].clone()).collect();
        let (listed, _) = walk(&coordinator, &format!("{LIST}?{query}")).await;
        assert_eq!(found, listed, "{query}");
    }
    let rows = file(&coordinator, "state=taking_part&q=rosa").await;
    assert_eq!(
        rows,
        [
            [
                "Persona",
                "Institución",
                "Sector",
                "Departamento",
                "Estado",
                "Desde"
            ],
            [
                "Núñez Quispe, Rosa",
                "Fiscalía Especializada en Materia Ambiental",
                "Fiscalía",
                "Loreto",
                "Inscrita",
                "2026-11-01"
            ],
        ]
    );
    let rows = file(&coordinator, "state=waiting").await;
    let places: Vec<(&str, &str)> = rows
        .iter()
        .map(|row| (row[0].as_str(), row[6].as_str()))
        .collect();
    assert_eq!(
        places,
        [
            ("Persona", "Orden"),
            ("Número 1119, P", "1"),
            ("Número 1120, P", "2")
        ]
    );
}

#[tokio::test]
async fn a_file_is_for_who_decides_and_is_written_down() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let answer = coordinator
        .get(&format!("{LIST}.csv?state=taking_part&sector=police"))
        .await;
    assert_eq!(
        answer.headers[header::CONTENT_DISPOSITION],
        "attachment; filename=\"inscripciones-edicion-1.csv\"; filename*=UTF-8''inscripciones-edicion-1.csv"
    );
    assert_eq!(answer.headers[header::CACHE_CONTROL], "private, no-store");
    let event = "SELECT account_id || ' ' || subject_kind || ' ' || subject_id || ' ' || after
                 FROM audit_events WHERE action = 'enrolments_export'";
    assert_eq!(
        app.text(event).await,
        "3 edition 1 {\"filtered\":true,\"lines\":null,\"sector\":\"police\",\"view\":\"taking_part\"}"
    );
    // A facilitator sees the roster and has no file of it.
    let facilitator = app.sign_in("facilitator").await;
    assert!(
        coordinator
            .get(LIST)
            .await
            .body
            .contains(&format!("{LIST}.csv"))
    );
    assert!(
        !facilitator
            .get(LIST)
            .await
            .body
            .contains(&format!("{LIST}.csv"))
    );
    let refused = facilitator.get(&format!("{LIST}.csv")).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(!refused.body.contains("Núñez"));
    let stranger = app.stranger().get(&format!("{LIST}.csv")).await;
    assert_eq!(
        stranger.location(),
        "/sign-in?next=%2Feditions%2F1%2Fenrolments"
    );
    assert_eq!(
        app.count("SELECT count(*) FROM audit_events WHERE action = 'enrolments_export'")
            .await,
        1
    );
}
