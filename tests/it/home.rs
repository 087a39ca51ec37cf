//! What the homes count.

use crate::{
    certificates::{ended, issued},
    test_app::TestApp,
};

#[tokio::test]
async fn of_a_session_only_those_are_marked_who_take_part() {
    let app = TestApp::new().await;
    app.execute(
        "INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, sex)
         VALUES (20, 1, 8, 'withdrawn', '2026-11-03T00:00:00+00:00', '2026-11-03T00:00:00+00:00', 'm');
         INSERT INTO attendance_marks (id, enrolment_id, session_id, status, minutes, source, account_id, marked_at)
         VALUES (1, 20, 1, 'present', 240, 'form', 4, '2026-11-21T15:00:00+00:00');
         INSERT INTO attendance_standing (enrolment_id, session_id, mark_id, status, minutes)
         VALUES (20, 1, 1, 'present', 240)",
    )
    .await;
    let coordinator = app.sign_in("coordinator").await;
    let home = coordinator.get("/").await.html();
    assert!(home.contains("0 de 1 marcados"), "{home}");
}

#[tokio::test]
async fn a_manager_sees_the_hours_that_the_totals_say() {
    let app = ended().await;
    let manager = app.sign_in("manager").await;
    // 1,727 minutes in hours of 45.
    let figure = r#"<p class="figure-value">38.4</p>"#;
    for page in ["/reports/totals?period=cy2026", "/"] {
        let html = manager.get(page).await.html();
        assert!(html.contains(figure), "{page}: {html}");
    }
}

#[tokio::test]
async fn a_certificate_keeps_its_title_at_home() {
    let app = issued().await;
    app.execute("UPDATE courses SET title = 'Otro nombre' WHERE id = 1")
        .await;
    let participant = app.sign_in("participant").await;
    for page in ["/me", "/me/certificates"] {
        let html = participant.get(page).await.html();
        assert!(html.contains("Cadena de custodia"), "{page}: {html}");
    }
}
