//! What everybody sees: the front page, the catalogue, courses and editions.

use crate::test_app::TestApp;

const COURSES: [&str; 3] = [
    "Cadena de custodia",
    "Delitos contra la fauna",
    "Litigación oral",
];

/// The titles of the cards on a page.
async fn found(app: &TestApp, address: &str) -> Vec<&'static str> {
    let body = app.stranger().get(address).await.html();
    COURSES
        .into_iter()
        .filter(|title| body.contains(&format!(">{title}</a>")))
        .collect()
}

#[tokio::test]
async fn filters_of_the_catalogue() {
    let app = TestApp::new().await;
    let [custody, fauna, litigation] = COURSES;
    let cases: [(&str, Vec<&str>); 14] = [
        ("", vec![custody, fauna, litigation]),
        ("?kind=workshop", vec![custody]),
        ("?kind=nonsense", vec![custody, fauna, litigation]),
        ("?modality=self_paced", vec![fauna]),
        ("?department=16", vec![custody]),
        ("?department=25", vec![litigation]),
        ("?department=01", vec![]),
        ("?open=true", vec![custody]),
        ("?q=LITIGACION", vec![litigation]),
        ("?q=oral+litigaci%C3%B3n", vec![litigation]),
        ("?q=cadena+oral", vec![]),
        ("?q=%25", vec![custody, fauna, litigation]),
        ("?kind=workshop&department=25", vec![]),
        ("?after=1", vec![fauna, litigation]),
    ];
    for (query, expected) in cases {
        assert_eq!(
            found(&app, &format!("/courses{query}")).await,
            expected,
            "{query}"
        );
    }
}

#[tokio::test]
async fn enrolment_is_open_only_within_its_days() {
    let app = TestApp::new().await;
    for (sql, open) in [
        (
            "UPDATE editions SET enrol_from = '2026-11-21', enrol_until = '2026-11-21' WHERE id = 1",
            true,
        ),
        (
            "UPDATE editions SET enrol_from = '2026-11-22', enrol_until = '2026-11-30' WHERE id = 1",
            false,
        ),
        (
            "UPDATE editions SET enrol_from = '2026-11-01', enrol_until = '2026-11-20' WHERE id = 1",
            false,
        ),
    ] {
        app.execute(sql).await;
        assert_eq!(
            !found(&app, "/courses?open=true").await.is_empty(),
            open,
            "{sql}"
        );
        let home = app.stranger().get("/").await.html();
        assert_eq!(home.contains("Cadena de custodia"), open, "{sql}");
    }
}

#[tokio::test]
async fn drafts_are_nowhere_to_be_seen() {
    let app = TestApp::new().await;
    app.execute(
        "INSERT INTO courses (id, program_id, title, kind, planned_minutes, folded_title, created_at)
         VALUES (9, 1, 'RESERVADO', 'workshop', 60, 'reservado', '2026-01-01T00:00:00+00:00');
         INSERT INTO editions (id, course_id, number, state, modality, starts_on, ends_on, enrol_from, enrol_until, state_at, created_at)
         VALUES (9, 9, 1, 'draft', 'in_person', '2026-11-21', '2026-11-30', '2026-11-01', '2026-11-30', '2026-01-01T00:00:00+00:00', '2026-01-01T00:00:00+00:00');
         INSERT INTO sessions (edition_id, title, modality, starts_at, ends_at, planned_minutes, created_at)
         VALUES (9, 'RESERVADO', 'in_person', '2026-11-22T14:00:00+00:00', '2026-11-22T18:00:00+00:00', 240, '2026-01-01T00:00:00+00:00')",
    )
    .await;
    let everywhere = [
        "/",
        "/courses",
        "/calendar",
        "/calendar?view=list&month=2026-11&scope=all",
        "/courses/1",
    ];
    for who in [
        "",
        "participant",
        "facilitator",
        "manager",
        "stranger-coordinator",
    ] {
        let client = match who {
            "" => app.stranger(),
            name => app.sign_in(name).await,
        };
        for page in everywhere {
            assert!(
                !client.get(page).await.body.contains("RESERVADO"),
                "{who} on {page}"
            );
        }
        for page in ["/courses/9", "/editions/9", "/editions/2"] {
            assert_eq!(
                client.get(page).await.status.as_u16(),
                404,
                "{who} on {page}"
            );
        }
        // The public course page lists the published edition and not the draft beside it.
        let course = client.get("/courses/1").await.body;
        assert!(
            course.contains("/editions/1\"") && !course.contains("/editions/2\""),
            "{who}"
        );
    }
    let coordinator = app.sign_in("coordinator").await;
    for page in ["/courses/9", "/editions/9", "/calendar", "/programs/1"] {
        assert!(
            coordinator.get(page).await.body.contains("RESERVADO"),
            "{page}"
        );
    }
}

#[tokio::test]
async fn a_stranger_understands_an_edition() {
    let app = TestApp::new().await;
    app.execute(
        "UPDATE courses SET outcomes = '- Embalar la evidencia', audience = 'Policías y fiscales.',
                            syllabus = '## Día uno' WHERE id = 1",
    )
    .await;
    for page in ["/editions/1", "/courses/1"] {
        let body = app.stranger().get(page).await.body;
        for shown in [
            "Embalar la evidencia",
            "Policías y fiscales.",
            "Día uno",
            // 480 minutes in hours of 45.
            "10.6 h lectivas (de 45 min)",
            "con 80\u{a0}% de asistencia",
            "con nota 14 o más",
            "Auditorio de Iquitos",
            "Programa propio",
        ] {
            assert!(body.contains(shown), "{shown} on {page}");
        }
        for person in ["Núñez", "SECRETO", "participant@"] {
            assert!(!body.contains(person), "{person} on {page}");
        }
    }
    let body = app.stranger().get("/editions/1").await.body;
    for shown in [
        "Daniel Docente",
        "Primera",
        "sáb 21 nov 2026, 9:00–13:00",
        "/sign-in?next=",
    ] {
        assert!(body.contains(shown), "{shown}");
    }
    app.execute("UPDATE settings SET value = '60' WHERE name = 'academic_minutes'")
        .await;
    let body = app.stranger().get("/editions/1").await.body;
    assert!(body.contains("8 h lectivas (de 60 min)"));
}

#[tokio::test]
async fn the_catalogue_has_pages() {
    let app = TestApp::new().await;
    app.execute(
        "INSERT INTO courses (id, program_id, title, kind, planned_minutes, folded_title, created_at)
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)
         SELECT 100 + i, 1, 'Serie ' || i, 'workshop', 60, 'serie', '2026-01-01T00:00:00+00:00' FROM n;
         INSERT INTO editions (course_id, number, state, modality, starts_on, ends_on, enrol_from, enrol_until, state_at, created_at)
         SELECT id, 1, 'announced', 'in_person', '2027-01-01', '2027-01-02', '2026-12-01', '2026-12-31', '2026-01-01T00:00:00+00:00', '2026-01-01T00:00:00+00:00'
         FROM courses WHERE id > 100",
    )
    .await;
    let stranger = app.stranger();
    let mut seen = 0;
    let mut address = "/courses?kind=workshop".to_owned();
    for _ in 0..4 {
        let body = stranger.get(&address).await.body;
        seen += body.matches("class=\"card\"").count();
        let Some(next) = body
            .split("rel=\"next\"")
            .next()
            .filter(|_| body.contains("rel=\"next\""))
        else {
            break;
        };
        let href = next.rsplit("href=\"").next().expect("an address");
        address = href
            .split('"')
            .next()
            .expect("its end")
            .replace("&amp;", "&");
    }
    assert_eq!(seen, 41);
}

#[tokio::test]
async fn every_public_page_speaks_both_languages() {
    let app = TestApp::new().await;
    let stranger = app.stranger();
    for (page, es, en) in [
        ("/", "Convocatorias abiertas", "Open for enrolment"),
        ("/courses", "Se muestran 3 cursos", "3 courses shown"),
        ("/courses/1", "Qué obtiene", "What you get"),
        ("/editions/1", "En breve", "In short"),
        (
            "/calendar",
            "Calendario: noviembre 2026",
            "Calendar: November 2026",
        ),
        ("/help", "Cómo inscribirse", "How to enrol"),
        ("/privacy", "Qué guardamos", "What we keep"),
    ] {
        let spanish = stranger.get(page).await.body;
        assert!(spanish.contains(es), "{page}: {es}");
        let english = stranger.get(&format!("{page}?lang=en")).await.body;
        assert!(english.contains(en), "{page}: {en}");
    }
}
