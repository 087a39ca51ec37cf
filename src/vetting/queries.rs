//! All SQL of vetting.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use super::{VettingState, operations::Answer};
use crate::{
    courses::{EditionId, ProgramId},
    enrolment::{EnrolmentId, EnrolmentState},
    people::{PersonId, Sector, listed_name},
};

/// The sectors that are vetted in a program.
pub(super) async fn rules(
    connection: &mut SqliteConnection,
    program: ProgramId,
) -> sqlx::Result<Vec<Sector>> {
    query_scalar!(
        "SELECT sector FROM vetting_rules WHERE program_id = ? ORDER BY sector",
        program,
    )
    .fetch_all(connection)
    .await
}

pub(super) async fn set_rules(
    connection: &mut SqliteConnection,
    program: ProgramId,
    sectors: &[Sector],
) -> sqlx::Result<()> {
    let sectors = serde_json::to_string(sectors).expect("words become JSON");
    query!("DELETE FROM vetting_rules WHERE program_id = ?", program)
        .execute(&mut *connection)
        .await?;
    query!(
        "INSERT INTO vetting_rules (program_id, sector) SELECT DISTINCT ?, value FROM json_each(?)",
        program,
        sectors,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Somebody in an edition who is vetted.
#[derive(Clone, Debug)]
pub(super) struct Vetted {
    pub enrolment: EnrolmentId,
    pub person: PersonId,
    pub given_names: String,
    pub paternal_surname: String,
    pub maternal_surname: Option<String>,
    pub institution: Option<String>,
    pub sector: Option<Sector>,
    pub enrolled: EnrolmentState,
    pub state: VettingState,
    pub cleared_until: Option<NaiveDate>,
    /// Whether they may have a seat: cleared to the edition's last day.
    pub cleared: bool,
}

impl Vetted {
    /// As lists show it: "Quispe Mamani, Rosa".
    pub fn name(&self) -> String {
        let maternal = self.maternal_surname.as_deref();
        listed_name(&self.given_names, &self.paternal_surname, maternal)
    }
}

/// Those of an edition who ask, wait or have a seat and are vetted; the rest of the statement
/// begins with `AND`.
macro_rules! vetted {
    ($rest:tt $(, $value:expr)* $(,)?) => {
        query_as!(
            Vetted,
            r#"SELECT enrolments.id AS "enrolment!: EnrolmentId", people.id AS "person!: PersonId",
                      people.given_names, people.paternal_surname, people.maternal_surname,
                      enrolments.institution_name AS institution, enrolments.sector,
                      enrolments.state AS enrolled,
                      coalesce(vettings.state, 'to_submit') AS "state!: VettingState",
                      vettings.cleared_until AS "cleared_until?: NaiveDate",
                      coalesce(vettings.cleared_until >= editions.ends_on, 0) AS "cleared!: bool"
               FROM enrolments
               JOIN people ON people.id = enrolments.person_id
               JOIN editions ON editions.id = enrolments.edition_id
               JOIN courses ON courses.id = editions.course_id
               JOIN vetting_rules AS rules ON rules.program_id = courses.program_id
                                          AND rules.sector = enrolments.sector
               LEFT JOIN vettings ON vettings.person_id = enrolments.person_id
                                 AND vettings.program_id = courses.program_id
               WHERE enrolments.state IN ('requested', 'waiting', 'enrolled') "# + $rest
            $(, $value)*
        )
    };
}

/// How many lines a page of the list has; one more is read, to know whether there is a next page.
pub(super) const PAGE: usize = 50;

/// Those who are vetted in an edition and pass the filter, by name, from the one behind `after`.
pub(super) async fn list(
    connection: &mut SqliteConnection,
    edition: EditionId,
    state: Option<VettingState>,
    after: EnrolmentId,
) -> sqlx::Result<Vec<Vetted>> {
    vetted!(
        "AND enrolments.edition_id = ?1
         AND (?2 IS NULL OR coalesce(vettings.state, 'to_submit') = ?2)
         AND (people.sort_name, enrolments.id) > (
             coalesce((SELECT before.sort_name FROM people AS before
                       JOIN enrolments AS last ON last.person_id = before.id
                       WHERE last.id = ?3 AND last.edition_id = ?1), ''), ?3)
         ORDER BY people.sort_name, enrolments.id
         LIMIT 51",
        edition,
        state,
        after,
    )
    .fetch_all(connection)
    .await
}

/// One of them; `None`: they are not vetted in this edition.
pub(super) async fn vetted(
    connection: &mut SqliteConnection,
    edition: EditionId,
    enrolment: EnrolmentId,
) -> sqlx::Result<Option<Vetted>> {
    vetted!(
        "AND enrolments.edition_id = ? AND enrolments.id = ?",
        edition,
        enrolment,
    )
    .fetch_optional(connection)
    .await
}

/// How many of an edition's people stand where.
pub(super) async fn counts(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<Vec<(VettingState, i64)>> {
    let rows = query!(
        r#"SELECT coalesce(vettings.state, 'to_submit') AS "state!: VettingState",
                  count(*) AS "people!: i64"
           FROM enrolments
           JOIN editions ON editions.id = enrolments.edition_id
           JOIN courses ON courses.id = editions.course_id
           JOIN vetting_rules AS rules ON rules.program_id = courses.program_id
                                      AND rules.sector = enrolments.sector
           LEFT JOIN vettings ON vettings.person_id = enrolments.person_id
                             AND vettings.program_id = courses.program_id
           WHERE enrolments.edition_id = ?
             AND enrolments.state IN ('requested', 'waiting', 'enrolled')
           GROUP BY 1"#,
        edition,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.state, row.people))
        .collect())
}

pub(super) async fn record(
    connection: &mut SqliteConnection,
    (person, program): (PersonId, ProgramId),
    answer: Answer,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "INSERT INTO vettings (person_id, program_id, state, cleared_until, state_at)
         VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (person_id, program_id) DO UPDATE
         SET state = excluded.state, cleared_until = excluded.cleared_until,
             state_at = excluded.state_at",
        person,
        program,
        answer.state,
        answer.cleared_until,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}
