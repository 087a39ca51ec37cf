//! What the pages show, and to whom.

use axum::http::StatusCode;

use super::{change, done};
use crate::test_app::TestApp;

/// SECRETO waits for edition 1, with a request before and a reason that is nobody's business.
const WAITING: &str = "
    INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, institution_name, sector, sex)
    VALUES (10, 1, 6, 'waiting', '2026-11-05T00:00:00+00:00', '2026-11-05T00:00:00+00:00', 'PNP', 'police', 'f');
    INSERT INTO enrolment_events (enrolment_id, at, account_id, to_state, reason) VALUES
     (10, '2026-11-05T00:00:00+00:00', 3, 'waiting', 'motivo reservado')";

#[tokio::test]
async fn the_coordinator_sees_each_part_of_the_list_with_its_count() {
    let app = TestApp::new().await;
    change(&app, WAITING).await;
    let coordinator = app.sign_in("coordinator").await;
    let page = coordinator.get("/editions/1/enrolments").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Núñez Quispe, Rosa"));
    assert!(!page.body.contains("SECRETO"), "she waits: another tab");
    let waiting = coordinator
        .get("/editions/1/enrolments?state=waiting")
        .await;
    assert!(waiting.body.contains("SECRETO Rojas, Otilia"));
    assert!(
        waiting
            .body
            .contains("1.ª en la lista, desde mié 4 nov 2026, 19:00"),
        "{}",
        waiting.body
    );
    // A filter that nobody passes, and one that she passes without accents.
    let none = coordinator
        .get("/editions/1/enrolments?state=waiting&q=zzz")
        .await;
    assert!(none.body.contains("Nadie coincide con el filtro"));
    let found = coordinator
        .get("/editions/1/enrolments?state=taking_part&q=ROSA+nu%C3%B1ez&sector=prosecution")
        .await;
    assert!(found.body.contains("Núñez Quispe, Rosa"), "{}", found.body);
    let other_sector = coordinator
        .get("/editions/1/enrolments?state=taking_part&sector=police")
        .await;
    assert!(!other_sector.body.contains("Núñez Quispe, Rosa"));
    for odd in [
        "state=x",
        "sector=x",
        "after=x",
        "after=-1",
        "q=%00%27%22%3Cscript%3E",
    ] {
        let page = coordinator
            .get(&format!("/editions/1/enrolments?{odd}"))
            .await;
        assert_eq!(page.status, StatusCode::OK, "{odd}");
        assert!(!page.body.contains("<script>"), "{odd}");
    }
}

#[tokio::test]
async fn the_facilitator_reads_the_roster_and_decides_nothing() {
    let app = TestApp::new().await;
    change(&app, WAITING).await;
    let facilitator = app.sign_in("facilitator").await;
    for state in [
        "",
        "?state=waiting",
        "?state=requested",
        "?state=left",
        "?person=secreto",
    ] {
        let page = facilitator
            .get(&format!("/editions/1/enrolments{state}"))
            .await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("Núñez Quispe, Rosa"), "{state}");
        assert!(!page.body.contains("SECRETO"), "{state}");
        for absent in ["/api/enrolment/", "/people/"] {
            let main = page.body.split("<main").nth(1).expect("a main part");
            assert!(!main.contains(absent), "{state}: {absent}");
        }
    }
    let waiting = facilitator.get("/enrolments/10").await;
    assert_eq!(waiting.status, StatusCode::NOT_FOUND);
    app.execute("UPDATE enrolments SET unit_name = 'Unidad X', position = 'Cargo Y' WHERE id = 1")
        .await;
    let roster = facilitator.get("/enrolments/1").await;
    assert_eq!(roster.status, StatusCode::OK);
    for absent in ["/api/enrolment/", "Unidad X", "Cargo Y"] {
        assert!(!roster.body.contains(absent), "{absent}");
    }
    let coordinator = app.sign_in("coordinator").await;
    let record = coordinator.get("/enrolments/1").await;
    assert!(record.body.contains("Unidad X") && record.body.contains("Cargo Y"));
}

#[tokio::test]
async fn one_enrolment_is_for_its_staff_and_its_person() {
    let app = TestApp::new().await;
    change(&app, WAITING).await;
    let other = app.sign_in("other").await;
    let own = other.get("/enrolments/10").await;
    assert_eq!(own.status, StatusCode::OK);
    assert!(own.body.contains("motivo reservado"));
    assert!(own.body.contains("La coordinación"));
    assert!(!own.body.contains("Coordinadora"), "staff is not named");
    assert!(own.body.contains("/api/enrolment/withdraw\""));
    let coordinator = app.sign_in("coordinator").await;
    let staff = coordinator.get("/enrolments/10").await;
    assert!(staff.body.contains("Otilia SECRETO Rojas"));
    assert!(staff.body.contains("Carla Coordinadora"));
    for who in [
        "participant",
        "facilitator",
        "manager",
        "stranger-coordinator",
    ] {
        let answer = app.sign_in(who).await.get("/enrolments/10").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{who}");
        assert!(!answer.body.contains("SECRETO"), "{who}");
    }
}

#[tokio::test]
async fn who_is_promoted_by_anothers_leaving_does_not_learn_who_left() {
    let app = TestApp::new().await;
    change(&app, WAITING).await;
    change(&app, "UPDATE editions SET seats = 1 WHERE id = 1").await;
    let participant = app.sign_in("participant").await;
    done(
        &participant
            .post("enrolment/withdraw", &[("enrolment", "1")])
            .await,
    );
    let own = app.sign_in("other").await.get("/enrolments/10").await;
    assert!(own.body.contains("Por turno en la lista de espera"));
    assert!(!own.body.contains("Núñez"), "{}", own.body);
}

#[tokio::test]
async fn somebody_is_found_and_enrolled_without_a_script() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let found = coordinator
        .get("/editions/1/enrolments?person=sin+cue")
        .await;
    assert!(found.body.contains("Sin Cuenta, Wari"), "{}", found.body);
    assert!(found.body.contains("/api/enrolment/enrol_other"));
    let active = coordinator.get("/editions/1/enrolments?person=nunez").await;
    let section = active.body.split("id=\"enrol\"").nth(1).expect("a section");
    assert!(section.contains("Núñez Quispe, Rosa"));
    assert!(
        !section.contains("/api/enrolment/enrol_other"),
        "enrolled already"
    );
    let nobody = coordinator.get("/editions/1/enrolments?person=zzz").await;
    assert!(nobody.body.contains("No encontramos a nadie"));

    let form = [("edition", "1"), ("person", "8")];
    let answer = coordinator
        .post_form(
            "/editions/1/enrolments?person=sin+cue",
            "enrolment/enrol_other",
            &form,
        )
        .await;
    assert!(answer.location().starts_with("/enrolments/4?kept="));
    let page = coordinator.get(&answer.location()).await;
    assert!(page.body.contains("La persona quedó inscrita."));
    let again = coordinator
        .post_form(
            "/editions/1/enrolments?person=sin+cue",
            "enrolment/enrol_other",
            &form,
        )
        .await;
    let page = coordinator.get(&again.location()).await;
    assert!(
        page.body
            .contains("Ya tiene una inscripción en esta edición: no hace falta otra.")
    );
}

#[tokio::test]
async fn a_closed_edition_shows_its_people_and_no_button() {
    let app = TestApp::new().await;
    change(&app, WAITING).await;
    let coordinator = app.sign_in("coordinator").await;
    for state in ["closed", "cancelled"] {
        change(
            &app,
            format!("UPDATE editions SET state = '{state}' WHERE id = 1"),
        )
        .await;
        for path in ["/editions/1/enrolments?state=waiting", "/enrolments/10"] {
            let page = coordinator.get(path).await;
            assert!(page.body.contains("SECRETO"), "{path}");
            assert!(!page.body.contains("/api/enrolment/"), "{path}");
        }
    }
}

#[tokio::test]
async fn long_lists_come_in_pages() {
    let app = TestApp::new().await;
    change(
        &app,
        "WITH RECURSIVE ids (id) AS (SELECT 1001 UNION ALL SELECT id + 1 FROM ids WHERE id < 1120)
         INSERT INTO people (id, document_kind, no_document_reason, given_names, paternal_surname,
                             sex, sort_name, created_at)
         SELECT id, 'none', 'prueba', 'P', 'Número ' || id, 'f', 'numero ' || id || ' p',
                '2026-01-01T00:00:00+00:00' FROM ids;
         INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, sex)
         SELECT id, 1, id, CASE WHEN id <= 1060 THEN 'enrolled' ELSE 'waiting' END,
                '2026-11-05T00:00:00+00:00', '2026-11-05T00:00:00+00:00', 'f' FROM people WHERE id > 1000",
    )
    .await;
    let coordinator = app.sign_in("coordinator").await;
    let numbers = |body: &str| {
        let names = body.split(">Número ").skip(1);
        let numbers = names.filter_map(|rest| rest.split(',').next());
        numbers.map(str::to_owned).collect::<Vec<_>>()
    };
    for (view, first, last) in [("taking_part", 1001, 1060), ("waiting", 1061, 1120)] {
        let page = coordinator
            .get(&format!("/editions/1/enrolments?state={view}"))
            .await;
        let next = page
            .body
            .split("href=\"")
            .filter_map(|rest| rest.split('"').next())
            .find(|href| href.contains("after="))
            .expect("a next page")
            .replace("&amp;", "&");
        let second = coordinator.get(&next).await;
        let mut found = numbers(&page.body);
        assert!(found.len() >= 49, "{view}: {}", found.len());
        found.extend(numbers(&second.body));
        let expected: Vec<String> = (first..=last).map(|id| id.to_string()).collect();
        assert_eq!(found, expected, "{view}");
        assert!(!second.body.contains("rel=\"next\""), "{view}");
        if view == "waiting" {
            assert!(second.body.contains("60.ª en la lista"));
        }
    }
}

/// The part about enrolling on an edition's page.
fn edition_box(body: &str) -> &str {
    let rest = body.split("id=\"enrol\"").nth(1).expect("the part");
    rest.split("</section>").next().expect("its end")
}

#[tokio::test]
async fn an_edition_offers_what_one_can_do_there() {
    let app = TestApp::new().await;
    let other = app.sign_in("other").await;
    let request = "/api/enrolment/request";
    for (world, words, button) in [
        ("seats = 2", "Queda 1 vacante.", "Inscribirse"),
        (
            "seats = 1",
            "No quedan vacantes.",
            "Entrar en la lista de espera",
        ),
        (
            "seats = 1, needs_approval = 1",
            "La coordinación revisa",
            "Solicitar inscripción",
        ),
        (
            "seats = NULL, needs_approval = 0",
            "No hay límite de vacantes",
            "Inscribirse",
        ),
        (
            "seats = 1, waiting_list = 0",
            "no tiene lista de espera",
            "",
        ),
        (
            "waiting_list = 1, enrol_from = '2026-11-22'",
            "abre el dom 22 nov 2026",
            "",
        ),
        (
            "enrol_from = '2026-11-01', enrol_until = '2026-11-20'",
            "ya terminó",
            "",
        ),
        (
            "enrol_until = '2026-11-30', state = 'announced'",
            "todavía no está abierta",
            "",
        ),
        ("state = 'cancelled'", "La edición fue cancelada.", ""),
        ("state = 'running'", "ya terminó", ""),
    ] {
        change(&app, format!("UPDATE editions SET {world} WHERE id = 1")).await;
        let page = other.get("/editions/1").await;
        let part = edition_box(&page.body);
        assert!(part.contains(words), "{world}: {part}");
        assert_eq!(
            part.contains(request),
            !button.is_empty(),
            "{world}: {part}"
        );
        assert!(part.contains(button), "{world}: {part}");
        let stranger = app.stranger().get("/editions/1").await;
        let part = edition_box(&stranger.body);
        let sign_in = "/sign-in?next=%2Feditions%2F1";
        assert_eq!(
            part.contains(sign_in),
            !button.is_empty(),
            "{world}: {part}"
        );
        assert!(!part.contains(request), "{world}");
    }
}

#[tokio::test]
async fn who_teaches_or_coordinates_is_not_asked_to_enrol() {
    let app = TestApp::new().await;
    for (who, words) in [
        ("facilitator", "Usted es docente de esta edición"),
        ("coordinator", "Queda 1 vacante."),
    ] {
        let page = app.sign_in(who).await.get("/editions/1").await;
        let part = edition_box(&page.body);
        assert!(part.contains(words), "{who}: {part}");
        assert!(!part.contains("/api/enrolment/"), "{who}: {part}");
    }
}

#[tokio::test]
async fn enrolling_and_withdrawing_without_a_script() {
    let app = TestApp::new().await;
    let other = app.sign_in("other").await;
    let enrolled = other
        .post_form("/editions/1", "enrolment/request", &[("edition", "1")])
        .await;
    let page = other.get(&enrolled.location()).await;
    assert!(page.body.contains("Su inscripción está confirmada."));
    let part = edition_box(&page.body);
    assert!(
        part.contains("La edición empieza el sáb 21 nov 2026."),
        "{part}"
    );
    assert!(part.contains("/api/enrolment/withdraw"), "{part}");
    let left = other
        .post_form("/editions/1", "enrolment/withdraw", &[("enrolment", "4")])
        .await;
    let page = other.get(&left.location()).await;
    assert!(
        page.body
            .contains("Retiró su inscripción. Gracias por avisar.")
    );
    let part = edition_box(&page.body);
    assert!(
        part.contains("Retirada") && part.contains("Inscribirse"),
        "{part}"
    );
}
