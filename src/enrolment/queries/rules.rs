//! What the rules ask.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use crate::{
    access::AccountId,
    courses::{CourseId, EditionId, ProgramId},
    enrolment::{EnrolmentId, EnrolmentState, quota::Traits},
    people::{Department, InstitutionId, PersonId, Sector, Sex, listed_name},
};

/// Where an enrolment stands: what a step starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub id: EnrolmentId,
    pub edition: EditionId,
    pub program: ProgramId,
    pub person: PersonId,
    pub state: EnrolmentState,
    pub requested_at: DateTime<Utc>,
    pub institution: Option<InstitutionId>,
    pub sector: Option<Sector>,
    pub department: Option<Department>,
    pub sex: Sex,
    /// Until when who waits may take the seat they are offered.
    pub offered_until: Option<DateTime<Utc>>,
}

impl Standing {
    /// What of the person quotas look at.
    pub(in crate::enrolment) const fn traits(&self) -> Traits {
        Traits {
            institution: self.institution,
            sector: self.sector,
            department: self.department,
            sex: self.sex,
        }
    }

    /// Who is told of it.
    pub(in crate::enrolment) const fn whom(&self) -> (EnrolmentId, PersonId) {
        (self.id, self.person)
    }
}

/// Where enrolments stand; the rest of the statement begins with `WHERE`.
macro_rules! standings {
    ($rest:tt $(, $value:expr)* $(,)?) => {
        query_as!(
            Standing,
            "SELECT enrolments.id, enrolments.edition_id AS edition, courses.program_id AS program,
                    enrolments.person_id AS person, enrolments.state, enrolments.requested_at,
                    enrolments.institution_id AS institution, enrolments.sector,
                    enrolments.department, enrolments.sex, enrolments.offered_until
             FROM enrolments
             JOIN editions ON editions.id = enrolments.edition_id
             JOIN courses ON courses.id = editions.course_id " + $rest
            $(, $value)*
        )
    };
}
pub(super) use standings;

pub(in crate::enrolment) async fn standing(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
) -> sqlx::Result<Option<Standing>> {
    standings!("WHERE enrolments.id = ?", enrolment,)
        .fetch_optional(connection)
        .await
}

/// Who asks for a seat, waits for one or has one in an edition that is not closed, by the time of
/// the request.
pub(in crate::enrolment) async fn open(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<Vec<Standing>> {
    standings!(
        "WHERE enrolments.edition_id = ?
           AND enrolments.state IN ('requested', 'waiting', 'enrolled')
         ORDER BY enrolments.requested_at, enrolments.id",
        edition,
    )
    .fetch_all(connection)
    .await
}

/// How many people a cancelling concerns, by what they are in the edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::enrolment) struct Concerned {
    pub enrolled: i64,
    pub requested: i64,
    pub waiting: i64,
    /// Of the enrolled: who attended anything.
    pub attended: i64,
    pub facilitators: i64,
    /// Of all these: who has no e-mail address.
    pub without_address: i64,
}

pub(in crate::enrolment) async fn concerned(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<Concerned> {
    query_as!(
        Concerned,
        r#"WITH concerned AS (
               SELECT id AS enrolment, person_id, state FROM enrolments
               WHERE edition_id = ?1 AND state IN ('requested', 'waiting', 'enrolled')
               UNION ALL
               SELECT NULL, person_id, 'teaching' FROM edition_facilitators WHERE edition_id = ?1)
           SELECT coalesce(sum(concerned.state = 'enrolled'), 0) AS "enrolled!: i64",
                  coalesce(sum(concerned.state = 'requested'), 0) AS "requested!: i64",
                  coalesce(sum(concerned.state = 'waiting'), 0) AS "waiting!: i64",
                  coalesce(sum(concerned.state = 'enrolled' AND EXISTS (
                      SELECT 1 FROM attendance_standing AS standing
                      WHERE standing.enrolment_id = concerned.enrolment
                        AND standing.status IN ('present', 'late', 'partial'))), 0)
                      AS "attended!: i64",
                  coalesce(sum(concerned.state = 'teaching'), 0) AS "facilitators!: i64",
                  coalesce(sum(coalesce(people.email, accounts.email) IS NULL), 0)
                      AS "without_address!: i64"
           FROM concerned
           JOIN people ON people.id = concerned.person_id
           LEFT JOIN accounts ON accounts.person_id = concerned.person_id"#,
        edition,
    )
    .fetch_one(connection)
    .await
}

/// The active enrolment of a person in an edition: there is at most one.
pub(in crate::enrolment) async fn active(
    connection: &mut SqliteConnection,
    edition: EditionId,
    person: PersonId,
) -> sqlx::Result<Option<EnrolmentId>> {
    query_scalar!(
        "SELECT id FROM enrolments
         WHERE edition_id = ? AND person_id = ?
           AND state IN ('requested', 'enrolled', 'waiting', 'completed', 'not_completed', 'no_show')",
        edition,
        person,
    )
    .fetch_optional(connection)
    .await
}

/// How many people hold a seat, or are offered one.
pub(in crate::enrolment) async fn taken_seats(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<i64> {
    query_scalar!(
        "SELECT count(*) FROM enrolments
         WHERE edition_id = ?
           AND (state IN ('enrolled', 'completed', 'not_completed', 'no_show')
                OR state = 'waiting' AND offered_until IS NOT NULL)",
        edition,
    )
    .fetch_one(connection)
    .await
}

/// Those who are next on the waiting list, without facilitators of the edition, without who has an
/// offer, and without who is vetted and not cleared.
pub(in crate::enrolment) async fn first_waiting(
    connection: &mut SqliteConnection,
    edition: EditionId,
    limit: i64,
) -> sqlx::Result<Vec<Standing>> {
    standings!(
        "WHERE enrolments.edition_id = ?1 AND enrolments.state = 'waiting'
           AND enrolments.offered_until IS NULL
           AND NOT EXISTS (SELECT 1 FROM uncleared_enrolments AS uncleared
                           WHERE uncleared.enrolment_id = enrolments.id)
           AND NOT EXISTS (SELECT 1 FROM edition_facilitators
                           WHERE edition_facilitators.edition_id = ?1
                             AND edition_facilitators.person_id = enrolments.person_id)
         ORDER BY enrolments.state_at, enrolments.id
         LIMIT ?2",
        edition,
        limit,
    )
    .fetch_all(connection)
    .await
}

/// Whether somebody of this sector may have a seat as far as vetting goes: they are not vetted for
/// the edition's program, or cleared to its last day.
pub(in crate::enrolment) async fn is_cleared(
    connection: &mut SqliteConnection,
    edition: EditionId,
    person: PersonId,
    sector: Option<Sector>,
) -> sqlx::Result<bool> {
    query_scalar!(
        r#"SELECT NOT EXISTS (
               SELECT 1 FROM editions
               JOIN courses ON courses.id = editions.course_id
               JOIN vetting_rules AS rules ON rules.program_id = courses.program_id
                                          AND rules.sector = ?3
               WHERE editions.id = ?1
                 AND NOT EXISTS (
                     SELECT 1 FROM vettings
                     WHERE vettings.person_id = ?2 AND vettings.program_id = courses.program_id
                       AND vettings.cleared_until >= editions.ends_on)) AS "cleared!: bool""#,
        edition,
        person,
        sector,
    )
    .fetch_one(connection)
    .await
}

pub(in crate::enrolment) async fn facilitates(
    connection: &mut SqliteConnection,
    edition: EditionId,
    person: PersonId,
) -> sqlx::Result<bool> {
    let found = query_scalar!(
        "SELECT edition_id FROM edition_facilitators WHERE edition_id = ? AND person_id = ?",
        edition,
        person,
    )
    .fetch_optional(connection)
    .await?;
    Ok(found.is_some())
}

/// Whether somebody coordinates a program, or is the administrator whose account this is.
pub(in crate::enrolment) async fn is_staff(
    connection: &mut SqliteConnection,
    program: ProgramId,
    person: PersonId,
    account: Option<AccountId>,
) -> sqlx::Result<bool> {
    query_scalar!(
        r#"SELECT EXISTS (
               SELECT 1 FROM accounts JOIN role_grants ON role_grants.account_id = accounts.id
               WHERE accounts.person_id = ?1
                 AND (role_grants.role = 'coordinator' AND role_grants.program_id = ?2
                      OR role_grants.role = 'administrator' AND accounts.id = ?3)) AS "staff!: bool""#,
        person,
        program,
        account,
    )
    .fetch_one(connection)
    .await
}

/// Whether an enrolment is that of the person whose account this is.
pub(in crate::enrolment) async fn is_of_account(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
    account: AccountId,
) -> sqlx::Result<bool> {
    query_scalar!(
        r#"SELECT EXISTS (
               SELECT 1 FROM enrolments JOIN accounts ON accounts.person_id = enrolments.person_id
               WHERE enrolments.id = ? AND accounts.id = ?) AS "own!: bool""#,
        enrolment,
        account,
    )
    .fetch_one(connection)
    .await
}

/// Titles of the courses that must be completed first and are not.
pub(in crate::enrolment) async fn missing_prerequisites(
    connection: &mut SqliteConnection,
    course: CourseId,
    person: PersonId,
) -> sqlx::Result<Vec<String>> {
    query_scalar!(
        "SELECT courses.title
         FROM course_prerequisites
         JOIN courses ON courses.id = course_prerequisites.required_course_id
         WHERE course_prerequisites.course_id = ?
           AND NOT EXISTS (
               SELECT 1 FROM enrolments JOIN editions ON editions.id = enrolments.edition_id
               WHERE enrolments.person_id = ? AND enrolments.state = 'completed'
                 AND editions.course_id = courses.id)
         ORDER BY courses.folded_title",
        course,
        person,
    )
    .fetch_all(connection)
    .await
}

/// Whether any of a person's attendance stands: present, late or in part.
pub(in crate::enrolment) async fn has_attended(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
) -> sqlx::Result<bool> {
    let found = query!(
        "SELECT enrolment_id FROM attendance_standing
         WHERE enrolment_id = ? AND status IN ('present', 'late', 'partial') LIMIT 1",
        enrolment,
    )
    .fetch_optional(connection)
    .await?;
    Ok(found.is_some())
}

/// A person as lists show them: "Núñez Quispe, Rosa".
pub(in crate::enrolment) async fn person_name(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> sqlx::Result<String> {
    let row = query!(
        "SELECT given_names, paternal_surname, maternal_surname FROM people WHERE id = ?",
        person,
    )
    .fetch_one(connection)
    .await?;
    Ok(listed_name(
        &row.given_names,
        &row.paternal_surname,
        row.maternal_surname.as_deref(),
    ))
}
