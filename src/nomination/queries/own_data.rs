//! What somebody takes along of themselves from this room, with the words of the database.

use sqlx::{SqliteConnection, query_scalar};

use crate::people::PersonId;

/// Every line of a list that is about somebody. As a JSON list.
pub async fn own_data(connection: &mut SqliteConnection, person: PersonId) -> sqlx::Result<String> {
    query_scalar!(
        r#"SELECT json_group_array(json(line)) AS "list!: String" FROM (
                  SELECT json_object(
                      'course', courses.title, 'edition', editions.number,
                      'received_at', nominations.created_at, 'letter', nominations.letter,
                      'line', nomination_lines.line, 'decision', nomination_lines.decision,
                      'outcome', nomination_lines.outcome) AS line
                  FROM nomination_lines
                  JOIN nominations ON nominations.id = nomination_lines.nomination_id
                  JOIN editions ON editions.id = nominations.edition_id
                  JOIN courses ON courses.id = editions.course_id
                  WHERE nomination_lines.person_id = ?1 AND nomination_lines.verdict <> 'conflict'
                  ORDER BY nominations.id, nomination_lines.line)"#,
        person,
    )
    .fetch_one(connection)
    .await
}
