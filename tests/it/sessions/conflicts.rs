//! Overlaps beside the lines that cause them.

use crate::{
    courses::{done, with},
    test_app::{Client, TestApp},
};

const FORM: [(&str, &str); 6] = [
    ("edition", "2"),
    ("title", "Choque"),
    ("modality", "in_person"),
    ("date", "2027-02-03"),
    ("start", "09:00"),
    ("end", "13:00"),
];

/// The lines of overlaps on the schedule of an edition.
async fn lines(client: &Client, edition: i64) -> Vec<String> {
    let html = client
        .get(&format!("/editions/{edition}/sessions"))
        .await
        .html();
    html.split("class=\"conflicts\"")
        .skip(1)
        .filter_map(|rest| rest.split("</ul>").next())
        .flat_map(|list| list.split("<li>").skip(1).map(text).collect::<Vec<_>>())
        .collect()
}

/// Markup without its tags.
fn text(markup: &str) -> String {
    let parts = markup.split('<').map(|part| match part.split_once('>') {
        Some((_, text)) => text,
        None => part,
    });
    parts.collect::<String>().trim().to_owned()
}

#[tokio::test]
async fn teachers_places_and_participants_overlap() {
    let app = TestApp::new().await;
    app.execute(
        "INSERT INTO editions (id, course_id, number, state, modality, starts_on, ends_on, venue_id, enrol_from, enrol_until, state_at, created_at)
         VALUES (9, 1, 3, 'announced', 'in_person', '2027-02-01', '2027-02-05', 1, '2027-01-01', '2027-01-20', '2026-01-01T00:00:00+00:00', '2026-01-01T00:00:00+00:00');
         UPDATE editions SET venue_id = 1 WHERE id = 2;
         INSERT INTO edition_facilitators (edition_id, person_id, assigned_at)
         VALUES (2, 4, '2026-01-01T00:00:00+00:00'), (9, 4, '2026-01-01T00:00:00+00:00'), (9, 8, '2026-01-01T00:00:00+00:00');
         INSERT INTO enrolments (edition_id, person_id, state, state_at, requested_at, sex)
         VALUES (2, 5, 'enrolled', '2026-01-01T00:00:00+00:00', '2026-01-01T00:00:00+00:00', 'f'),
                (9, 5, 'enrolled', '2026-01-01T00:00:00+00:00', '2026-01-01T00:00:00+00:00', 'f'),
                (2, 6, 'enrolled', '2026-01-01T00:00:00+00:00', '2026-01-01T00:00:00+00:00', 'f'),
                (9, 6, 'waiting', '2026-01-01T00:00:00+00:00', '2026-01-01T00:00:00+00:00', 'f');
         INSERT INTO sessions (id, edition_id, title, modality, starts_at, ends_at, planned_minutes, created_at)
         VALUES (9, 9, 'Paralela', 'in_person', '2027-02-03T17:00:00+00:00', '2027-02-03T19:00:00+00:00', 120, '2026-01-01T00:00:00+00:00')",
    )
    .await;
    let coordinator = app.sign_in("coordinator").await;
    let added = coordinator
        .post_form("/editions/2/sessions", "sessions/create_meeting", &FORM)
        .await;
    let page = coordinator.get(&added.location()).await;
    assert!(
        page.notice().contains("Hay 3 cruces de horario"),
        "{}",
        page.notice()
    );
    let there = "Cadena de custodia, edición 3: Paralela (mié 3 feb 2027, 12:00–14:00)";
    assert_eq!(
        lines(&coordinator, 2).await,
        [
            format!("Daniel Docente también enseña en {there}"),
            format!("Auditorio de Iquitos también está en uso en {there}"),
            format!("1 persona inscrita también participa en {there}"),
        ]
    );
    // The other line shows the same from its side.
    assert_eq!(lines(&coordinator, 9).await.len(), 3);

    // From the moment the other begins it is none.
    let change = |end, modality| {
        with(
            &FORM,
            &[
                ("session", "10"),
                ("version", "1"),
                ("end", end),
                ("modality", modality),
            ],
        )
    };
    let touching = change("12:00", "in_person");
    done(&coordinator.post("sessions/update_meeting", &touching).await);
    assert_eq!(lines(&coordinator, 2).await, [""; 0]);
    let online = with(&change("12:01", "live_online"), &[("version", "2")]);
    done(&coordinator.post("sessions/update_meeting", &online).await);
    let left = lines(&coordinator, 2).await;
    assert_eq!(left.len(), 2, "{left:?}");
    assert!(!left.iter().any(|line| line.contains("Auditorio")));

    // Somebody else teaches there.
    app.execute("UPDATE sessions SET facilitator_id = 8 WHERE id = 9")
        .await;
    let left = lines(&coordinator, 2).await;
    assert_eq!(
        left,
        [format!("1 persona inscrita también participa en {there}")]
    );
    // What is cancelled does not take place.
    app.execute("UPDATE editions SET state = 'cancelled' WHERE id = 9")
        .await;
    assert_eq!(lines(&coordinator, 2).await, [""; 0]);
}

#[tokio::test]
async fn drafts_of_others_overlap_without_a_name() {
    let app = TestApp::new().await;
    app.execute(
        "UPDATE editions SET state = 'draft', ends_on = '2027-02-28', venue_id = 1 WHERE id = 3;
         UPDATE editions SET venue_id = 1 WHERE id = 2;
         UPDATE sessions SET title = 'RESERVADA', starts_at = '2027-02-01T14:00:00+00:00',
                             ends_at = '2027-02-01T18:00:00+00:00' WHERE id = 3",
    )
    .await;
    let coordinator = app.sign_in("coordinator").await;
    assert_eq!(
        lines(&coordinator, 2).await,
        [
            "Auditorio de Iquitos también está en uso en otra actividad en preparación \
          (lun 1 feb 2027, 9:00–13:00)"
        ]
    );
    let body = coordinator.get("/editions/2/sessions").await.body;
    assert!(!body.contains("RESERVADA") && !body.contains("Litigación"));
    let admin = app.sign_in("admin").await;
    assert!(lines(&admin, 2).await[0].contains("Litigación oral, edición 1: RESERVADA"));
}

#[tokio::test]
async fn two_sessions_of_one_edition_overlap_too_and_units_never() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let same_time = with(
        &FORM,
        &[
            ("edition", "1"),
            ("date", "2026-11-21"),
            ("start", "12:59"),
            ("end", "14:00"),
        ],
    );
    done(
        &coordinator
            .post("sessions/create_meeting", &same_time)
            .await,
    );
    let found = lines(&coordinator, 1).await;
    // The edition itself, teacher, place and the person enrolled, on both lines.
    assert_eq!(found.len(), 8, "{found:?}");
    // Where nothing else is shared, the minutes still count twice.
    app.execute(
        "DELETE FROM edition_facilitators; UPDATE editions SET venue_id = NULL;
                 UPDATE enrolments SET state = 'withdrawn'",
    )
    .await;
    assert_eq!(
        lines(&coordinator, 1).await,
        [
            "La misma edición tiene otra sesión a esa hora y los minutos cuentan dos veces: en \
             Cadena de custodia, edición 1: Choque (sáb 21 nov 2026, 12:59–14:00)",
            "La misma edición tiene otra sesión a esa hora y los minutos cuentan dos veces: en \
             Cadena de custodia, edición 1: Primera (sáb 21 nov 2026, 9:00–13:00)",
        ]
    );
    // The self-paced unit is open all that time and overlaps with nothing.
    assert!(!found.iter().any(|line| line.contains("Autónoma")));
    assert_eq!(lines(&coordinator, 4).await, [""; 0]);
}
