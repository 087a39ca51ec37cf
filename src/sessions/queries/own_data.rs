//! What somebody takes along of themselves from this room, with the words of the database.

use sqlx::{SqliteConnection, query_scalar};

use crate::people::PersonId;

/// Every session that somebody leads. As a JSON list.
pub async fn own_data(connection: &mut SqliteConnection, person: PersonId) -> sqlx::Result<String> {
    query_scalar!(
        r#"SELECT json_group_array(json(line)) AS "list!: String" FROM (
                  SELECT json_object(
                      'course', courses.title, 'edition', editions.number,
                      'session', sessions.title, 'starts_at', sessions.starts_at,
                      'ends_at', sessions.ends_at) AS line
                  FROM sessions
                  JOIN editions ON editions.id = sessions.edition_id
                  JOIN courses ON courses.id = editions.course_id
                  WHERE sessions.facilitator_id = ? ORDER BY sessions.starts_at, sessions.id)"#,
        person,
    )
    .fetch_one(connection)
    .await
}
