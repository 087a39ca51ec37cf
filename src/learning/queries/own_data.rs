//! What somebody takes along of themselves from this room, with the words of the database.

use sqlx::{SqliteConnection, query_scalar};

use crate::people::PersonId;

/// Every step somebody has done. As a JSON list.
pub async fn own_data(connection: &mut SqliteConnection, person: PersonId) -> sqlx::Result<String> {
    query_scalar!(
        r#"SELECT json_group_array(json(line)) AS "list!: String" FROM (
                  SELECT json_object(
                      'course', courses.title, 'edition', editions.number, 'session', sessions.title,
                      'step', steps.title, 'done_at', steps_done.done_at) AS line
                  FROM enrolments
                  JOIN editions ON editions.id = enrolments.edition_id
                  JOIN courses ON courses.id = editions.course_id
                  JOIN steps_done ON steps_done.enrolment_id = enrolments.id
                  JOIN steps ON steps.id = steps_done.step_id
                  JOIN sessions ON sessions.id = steps.session_id
                  WHERE enrolments.person_id = ? ORDER BY steps_done.done_at, steps.id)"#,
        person,
    )
    .fetch_one(connection)
    .await
}
