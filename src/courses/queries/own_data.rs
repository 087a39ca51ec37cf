//! What somebody takes along of themselves from this room, with the words of the database.

use sqlx::{SqliteConnection, query_scalar};

use crate::people::PersonId;

/// Every edition in which somebody teaches. As a JSON list.
pub async fn own_data(connection: &mut SqliteConnection, person: PersonId) -> sqlx::Result<String> {
    query_scalar!(
        r#"SELECT json_group_array(json(line)) AS "list!: String" FROM (
                  SELECT json_object(
                      'course', courses.title, 'edition', editions.number,
                      'assigned_at', edition_facilitators.assigned_at) AS line
                  FROM edition_facilitators
                  JOIN editions ON editions.id = edition_facilitators.edition_id
                  JOIN courses ON courses.id = editions.course_id
                  WHERE edition_facilitators.person_id = ? ORDER BY editions.id)"#,
        person,
    )
    .fetch_one(connection)
    .await
}
