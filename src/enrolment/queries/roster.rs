//! Who takes part in an edition, and what a person has taken part in.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{SqliteConnection, query_as};

use crate::{
    access::AccountId,
    courses::{CourseKind, EditionId, EditionState, ProgramId},
    enrolment::{EnrolmentId, EnrolmentState},
    people::{PersonId, Sector, Sex, listed_name},
};

/// One person who takes part in an edition: what attendance, results and certificates work with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterEntry {
    /// The enrolment.
    pub enrolment: EnrolmentId,
    /// The person.
    pub person: PersonId,
    /// "paternal maternal given", folded: the order of the roster.
    pub sort_name: String,
    /// Given names.
    pub given_names: String,
    /// First surname.
    pub paternal_surname: String,
    /// Second surname, for those who have one.
    pub maternal_surname: Option<String>,
    /// The institution on the day of the enrolment.
    pub institution: Option<String>,
    /// Its sector.
    pub sector: Option<Sector>,
    /// The sex, as it was stated on the day of the enrolment.
    pub sex: Sex,
    /// `enrolled`, or the outcome once the edition is closed.
    pub state: EnrolmentState,
    /// For optimistic locking.
    pub version: i64,
    /// The grade in tenths of 0–20.
    pub grade_tenths: Option<i64>,
    /// The test before, in tenths of 0–20.
    pub pre_test_tenths: Option<i64>,
    /// The test after, in tenths of 0–20.
    pub post_test_tenths: Option<i64>,
}

impl RosterEntry {
    /// As lists show it: "Quispe Mamani, Rosa".
    pub fn listed_name(&self) -> String {
        listed_name(
            &self.given_names,
            &self.paternal_surname,
            self.maternal_surname.as_deref(),
        )
    }
}

/// Everybody who takes part in an edition (enrolled, or with an outcome), by name.
pub async fn roster(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<Vec<RosterEntry>> {
    query_as!(
        RosterEntry,
        "SELECT enrolments.id AS enrolment, people.id AS person, people.sort_name,
                people.given_names, people.paternal_surname, people.maternal_surname,
                enrolments.institution_name AS institution, enrolments.sector, enrolments.sex,
                enrolments.state, enrolments.version, enrolments.grade_tenths, enrolments.pre_test_tenths,
                enrolments.post_test_tenths
         FROM enrolments JOIN people ON people.id = enrolments.person_id
         WHERE enrolments.edition_id = ?
           AND enrolments.state IN ('enrolled', 'completed', 'not_completed', 'no_show')
         ORDER BY people.sort_name, people.id",
        edition,
    )
    .fetch_all(connection)
    .await
}

/// One enrolment of a person, as their history lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    /// The enrolment.
    pub enrolment: EnrolmentId,
    /// The edition.
    pub edition: EditionId,
    /// The program that its course belongs to.
    pub program: ProgramId,
    /// The edition's number within its course.
    pub number: i64,
    /// The course's title.
    pub title: String,
    /// The course's kind.
    pub kind: CourseKind,
    /// First day of the edition.
    pub starts_on: NaiveDate,
    /// Last day of the edition.
    pub ends_on: NaiveDate,
    /// Where the edition stands.
    pub edition_state: EditionState,
    /// Where the enrolment stands.
    pub state: EnrolmentState,
    /// Since when.
    pub state_at: DateTime<Utc>,
    /// The institution on the day of the enrolment.
    pub institution: Option<String>,
    /// The grade in tenths of 0–20.
    pub grade_tenths: Option<i64>,
}

/// The enrolments of a person, the latest edition first; with a coordinator, those in programs of
/// theirs alone.
///
/// Bounded by one person's life: not paged.
pub async fn history(
    connection: &mut SqliteConnection,
    person: PersonId,
    coordinator: Option<AccountId>,
) -> sqlx::Result<Vec<HistoryEntry>> {
    query_as!(
        HistoryEntry,
        "SELECT enrolments.id AS enrolment, editions.id AS edition,
                courses.program_id AS program, editions.number, courses.title, courses.kind, editions.starts_on, editions.ends_on,
                editions.state AS edition_state, enrolments.state, enrolments.state_at,
                enrolments.institution_name AS institution, enrolments.grade_tenths
         FROM enrolments
         JOIN editions ON editions.id = enrolments.edition_id
         JOIN courses ON courses.id = editions.course_id
         WHERE enrolments.person_id = ?1 AND enrolments.merged_into IS NULL
           AND (?2 IS NULL OR courses.program_id IN (
               SELECT program_id FROM role_grants WHERE account_id = ?2 AND role = 'coordinator'))
         ORDER BY editions.starts_on DESC, enrolments.id DESC",
        person,
        coordinator,
    )
    .fetch_all(connection)
    .await
}
