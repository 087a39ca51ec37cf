//! The orders of the register, how many it says it has, and its file.

use axum::http::{StatusCode, header};

use crate::{
    listing::{csv_rows, row_heads, walk},
    test_app::{Client, TestApp},
};

/// So many people more than the fixture has, each recorded a minute before the one before.
async fn fill(app: &TestApp, people: i64) {
    let mut tx = app.state.database.write().await.expect("a transaction");
    let sql = sqlx::AssertSqlSafe(format!(
        "WITH RECURSIVE ids (id) AS (SELECT 1001 UNION ALL SELECT id + 1 FROM ids WHERE id < 1000 + {people})
         INSERT INTO people (id, document_kind, no_document_reason, given_names, paternal_surname,
                             sex, sort_name, created_at)
         SELECT id, 'none', 'prueba', 'P', 'Apellido ' || (id % 7), 'f',
                'apellido ' || (id % 7) || ' p',
                strftime('%Y-%m-%dT%H:%M:00+00:00', '2026-02-01', '-' || (id - 1000) || ' minutes') FROM ids;
         INSERT INTO people_search (rowid, words) SELECT id, sort_name FROM people WHERE id > 1000"
    ));
    sqlx::raw_sql(sql).execute(&mut *tx).await.expect("done");
    tx.commit().await.expect("committed");
}

/// The rows of the file behind an address.
async fn file(client: &Client, address: &str) -> Vec<Vec<String>> {
    let answer = client.get(address).await;
    assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.body);
    csv_rows(&answer)
}

#[tokio::test]
async fn the_list_is_ordered_by_name_and_by_record_both_ways() {
    let app = TestApp::new().await;
    fill(&app, 115).await;
    let coordinator = app.sign_in("coordinator").await;
    let (by_name, pages) = walk(&coordinator, "/people").await;
    assert_eq!((by_name.len(), pages), (123, 3));
    let (recorded, pages) = walk(&coordinator, "/people?order=recorded").await;
    assert_eq!((recorded.len(), pages), (123, 3));
    assert_eq!(
        recorded[8..11],
        ["Apellido 2, P", "Apellido 1, P", "Apellido 0, P"]
    );
    for (order, mut expected) in [("-name", by_name.clone()), ("-recorded", recorded)] {
        expected.reverse();
        let found = walk(&coordinator, &format!("/people?order={order}")).await;
        assert_eq!(found, (expected, 3), "{order}");
    }
    // Within what is looked for too, and what cannot be read is the usual order.
    let mut expected: Vec<String> = by_name;
    expected.retain(|name| name.starts_with("Apellido 3"));
    assert_eq!(expected.len(), 16);
    for order in ["name", "-name", "recorded", "-recorded"] {
        let query = format!("/people?q=apellido+3&order={order}");
        assert_eq!(walk(&coordinator, &query).await.0, expected, "{order}");
    }
    for odd in [
        "order=x",
        "order=--name",
        "order=",
        "order=name%27%22%3Cscript%3E",
    ] {
        let page = coordinator.get(&format!("/people?{odd}")).await;
        assert_eq!(row_heads(&page.body)[0], "Administradora, Ada", "{odd}");
        assert!(!page.body.contains("<script>"), "{odd}");
    }
}

#[tokio::test]
async fn the_heads_say_and_turn_the_order() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    for (asked, name, recorded) in [
        ("", "ascending\"", "-recorded"),
        ("?order=-name", "descending\"", "-recorded"),
        ("?order=-recorded", "", "recorded"),
        ("?order=recorded", "", "-recorded"),
    ] {
        let page = coordinator.get(&format!("/people{asked}")).await.html();
        let head = page.split("<thead>").nth(1).expect("a head");
        let head = head.split("</thead>").next().expect("its end");
        let by_name = head.split("</th>").next().expect("the name");
        assert_eq!(
            by_name.contains(&format!("aria-sort=\"{name}")),
            !name.is_empty(),
            "{asked}: {by_name}"
        );
        assert!(
            head.contains(&format!("href=\"/people?order={recorded}\"")),
            "{asked}: {head}"
        );
    }
    // A filter keeps the order, and the order the filter.
    let page = coordinator.get("/people?q=rosa&order=-name").await.html();
    assert!(
        page.contains("<input type=\"hidden\" name=\"order\" value=\"-name\""),
        "{page}"
    );
    assert!(page.contains("href=\"/people?q=rosa\""), "{page}");
    assert!(
        page.contains("href=\"/people.csv?q=rosa&amp;order=-name\""),
        "{page}"
    );
}

#[tokio::test]
async fn the_foot_says_how_many_there_are_up_to_a_limit() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    // The fixture has eight.
    fill(&app, 4_992).await;
    for (query, words) in [
        ("", "Se muestran 50 de 5,000"),
        ("?sector=police", "Se muestra 1 de 1"),
        ("?institution=1", "Se muestra 1 de 1"),
        ("?q=nunez", "Se muestra 1 de 1"),
        ("?q=apellido+3", "Se muestran 50 de 713"),
    ] {
        let page = coordinator.get(&format!("/people{query}")).await;
        assert!(page.body.contains(words), "{query}: {words}");
    }
    // Who was found to be somebody else is not counted.
    app.execute("UPDATE people SET merged_into = 1 WHERE id IN (1001, 1002)")
        .await;
    let page = coordinator.get("/people").await;
    assert!(page.body.contains("Se muestran 50 de 4,998"));
    app.execute(
        "INSERT INTO people (document_kind, no_document_reason, given_names, paternal_surname, sex,
                             sort_name, created_at)
         SELECT 'none', 'prueba', 'P', 'Más', 'f', 'mas p', '2026-01-01T00:00:00+00:00'
         FROM people WHERE id IN (1, 2, 3)",
    )
    .await;
    let page = coordinator.get("/people").await;
    assert!(page.body.contains("Se muestran 50 de más de 5,000"));
}

#[tokio::test]
async fn the_file_holds_what_the_list_shows() {
    let app = TestApp::new().await;
    fill(&app, 1_203).await;
    let coordinator = app.sign_in("coordinator").await;
    let answer = coordinator.get("/people.csv").await;
    assert_eq!(
        answer.headers[header::CONTENT_TYPE],
        "text/csv; charset=utf-8"
    );
    assert_eq!(
        answer.headers[header::CONTENT_DISPOSITION],
        "attachment; filename=\"personas.csv\"; filename*=UTF-8''personas.csv"
    );
    assert_eq!(answer.headers[header::CACHE_CONTROL], "private, no-store");
    for query in [
        "",
        "?order=-recorded",
        "?q=apellido+3&order=-name",
        "?sector=police",
        "?q=nadie",
    ] {
        let rows = file(&coordinator, &format!("/people.csv{query}")).await;
        let names: Vec<String> = rows[1..].iter().map(|row| row[0].clone()).collect();
        let (listed, _) = walk(&coordinator, &format!("/people{query}")).await;
        assert_eq!(names, listed, "{query}");
    }
    // A page that was asked for is no part of the file.
    let rows = file(&coordinator, "/people.csv?after=1").await;
    assert_eq!(rows.len(), 1 + 8 + 1_203);
    let rows = file(&coordinator, "/people.csv?q=nunez").await;
    assert_eq!(
        rows,
        [
            [
                "Apellidos y nombres",
                "Documento",
                "Institución",
                "Cargo o grado",
                "Departamento",
                "Registro",
                "Cuenta"
            ],
            [
                "Núñez Quispe, Rosa",
                "Sin documento",
                "Fiscalía Especializada en Materia Ambiental",
                "Fiscal adjunta",
                "Loreto",
                "2025-12-31",
                "Sí"
            ],
        ]
    );
    // Of another program's people no more than the list says.
    let rows = file(&coordinator, "/people.csv?q=secreto").await;
    assert_eq!(
        rows[1],
        [
            "SECRETO Rojas, Otilia",
            "De otro programa",
            "Policía de Prueba",
            "",
            "",
            "",
            ""
        ]
    );
    let english = file(&coordinator, "/people.csv?q=nunez&lang=en").await;
    assert_eq!(english[0][0], "Name");
}

#[tokio::test]
async fn a_file_says_no_more_of_documents_than_the_list_and_holds_no_formulas() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    super::create(&coordinator, super::ROSA).await;
    app.execute("UPDATE people SET paternal_surname = '=cmd|x', sort_name = 'aaa' WHERE paternal_surname = 'Ñahui'")
        .await;
    let rows = file(&coordinator, "/people.csv").await;
    assert_eq!(rows[1][0], "'=cmd|x Ch'aska, Rosa");
    assert_eq!(rows[1][1], "DNI\u{a0}••••\u{a0}4567");
}

#[tokio::test]
async fn who_takes_a_file_is_written_down() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    coordinator.get("/people.csv?sector=police&q=secreto").await;
    let event = "SELECT account_id || ' ' || subject_kind || ' ' || subject_id || ' ' || after
                 FROM audit_events WHERE action = 'people_export'";
    assert_eq!(
        app.text(event).await,
        "3 account 3 {\"department\":null,\"institution\":null,\"lines\":1,\"sector\":\"police\"}"
    );
    // Nothing is written of who may not, nor given to them.
    for who in ["manager", "facilitator", "participant"] {
        let refused = app.sign_in(who).await.get("/people.csv").await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{who}");
        assert!(!refused.body.contains("SECRETO"), "{who}");
    }
    let stranger = app.stranger().get("/people.csv?sector=police").await;
    assert_eq!(
        stranger.location(),
        "/sign-in?next=%2Fpeople%3Fsector%3Dpolice"
    );
    assert_eq!(
        app.count("SELECT count(*) FROM audit_events WHERE action = 'people_export'")
            .await,
        1
    );
}
