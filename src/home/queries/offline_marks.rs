//! Marks of phones that were offline and that wait for a decision.

use sqlx::{SqliteConnection, query_as};

use super::EditionLine;
use crate::courses::{EditionId, ProgramId};

/// Editions with refused marks that nobody has decided about, the longest waiting first.
pub async fn offline_marks(
    connection: &mut SqliteConnection,
    programs: &[ProgramId],
) -> sqlx::Result<Vec<EditionLine>> {
    let programs = super::list(programs);
    query_as!(
        EditionLine,
        r#"SELECT editions.id AS "edition!: EditionId", courses.title AS "course!: String",
                  editions.number AS "number!: i64", count(*) AS "count!: i64"
           FROM courses
           JOIN editions ON editions.course_id = courses.id
           JOIN offline_marks ON offline_marks.edition_id = editions.id
           WHERE offline_marks.outcome = 'refused' AND offline_marks.decision IS NULL
             AND courses.program_id IN (SELECT value FROM json_each(?))
           GROUP BY editions.id ORDER BY min(offline_marks.id) LIMIT 50"#,
        programs,
    )
    .fetch_all(connection)
    .await
}
