//! What somebody takes along of themselves from this room, with the words of the database.

use sqlx::{SqliteConnection, query_scalar};

use crate::people::PersonId;

/// Every mark about somebody, and whether it stands. As a JSON list.
pub async fn own_data(connection: &mut SqliteConnection, person: PersonId) -> sqlx::Result<String> {
    query_scalar!(
        r#"SELECT json_group_array(json(line)) AS "list!: String" FROM (
                  SELECT json_object(
                      'course', courses.title, 'edition', editions.number, 'session', sessions.title,
                      'status', attendance_marks.status, 'minutes', attendance_marks.minutes,
                      'source', attendance_marks.source, 'marked_at', attendance_marks.marked_at,
                      'reason', attendance_marks.reason,
                      'stands', json(iif(attendance_standing.mark_id IS NULL, 'false', 'true'))) AS line
                  FROM enrolments
                  JOIN editions ON editions.id = enrolments.edition_id
                  JOIN courses ON courses.id = editions.course_id
                  JOIN attendance_marks ON attendance_marks.enrolment_id = enrolments.id
                  JOIN sessions ON sessions.id = attendance_marks.session_id
                  LEFT JOIN attendance_standing
                      ON attendance_standing.enrolment_id = enrolments.id
                      AND attendance_standing.session_id = attendance_marks.session_id
                      AND attendance_standing.mark_id = attendance_marks.id
                  WHERE enrolments.person_id = ? ORDER BY attendance_marks.id)"#,
        person,
    )
    .fetch_one(connection)
    .await
}
