//! What somebody takes along of themselves from this room, with the words of the database.

use sqlx::{SqliteConnection, query_scalar};

use crate::people::PersonId;

/// Every certificate that was issued to somebody, with all that it says. As a JSON list.
pub async fn own_data(connection: &mut SqliteConnection, person: PersonId) -> sqlx::Result<String> {
    query_scalar!(
        r#"SELECT json_group_array(json(line)) AS "list!: String" FROM (
                  SELECT json_object(
                      'code', certificates.code, 'kind', certificates.kind,
                      'state', certificates.state, 'since', certificates.state_at,
                      'reason', certificates.state_reason, 'issued_at', certificates.issued_at,
                      'content', json(certificates.content)) AS line
                  FROM enrolments
                  JOIN certificates ON certificates.enrolment_id = enrolments.id
                  WHERE enrolments.person_id = ? ORDER BY certificates.id)"#,
        person,
    )
    .fetch_one(connection)
    .await
}
