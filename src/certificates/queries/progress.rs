//! What certificates tell the homes of people and of coordinators.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query_as, query_scalar};

use crate::{
    certificates::CertificateKind,
    courses::{CourseKind, EditionId, EditionState},
    enrolment::EnrolmentId,
    people::PersonId,
};

/// One edition that a person takes part in and that is not over.
#[derive(Clone, Debug)]
pub(in crate::certificates) struct OwnEnrolment {
    pub enrolment: EnrolmentId,
    pub edition: EditionId,
    pub course_title: String,
    pub kind: CourseKind,
    pub number: i64,
    pub state: EditionState,
    pub grade_tenths: Option<i64>,
    pub min_share_permille: i64,
    pub min_grade_tenths: Option<i64>,
    pub valid: Option<CertificateKind>,
}

/// The editions that a person is enrolled in and that are neither closed nor cancelled, the first
/// to end first.
pub(in crate::certificates) async fn own_enrolments(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> sqlx::Result<Vec<OwnEnrolment>> {
    query_as!(
        OwnEnrolment,
        r#"SELECT enrolments.id AS enrolment, editions.id AS edition,
                  courses.title AS course_title, courses.kind, editions.number, editions.state,
                  enrolments.grade_tenths,
                  rules.min_share_permille AS "min_share_permille!: i64",
                  rules.min_grade_tenths AS "min_grade_tenths?: i64",
                  (SELECT kind FROM certificates
                   WHERE enrolment_id = enrolments.id AND state = 'valid')
                      AS "valid?: CertificateKind"
           FROM enrolments
           JOIN editions ON editions.id = enrolments.edition_id
           JOIN courses ON courses.id = editions.course_id
           JOIN rules_in_force AS rules ON rules.edition_id = editions.id
           WHERE enrolments.person_id = ? AND enrolments.state = 'enrolled'
             AND editions.state IN ('announced', 'enrolling', 'running')
           ORDER BY editions.ends_on, enrolments.id"#,
        person,
    )
    .fetch_all(connection)
    .await
}

/// Editions of these programs (a JSON list of their numbers) that may have certificates to issue:
/// self-paced throughout, or with all sessions over; running, or closed since `closed_after`.
pub(in crate::certificates) async fn recent_editions(
    connection: &mut SqliteConnection,
    programs: &str,
    now: DateTime<Utc>,
    closed_after: DateTime<Utc>,
) -> sqlx::Result<Vec<EditionId>> {
    query_scalar!(
        r#"SELECT editions.id AS "id!: EditionId"
           FROM editions JOIN courses ON courses.id = editions.course_id
           WHERE courses.program_id IN (SELECT value FROM json_each(?1))
             AND (editions.state IN ('enrolling', 'running')
                  OR (editions.state = 'closed' AND editions.state_at > ?3))
             AND EXISTS (SELECT 1 FROM sessions WHERE edition_id = editions.id)
             AND (NOT EXISTS (SELECT 1 FROM sessions
                              WHERE edition_id = editions.id AND ends_at > ?2)
                  OR NOT EXISTS (SELECT 1 FROM sessions
                                 WHERE edition_id = editions.id AND modality <> 'self_paced'))
           ORDER BY editions.ends_on, editions.id"#,
        programs,
        now,
        closed_after,
    )
    .fetch_all(connection)
    .await
}
