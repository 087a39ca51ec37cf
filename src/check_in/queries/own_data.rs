//! What somebody takes along of themselves from this room, with the words of the database.

use sqlx::{SqliteConnection, query_scalar};

use crate::people::PersonId;

/// Every time somebody came without being enrolled. As a JSON list.
pub async fn own_data(connection: &mut SqliteConnection, person: PersonId) -> sqlx::Result<String> {
    query_scalar!(
        r#"SELECT json_group_array(json(line)) AS "list!: String" FROM (
                  SELECT json_object(
                      'session', sessions.title, 'written_at', walk_ins.created_at,
                      'state', walk_ins.state, 'decided_at', walk_ins.decided_at,
                      'reason', walk_ins.reason) AS line
                  FROM walk_ins JOIN sessions ON sessions.id = walk_ins.session_id
                  WHERE walk_ins.person_id = ? ORDER BY walk_ins.id)"#,
        person,
    )
    .fetch_one(connection)
    .await
}
