//! The demonstration: it loads quickly, each of its accounts has something to click, and what the
//! homes show of it reads well.

use std::time::{Duration, Instant};

use axum::http::StatusCode;
use capacita::{demo, merging::operations::compare_some};

use crate::test_app::TestApp;

async fn loaded() -> TestApp {
    let app = TestApp::empty().await;
    demo::load(&app.state, 1).await.expect("the demo loads");
    app
}

/// The address that follows a text in a page.
fn link_after<'a>(html: &'a str, text: &str, prefix: &str) -> &'a str {
    let (_, rest) = html.split_once(text).expect(text);
    let start = rest.find(prefix).expect(prefix);
    rest[start..].split('"').next().expect("an address")
}

#[tokio::test]
async fn it_loads_in_seconds() {
    let app = TestApp::empty().await;
    let begun = Instant::now();
    demo::load(&app.state, 1).await.expect("the demo loads");
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(10), "{took:?}");
}

#[tokio::test]
async fn the_participant_downloads_studies_and_may_enrol() {
    let app = loaded().await;
    let rosa = app.sign_in_as("participant@demo.pe", demo::PASSWORD).await;
    let page = rosa.get("/me/certificates").await.body;
    for kind in ["Certificado de aprobación", "Constancia de participación"] {
        assert!(page.contains(kind), "{kind}");
    }
    let sheet = link_after(&page, "<main", "/certificates/");
    let pdf = rosa.get(sheet).await;
    assert_eq!(pdf.status, StatusCode::OK);
    assert!(pdf.bytes.starts_with(b"%PDF"), "{sheet}");

    let home = rosa.get("/me").await.html();
    // The day of the next session is told once.
    assert!(!home.contains("sáb 21 nov 2026, sáb"), "{home}");
    assert!(home.contains("sáb 21 nov 2026, 9:00–13:00"));
    // What is begun goes on, what is not begins.
    assert!(home.contains(">Continuar</a>") && home.contains(">Empezar</a>"));
    let open = "SELECT count(*) FROM editions WHERE state = 'enrolling'
        AND id NOT IN (SELECT edition_id FROM enrolments WHERE person_id = 5)
        AND (SELECT count(*) FROM enrolments WHERE edition_id = editions.id) < seats";
    assert!(app.count(open).await > 0);
}

#[tokio::test]
async fn the_facilitator_teaches_a_few_editions_and_others_teach_the_rest() {
    let app = loaded().await;
    let of_fermin = "SELECT count(*) FROM edition_facilitators WHERE person_id = 4";
    assert_eq!(app.count(of_fermin).await, 4);
    let teachers = "SELECT count(DISTINCT person_id) FROM edition_facilitators";
    assert!(app.count(teachers).await > 4);
    // Nobody who teaches takes part.
    let both = "SELECT count(*) FROM enrolments
        WHERE person_id IN (SELECT person_id FROM edition_facilitators)";
    assert_eq!(app.count(both).await, 0);

    let fermin = app.sign_in_as("facilitator@demo.pe", demo::PASSWORD).await;
    let home = fermin.get("/").await.html();
    let (_, coming) = home
        .split_once("Mis próximas sesiones")
        .expect("sessions to come");
    // Each with its day; there is no attendance to take of what is still to come.
    assert!(
        coming.contains("class=\"todo-day\">vie 27 nov<"),
        "{coming}"
    );
    assert!(coming.contains("12 personas inscritas"), "{coming}");
    assert!(coming.contains(">Ver edición</a>"));
    assert!(!coming.contains("Tomar asistencia"));
}

#[tokio::test]
async fn the_years_of_the_manager_are_alive() {
    let app = loaded().await;
    let manager = app.sign_in_as("manager@demo.pe", demo::PASSWORD).await;
    for period in ["cy2026", "fy2027"] {
        let csv = manager
            .get(&format!("/reports/totals.csv?period={period}"))
            .await
            .body;
        let total: Vec<&str> = csv.lines().last().expect("the total").split(',').collect();
        let [.., constancias, certificados] = total[..] else {
            panic!("{csv}");
        };
        for figure in [constancias, certificados] {
            assert!(
                figure.parse::<i64>().expect("a number") > 0,
                "{period}: {csv}"
            );
        }
    }
}

#[tokio::test]
async fn sectors_stand_in_the_order_in_which_they_are_taught() {
    let app = loaded().await;
    let manager = app.sign_in_as("manager@demo.pe", demo::PASSWORD).await;
    let csv = manager
        .get("/reports/totals.csv?by=sector&period=cy2022")
        .await
        .body;
    let sectors: Vec<&str> = csv
        .lines()
        .skip(1)
        .map(|line| line.split(',').next().expect("a sector"))
        .collect();
    // Last whose sector nobody knows: they were counted and have no name.
    assert_eq!(
        sectors,
        [
            "police",
            "prosecution",
            "judiciary",
            "administrative_agency",
            "local_justice_and_community",
            "indigenous_people",
            "public_defence",
            "press",
            "",
            "TOTAL",
        ]
    );
}

#[tokio::test]
async fn the_coordinator_reads_each_count_once_and_is_led_to_what_is_missing() {
    let app = loaded().await;
    let carla = app.sign_in_as("coordinator@demo.pe", demo::PASSWORD).await;
    let home = carla.get("/").await.html();
    assert!(
        home.contains("<span class=\"todo-count\">12</span>"),
        "{home}"
    );
    assert!(home.contains("<span class=\"todo-text\">solicitudes por decidir</span>"));
    assert!(home.contains("aria-label=\"Revisar: 12 solicitudes por decidir, Curso intensivo"));

    // An edition that is over and not marked: first its attendance, then its end.
    let unmarked = link_after(&home, "sesiones sin asistencia completa", "/editions/");
    let edition = unmarked.trim_end_matches("/attendance");
    let page = carla.get(edition).await.html();
    assert!(page.contains("Tomar asistencia") && !page.contains("Emitir y cerrar"));
    assert!(page.contains("34 de 40 vacantes ocupadas"));
    // All teach together: no column of dashes.
    assert!(!page.contains("data-label=\"Docente\""));
    let due = link_after(&home, "certificados por emitir", "/editions/");
    let page = carla.get(due.trim_end_matches("/certificates")).await;
    assert!(page.body.contains("Emitir y cerrar"));

    // What is over is folded away on the course's page.
    let course = carla.get("/courses/3").await.html();
    assert!(
        course.contains("No hay ediciones próximas ni en curso."),
        "{course}"
    );
    assert!(course.contains("ediciones anteriores</summary>"));
}

#[tokio::test]
async fn what_was_not_taken_yet_warns_of_nobody() {
    let app = loaded().await;
    let carla = app.sign_in_as("coordinator@demo.pe", demo::PASSWORD).await;
    let home = carla.get("/").await.html();
    let unmarked = link_after(&home, "sesiones sin asistencia completa", "/editions/");
    let edition = unmarked.trim_end_matches("/attendance");
    let results = carla.get(&format!("{edition}/results")).await.html();
    assert!(results.contains("share-open") && !results.contains("share-short"));
    let grid = carla.get(unmarked).await.html();
    assert!(grid.contains("share-open") && !grid.contains("share-short"));
}

#[tokio::test]
async fn something_waits_for_a_decision_in_every_queue() {
    let app = loaded().await;
    let rosa = app.sign_in_as("participant@demo.pe", demo::PASSWORD).await;
    let home = rosa.get("/me").await.html();
    let offer = link_after(&home, "Peritaje ambiental", "/offers/");
    let offer = rosa.get(offer).await;
    assert_eq!(offer.status, StatusCode::OK);

    let carla = app.sign_in_as("coordinator@demo.pe", demo::PASSWORD).await;
    let vetted = "SELECT courses.program_id FROM vetting_rules
        JOIN courses ON courses.program_id = vetting_rules.program_id";
    let program = app.count(vetted).await;
    let rules = carla.get(&format!("/programs/{program}/vetting")).await;
    assert!(rules.html().contains("checked"));
    let uncleared = "SELECT count(*) FROM uncleared_enrolments WHERE state = 'requested'";
    assert_eq!(app.count(uncleared).await, 8);
    let seated = "SELECT count(*) FROM uncleared_enrolments WHERE state = 'enrolled'";
    assert_eq!(app.count(seated).await, 0, "nobody has a seat who must not");

    while compare_some(&app.state).await.expect("compared") > 0 {}
    let pairs = app.count("SELECT count(*) FROM duplicate_pairs").await;
    assert!(pairs >= 8, "{pairs}");
    let page = carla.get("/people/duplicates").await;
    assert!(page.html().matches("/merge/").count() >= 6);
}

#[tokio::test]
async fn the_database_has_no_number() {
    let app = loaded().await;
    let admin = app.sign_in_as("admin@demo.pe", demo::PASSWORD).await;
    let page = admin.get("/audit").await.html();
    assert!(page.contains("Base de datos") && !page.contains("Base de datos 0"));
}
