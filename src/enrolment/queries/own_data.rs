//! What somebody takes along of themselves from this room, with the words of the database.

use sqlx::{SqliteConnection, query_scalar};

use crate::people::PersonId;

/// Everything somebody took part in or asked for, with its history. As a JSON list.
pub async fn own_data(connection: &mut SqliteConnection, person: PersonId) -> sqlx::Result<String> {
    query_scalar!(
        r#"SELECT json_group_array(json(line)) AS "list!: String" FROM (
                  SELECT json_object(
                      'course', courses.title, 'edition', editions.number, 'role', enrolments.role,
                      'state', enrolments.state, 'since', enrolments.state_at,
                      'requested_at', enrolments.requested_at,
                      'seat_offered_until', enrolments.offered_until,
                      'institution', enrolments.institution_name, 'sector', enrolments.sector,
                      'unit', enrolments.unit_name, 'position', enrolments.position,
                      'department', enrolments.department, 'country', enrolments.country,
                      'sex', enrolments.sex, 'funder', enrolments.funder,
                      'pre_test_tenths', enrolments.pre_test_tenths,
                      'post_test_tenths', enrolments.post_test_tenths,
                      'grade_tenths', enrolments.grade_tenths, 'materials', enrolments.materials,
                      'history', json((
                          SELECT json_group_array(json_object(
                              'at', at, 'from', from_state, 'to', to_state, 'reason', reason))
                          FROM (SELECT * FROM enrolment_events
                                WHERE enrolment_id = enrolments.id ORDER BY id)))) AS line
                  FROM enrolments
                  JOIN editions ON editions.id = enrolments.edition_id
                  JOIN courses ON courses.id = editions.course_id
                  WHERE enrolments.person_id = ? ORDER BY enrolments.id)"#,
        person,
    )
    .fetch_one(connection)
    .await
}
