//! What somebody takes along of themselves from this room, with the words of the database.

use sqlx::{SqliteConnection, query_scalar};

use crate::people::PersonId;

/// Every letter to somebody. As a JSON list.
pub async fn own_data(connection: &mut SqliteConnection, person: PersonId) -> sqlx::Result<String> {
    query_scalar!(
        r#"SELECT json_group_array(json(line)) AS "list!: String" FROM (
                  SELECT json_object(
                      'kind', kind, 'address', address, 'subject', subject, 'body', body,
                      'state', state, 'written_at', created_at, 'sent_at', sent_at) AS line
                  FROM outbox WHERE person_id = ? ORDER BY id)"#,
        person,
    )
    .fetch_one(connection)
    .await
}

/// Everything that somebody is told otherwise than by letter. As a JSON list.
pub async fn own_notices(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> sqlx::Result<String> {
    query_scalar!(
        r#"SELECT json_group_array(json(line)) AS "list!: String" FROM (
                  SELECT json_object(
                      'kind', kind, 'subject', subject, 'body', body,
                      'written_at', created_at, 'told_at', told_at) AS line
                  FROM notices WHERE person_id = ? ORDER BY id)"#,
        person,
    )
    .fetch_one(connection)
    .await
}
