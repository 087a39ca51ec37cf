//! Results, kept in the enrolments.

use sqlx::{SqliteConnection, query, query_as};

use crate::{
    attendance::results::ResultsLine, courses::EditionId, courses::EditionState,
    enrolment::EnrolmentId,
};

/// The results of one person who takes part.
#[derive(Debug)]
pub(in crate::attendance) struct ResultsRow {
    pub enrolment: EnrolmentId,
    pub given_names: String,
    pub paternal_surname: String,
    pub maternal_surname: Option<String>,
    pub institution: Option<String>,
    pub version: i64,
    pub grade_tenths: Option<i64>,
    pub pre_test_tenths: Option<i64>,
    pub post_test_tenths: Option<i64>,
    pub materials: bool,
}

/// The results of everybody who takes part in an edition, by name.
pub(in crate::attendance) async fn results(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<Vec<ResultsRow>> {
    query_as!(
        ResultsRow,
        "SELECT enrolments.id AS enrolment, people.given_names, people.paternal_surname,
                people.maternal_surname, enrolments.institution_name AS institution,
                enrolments.version, enrolments.grade_tenths, enrolments.pre_test_tenths,
                enrolments.post_test_tenths, enrolments.materials
         FROM enrolments JOIN people ON people.id = enrolments.person_id
         WHERE enrolments.edition_id = ?
           AND enrolments.state IN ('enrolled', 'completed', 'not_completed', 'no_show')
         ORDER BY people.sort_name, people.id",
        edition,
    )
    .fetch_all(connection)
    .await
}

/// Where an edition stands.
pub(in crate::attendance) async fn edition_state(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<Option<EditionState>> {
    let row = query!("SELECT state FROM editions WHERE id = ?", edition)
        .fetch_optional(connection)
        .await?;
    Ok(row.map(|row| row.state))
}

/// Writes one line, unless the enrolment has another version by now: then `false`.
pub(in crate::attendance) async fn write_results(
    connection: &mut SqliteConnection,
    line: &ResultsLine,
) -> sqlx::Result<bool> {
    let done = query!(
        "UPDATE enrolments
         SET grade_tenths = ?, pre_test_tenths = ?, post_test_tenths = ?, materials = ?,
             version = version + 1
         WHERE id = ? AND version = ?",
        line.results.grade_tenths,
        line.results.pre_test_tenths,
        line.results.post_test_tenths,
        line.results.materials,
        line.enrolment,
        line.version,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}
