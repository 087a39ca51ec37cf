//! What somebody takes along of themselves from this room, with the words of the database.

use sqlx::{SqliteConnection, query_scalar};

use crate::people::PersonId;

/// Every mark about somebody that came from a phone without a connection. As a JSON list.
pub async fn own_data(connection: &mut SqliteConnection, person: PersonId) -> sqlx::Result<String> {
    query_scalar!(
        r#"SELECT json_group_array(json(line)) AS "list!: String" FROM (
                  SELECT json_object(
                      'session', sessions.title, 'status', offline_marks.status,
                      'minutes', offline_marks.minutes, 'marked_at', offline_marks.corrected_at,
                      'received_at', offline_marks.received_at, 'outcome', offline_marks.outcome,
                      'reason', offline_marks.reason, 'decision', offline_marks.decision,
                      'note', offline_marks.note) AS line
                  FROM enrolments
                  JOIN offline_marks ON offline_marks.enrolment_id = enrolments.id
                  LEFT JOIN sessions ON sessions.id = offline_marks.session_id
                  WHERE enrolments.person_id = ? ORDER BY offline_marks.id)"#,
        person,
    )
    .fetch_one(connection)
    .await
}
