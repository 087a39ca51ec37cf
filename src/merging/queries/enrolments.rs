//! Enrolments of two records, edition by edition, and what came to depend on them.

use sqlx::{SqliteConnection, query, query_as, query_scalar};

use crate::{
    attendance::{MarkId, MarkStatus},
    certificates::CertificateId,
    courses::EditionId,
    enrolment::{EnrolmentId, EnrolmentState},
    learning::StepId,
    merging::MergeId,
    people::PersonId,
    sessions::SessionId,
};

/// An enrolment as a merge sees it.
#[derive(Clone, Debug)]
pub struct Enrolled {
    pub id: EnrolmentId,
    pub edition: EditionId,
    pub course_title: String,
    pub number: i64,
    pub state: EnrolmentState,
    pub grade_tenths: Option<i64>,
    pub pre_test_tenths: Option<i64>,
    pub post_test_tenths: Option<i64>,
    pub materials: bool,
    pub version: i64,
}

/// The enrolments of a person. Bounded by one person's life.
pub async fn enrolments(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> sqlx::Result<Vec<Enrolled>> {
    query_as!(
        Enrolled,
        "SELECT enrolments.id, enrolments.edition_id AS edition,
                courses.title AS course_title, editions.number, enrolments.state,
                enrolments.grade_tenths, enrolments.pre_test_tenths, enrolments.post_test_tenths,
                enrolments.materials, enrolments.version
         FROM enrolments JOIN editions ON editions.id = enrolments.edition_id
         JOIN courses ON courses.id = editions.course_id
         WHERE enrolments.person_id = ? ORDER BY enrolments.id",
        person,
    )
    .fetch_all(connection)
    .await
}

/// What stands in a session of an enrolment.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    pub session: SessionId,
    pub status: MarkStatus,
    pub minutes: i64,
}

pub async fn cells(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
) -> sqlx::Result<Vec<Cell>> {
    query_as!(
        Cell,
        "SELECT session_id AS session, status, minutes FROM attendance_standing
         WHERE enrolment_id = ? ORDER BY session_id",
        enrolment,
    )
    .fetch_all(connection)
    .await
}

/// The newest mark of a cell.
pub async fn newest_mark(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
    session: SessionId,
) -> sqlx::Result<Option<MarkId>> {
    query_scalar!(
        r#"SELECT max(id) AS "id: MarkId" FROM attendance_marks
           WHERE enrolment_id = ? AND session_id = ?"#,
        enrolment,
        session,
    )
    .fetch_one(connection)
    .await
}

/// The steps that one enrolment has done and another has not.
pub async fn steps_ahead(
    connection: &mut SqliteConnection,
    from: EnrolmentId,
    to: EnrolmentId,
) -> sqlx::Result<Vec<(StepId, String)>> {
    let rows = query!(
        r#"SELECT step_id, done_at AS "done_at: String" FROM steps_done
           WHERE enrolment_id = ?1 AND NOT EXISTS (
               SELECT 1 FROM steps_done AS own
               WHERE own.enrolment_id = ?2 AND own.step_id = steps_done.step_id)
           ORDER BY step_id"#,
        from,
        to,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.step_id, row.done_at))
        .collect())
}

/// The certificates of an enrolment, and whether one is valid.
pub async fn certificates_of(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
) -> sqlx::Result<(Vec<CertificateId>, bool)> {
    let rows = query!(
        r#"SELECT id, state = 'valid' AS "valid!: bool" FROM certificates
           WHERE enrolment_id = ? ORDER BY id"#,
        enrolment
    )
    .fetch_all(connection)
    .await?;
    let valid = rows.iter().any(|row| row.valid);
    Ok((rows.into_iter().map(|row| row.id).collect(), valid))
}

/// Whether a certificate was issued since to an enrolment that a merge changed.
pub async fn certified_since(
    connection: &mut SqliteConnection,
    merge: MergeId,
) -> sqlx::Result<bool> {
    query_scalar!(
        r#"SELECT EXISTS (
               SELECT 1 FROM merges
               JOIN merge_changes AS changes ON changes.merge_id = merges.id
               JOIN certificates ON certificates.enrolment_id = changes.row_key ->> '$.id'
               WHERE merges.id = ? AND changes.table_name = 'enrolments'
                 AND certificates.id > merges.last_certificate) AS "any!: bool""#,
        merge,
    )
    .fetch_one(connection)
    .await
}

/// Whether an edition was closed since, in which a merge gave an enrolment up.
pub async fn closed_since(connection: &mut SqliteConnection, merge: MergeId) -> sqlx::Result<bool> {
    query_scalar!(
        r#"SELECT EXISTS (
               SELECT 1 FROM merges
               JOIN merge_changes AS changes ON changes.merge_id = merges.id
               JOIN enrolments ON enrolments.id = changes.row_key ->> '$.id'
               JOIN closing_records AS records ON records.edition_id = enrolments.edition_id
               WHERE merges.id = ? AND changes.table_name = 'enrolments'
                 AND changes.column_name = 'merged_into'
                 AND records.id > merges.last_record AND records.superseded_at IS NULL)
               AS "any!: bool""#,
        merge,
    )
    .fetch_one(connection)
    .await
}

/// Editions that have more people taking part than seats.
pub async fn overbooked(connection: &mut SqliteConnection, person: PersonId) -> sqlx::Result<bool> {
    query_scalar!(
        r#"SELECT EXISTS (
               SELECT 1 FROM enrolments JOIN editions ON editions.id = enrolments.edition_id
               WHERE enrolments.person_id = ?
                 AND enrolments.state IN ('enrolled', 'completed', 'not_completed', 'no_show')
                 AND editions.state IN ('announced', 'enrolling', 'running')
                 AND editions.seats < (
                     SELECT count(*) FROM enrolments AS seated
                     WHERE seated.edition_id = editions.id
                       AND seated.state IN ('enrolled', 'completed', 'not_completed', 'no_show')))
               AS "any!: bool""#,
        person,
    )
    .fetch_one(connection)
    .await
}
