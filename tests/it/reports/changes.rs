//! What is done to the demonstration before its figures are counted anew.

use super::recount::all;
use crate::test_app::TestApp;

/// What the demo has none of.
pub const CHANGES: &str = "
    UPDATE enrolments SET state = 'withdrawn' WHERE id % 13 = 0;
    UPDATE editions SET state = 'cancelled' WHERE id IN (
        SELECT edition_id FROM sessions WHERE held_on BETWEEN '2022-04-01' AND '2022-04-30');
    UPDATE enrolments SET state = 'withdrawn' WHERE state <> 'declined' AND edition_id IN (
        SELECT id FROM editions WHERE state = 'cancelled') AND id % 2 = 0;
    INSERT INTO editions (id, course_id, number, state, modality, starts_on, ends_on, enrol_from,
                          enrol_until, state_at, created_at)
    VALUES (9001, 1, 901, 'announced', 'hybrid', '2022-05-02', '2022-05-06', '2022-04-01',
            '2022-04-30', '2022-01-01T00:00:00+00:00', '2022-01-01T00:00:00+00:00'),
           (9002, 1, 902, 'draft', 'hybrid', '2022-05-02', '2022-05-06', '2022-04-01',
            '2022-04-30', '2022-01-01T00:00:00+00:00', '2022-01-01T00:00:00+00:00');
    INSERT INTO enrolments (edition_id, person_id, state, state_at, requested_at, sector, sex)
    SELECT 9001 + people.id % 2, people.id, 'enrolled', '2022-04-02T00:00:00+00:00',
           '2022-04-02T00:00:00+00:00', 'press', people.sex
    FROM people WHERE people.id BETWEEN 100 AND 120;
    INSERT INTO enrolments (edition_id, person_id, state, state_at, requested_at, sector, sex)
    SELECT 9001, people.id, 'waiting', '2022-04-02T00:00:00+00:00', '2022-04-02T00:00:00+00:00',
           'press', people.sex
    FROM people WHERE people.id BETWEEN 121 AND 125;
    UPDATE attendance_marks SET marked_at = '2023-01-01T04:59:59+00:00'
    WHERE id % 5 = 0 AND session_id IN (SELECT id FROM sessions WHERE modality = 'self_paced');
    UPDATE attendance_marks SET marked_at = '2023-01-01T05:00:00+00:00'
    WHERE id % 7 = 0 AND session_id IN (SELECT id FROM sessions WHERE modality = 'self_paced');
    INSERT INTO attendance_marks (enrolment_id, session_id, status, minutes, source, marked_at)
    SELECT enrolment_id, session_id, status, minutes, 'form', '2024-06-01T12:00:00+00:00'
    FROM attendance_marks WHERE id % 11 = 0;
    INSERT INTO sessions (edition_id, title, modality, starts_at, ends_at, planned_minutes, created_at)
    VALUES (9002, 'S', 'in_person', '2022-05-02T14:00:00+00:00', '2022-05-02T18:00:00+00:00', 240, '');
    INSERT INTO headcounts (session_id, women, men, unstated, named_women, named_men, named_unstated,
                            explanation, counted_at)
    SELECT id, 500, 500, 500, 0, 0, 0, 'Se contó mal la primera vez', '2024-06-01T12:00:00+00:00'
    FROM sessions WHERE id % 4 = 0;
";

/// Headcounts beside what the demo has of them, the last of a session standing: from nobody to more
/// than anybody named.
pub async fn count_heads(app: &TestApp, seed: u64) {
    let mut random = seed;
    let mut next = |below: u64| {
        // A sequence that the same seed repeats; its quality does not matter.
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) % below
    };
    let sessions: Vec<(i64,)> = all(app, "SELECT id FROM sessions ORDER BY id").await;
    let mut tx = app.state.database.write().await.expect("a transaction");
    for (session,) in sessions {
        if next(3) == 0 {
            continue;
        }
        let figures = [next(40), next(40), next(3)].map(|n| i64::try_from(n).expect("small"));
        sqlx::query(
            "INSERT INTO headcounts (session_id, women, men, unstated, named_women, named_men,
                                     named_unstated, explanation, counted_at)
             VALUES (?, ?, ?, ?, 2001, 0, 0, 'No se sabe quiénes', '2024-06-02T12:00:00+00:00')",
        )
        .bind(session)
        .bind(figures[0])
        .bind(figures[1])
        .bind(figures[2])
        .execute(&mut *tx)
        .await
        .expect("written");
    }
    tx.commit().await.expect("committed");
}
