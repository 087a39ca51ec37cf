//! What the homes count.

use crate::test_app::TestApp;

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
