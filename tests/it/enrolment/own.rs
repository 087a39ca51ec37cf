//! What a participant's home asks for.

use capacita::{
    enrolment::{EnrolmentState, queries},
    people::PersonId,
};

use super::{change, lines};
use crate::test_app::{TestApp, now};

#[tokio::test]
async fn own_enrolments_with_the_next_session_and_the_place_in_line() {
    let app = TestApp::new().await;
    change(
        &app,
        "UPDATE sessions SET meeting_link = 'https://meet.example.pe/x' WHERE id = 2;
         INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, sex) VALUES
          (10, 3, 2, 'waiting', '2026-11-05T00:00:00+00:00', '2026-11-05T00:00:00+00:00', 'm'),
          (11, 3, 5, 'waiting', '2026-11-05T00:00:00+00:00', '2026-11-05T00:00:00+00:00', 'f')",
    )
    .await;
    let mut connection = app.state.database.read().await.expect("a connection");
    let mine = queries::my_enrolments(&mut connection, PersonId::new(5), now())
        .await
        .expect("rows");
    let shown: Vec<String> = mine
        .iter()
        .map(|one| {
            let next = one.next_session.as_ref();
            let session = next.map(|next| next.title.as_str());
            format!("{} {} {:?} {session:?}", one.id, one.state, one.position)
        })
        .collect();
    // Editions 3 and 4 begin on the same day; the first session of edition 1 has not ended yet.
    assert_eq!(
        shown,
        [
            "3 enrolled None Some(\"Autónoma\")",
            "11 waiting Some(2) None",
            "1 enrolled None Some(\"Primera\")",
        ]
    );
    assert!(mine.iter().all(queries::MyEnrolment::can_withdraw));
    let later = now() + chrono::Duration::days(1);
    let mine = queries::my_enrolments(&mut connection, PersonId::new(5), later)
        .await
        .expect("rows");
    let next = mine[2].next_session.as_ref().expect("a session");
    assert_eq!(next.title, "Segunda");
    assert_eq!(
        next.meeting_link.as_deref(),
        Some("https://meet.example.pe/x")
    );
    assert_eq!(next.venue.as_deref(), Some("Auditorio de Iquitos"));
    drop(connection);

    change(
        &app,
        "UPDATE editions SET state = 'cancelled' WHERE id = 3;
         UPDATE enrolments SET state = 'completed' WHERE id = 1",
    )
    .await;
    let mut connection = app.state.database.read().await.expect("a connection");
    let mine = queries::my_enrolments(&mut connection, PersonId::new(5), now())
        .await
        .expect("rows");
    let current: Vec<bool> = mine.iter().map(queries::MyEnrolment::is_current).collect();
    assert_eq!(current, [true, false, true]);
    assert_eq!(mine[2].state, EnrolmentState::Completed);
    assert!(mine[2].next_session.is_none() && !mine[2].can_withdraw());
}

#[tokio::test]
async fn a_meeting_is_next_though_a_self_paced_unit_is_open() {
    let app = TestApp::new().await;
    change(
        &app,
        "INSERT INTO sessions (id, edition_id, title, modality, starts_at, ends_at, planned_minutes, created_at) VALUES
          (20, 1, 'A su ritmo', 'self_paced', '2026-11-21T05:00:00+00:00', '2026-12-06T04:59:00+00:00', 60,
           '2026-01-01T00:00:00+00:00')",
    )
    .await;
    let next = async |at| {
        let mut connection = app.state.database.read().await.expect("a connection");
        let mine = queries::my_enrolments(&mut connection, PersonId::new(5), at).await;
        let mine = mine
            .expect("rows")
            .into_iter()
            .find(|one| one.edition.get() == 1);
        let next = mine.and_then(|one| one.next_session);
        next.map(|next| next.title)
    };
    assert_eq!(next(now()).await.as_deref(), Some("Primera"));
    let page = app.sign_in("participant").await.get("/me").await.html();
    assert!(page.contains("Primera"), "{page}");
    // Where no meeting is left, what is done at one's own pace is.
    let december = now() + chrono::Duration::days(10);
    assert_eq!(next(december).await.as_deref(), Some("A su ritmo"));
}

#[tokio::test]
async fn open_to_somebody_is_what_they_can_still_enter() {
    let app = TestApp::new().await;
    let open = async |person: i64| {
        let mut connection = app.state.database.read().await.expect("a connection");
        let today = app.clock.today();
        let open = queries::open_to(&mut connection, PersonId::new(person), today)
            .await
            .expect("rows");
        let shown = open
            .into_iter()
            .map(|one| format!("{} {} {:?}", one.id, one.taken, one.missing));
        shown.collect::<Vec<_>>()
    };
    assert_eq!(open(6).await, ["1 1 None"]);
    assert_eq!(open(5).await, [""; 0], "enrolled already");
    assert_eq!(open(4).await, [""; 0], "teaches it");
    change(&app, "INSERT INTO course_prerequisites VALUES (1, 3)").await;
    assert_eq!(open(6).await, ["1 1 Some(\"Delitos contra la fauna\")"]);
    let home = app.sign_in("other").await.get("/me").await.html();
    let first = "Primero hay que completar: Delitos contra la fauna.";
    assert!(home.contains(first), "{home}");
    change(&app, "UPDATE editions SET seats = 1, waiting_list = 0").await;
    assert_eq!(open(6).await, [""; 0], "full, and nobody waits");
    change(&app, "UPDATE editions SET waiting_list = 1").await;
    assert_eq!(open(6).await.len(), 1);
    change(
        &app,
        "UPDATE editions SET enrol_until = '2026-11-20' WHERE id = 1",
    )
    .await;
    assert_eq!(open(6).await, [""; 0], "the window is over");
}

#[tokio::test]
async fn lists_read_through_indexes() {
    let app = TestApp::new().await;
    let plans = [
        "EXPLAIN QUERY PLAN SELECT id FROM enrolments
         WHERE edition_id = 1 AND state = 'waiting' ORDER BY state_at, id LIMIT 5",
        "EXPLAIN QUERY PLAN SELECT count(*) FROM enrolments
         WHERE edition_id = 1 AND state IN ('enrolled', 'completed')",
        "EXPLAIN QUERY PLAN SELECT id FROM enrolments WHERE person_id = 1",
        "EXPLAIN QUERY PLAN SELECT id FROM enrolment_events WHERE enrolment_id = 1 ORDER BY id",
    ];
    for plan in plans {
        let mut connection = app.state.database.read().await.expect("a connection");
        let steps: Vec<(i64, i64, i64, String)> = sqlx::query_as(plan)
            .fetch_all(&mut *connection)
            .await
            .expect("a plan");
        for (.., step) in steps {
            assert!(step.contains("INDEX"), "{plan}: {step}");
            assert!(!step.contains("TEMP B-TREE"), "{plan}: {step}");
        }
    }
    assert_eq!(lines(&app, "SELECT 'x'").await, ["x"]);
}
