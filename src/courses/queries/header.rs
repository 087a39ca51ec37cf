//! The head of an edition.

use sqlx::{SqliteConnection, query_as};

use crate::courses::{EditionHeader, EditionId, Language};

/// An edition with its course, its place and its counts.
pub(crate) async fn header(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<Option<EditionHeader>> {
    query_as!(
        EditionHeader,
        r#"SELECT editions.id, editions.course_id AS course, courses.title AS course_title,
                  courses.kind, courses.program_id AS program, programs.name AS program_name,
                  editions.number, editions.state, editions.state_reason, editions.state_at,
                  editions.modality, editions.language AS "language: Language", editions.starts_on, editions.ends_on,
                  editions.venue_id, venues.name AS "venue?", editions.department, editions.seats,
                  editions.waiting_list, editions.offer_hours, editions.needs_approval, editions.enrol_from,
                  editions.enrol_until, editions.notes, courses.planned_minutes,
                  rules.min_share_permille AS "min_share_permille!: i64",
                  rules.min_grade_tenths AS "min_grade_tenths?: i64",
                  rules.excused_counts AS "excused_counts!: bool",
                  editions.version,
                  (SELECT count(*) FROM sessions WHERE edition_id = editions.id)
                      AS "sessions!: i64",
                  (SELECT count(*) FROM enrolments WHERE edition_id = editions.id
                   AND state IN ('enrolled', 'completed', 'not_completed', 'no_show'))
                      AS "enrolled!: i64",
                  (SELECT count(*) FROM enrolments WHERE edition_id = editions.id
                   AND state = 'waiting') AS "waiting!: i64",
                  (SELECT count(*) FROM enrolments WHERE edition_id = editions.id
                   AND state = 'waiting' AND offered_until IS NOT NULL) AS "offered!: i64",
                  (SELECT count(*) FROM enrolments WHERE edition_id = editions.id
                   AND state = 'requested') AS "requested!: i64",
                  (SELECT count(*) FROM sessions WHERE edition_id = editions.id
                   AND modality <> 'self_paced' AND EXISTS (
                       SELECT 1 FROM enrolments
                       WHERE enrolments.edition_id = editions.id
                         AND enrolments.state IN ('enrolled', 'completed', 'not_completed', 'no_show')
                         AND NOT EXISTS (
                             SELECT 1 FROM attendance_standing AS standing
                             WHERE standing.enrolment_id = enrolments.id
                               AND standing.session_id = sessions.id))) AS "unmarked!: i64"
           FROM editions
           JOIN courses ON courses.id = editions.course_id
           JOIN rules_in_force AS rules ON rules.edition_id = editions.id
           JOIN programs ON programs.id = courses.program_id
           LEFT JOIN venues ON venues.id = editions.venue_id
           WHERE editions.id = ?"#,
        edition,
    )
    .fetch_optional(connection)
    .await
}
