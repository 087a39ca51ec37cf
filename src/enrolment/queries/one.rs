//! One enrolment and its history.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query_as};

use crate::{
    access::AccountId,
    courses::EditionId,
    enrolment::{EnrolmentId, EnrolmentState},
    people::{Department, PersonId, Sector},
};

/// One enrolment, with the person's names and their affiliation of the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnrolmentDetail {
    /// The enrolment.
    pub id: EnrolmentId,
    /// The edition.
    pub edition: EditionId,
    /// The person.
    pub person: PersonId,
    /// Given names.
    pub given_names: String,
    /// First surname.
    pub paternal_surname: String,
    /// Second surname.
    pub maternal_surname: Option<String>,
    /// Where it stands.
    pub state: EnrolmentState,
    /// Since when.
    pub state_at: DateTime<Utc>,
    /// When the person asked for it.
    pub requested_at: DateTime<Utc>,
    /// The institution of that day.
    pub institution: Option<String>,
    /// Its sector.
    pub sector: Option<Sector>,
    /// The unit.
    pub unit: Option<String>,
    /// Position or rank.
    pub position: Option<String>,
    /// The department.
    pub department: Option<Department>,
    /// Whether any attendance stands (present, late or in part).
    pub attended: bool,
    /// Until when who waits may take the seat they are offered.
    pub offered_until: Option<DateTime<Utc>>,
}

/// One enrolment; `None`: there is no such thing.
pub async fn detail(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
) -> sqlx::Result<Option<EnrolmentDetail>> {
    query_as!(
        EnrolmentDetail,
        r#"SELECT enrolments.id, enrolments.edition_id AS edition, enrolments.person_id AS person,
                  people.given_names, people.paternal_surname, people.maternal_surname,
                  enrolments.state, enrolments.state_at, enrolments.requested_at,
                  enrolments.institution_name AS institution, enrolments.sector,
                  enrolments.unit_name AS unit, enrolments.position, enrolments.department,
                  EXISTS (SELECT 1 FROM attendance_standing
                          WHERE attendance_standing.enrolment_id = enrolments.id
                            AND attendance_standing.status IN ('present', 'late', 'partial'))
                      AS "attended!: bool", enrolments.offered_until
           FROM enrolments JOIN people ON people.id = enrolments.person_id
           WHERE enrolments.id = ?"#,
        enrolment,
    )
    .fetch_optional(connection)
    .await
}

/// One line of an enrolment's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRow {
    /// When.
    pub at: DateTime<Utc>,
    /// Who did it; `None`: the system.
    pub account: Option<AccountId>,
    /// Whose account that is.
    pub actor: Option<PersonId>,
    /// Their name.
    pub actor_name: Option<String>,
    /// From which state; `None`: the beginning.
    pub from: Option<EnrolmentState>,
    /// To which state.
    pub to: EnrolmentState,
    /// Why.
    pub reason: Option<String>,
}

/// The history of an enrolment, from its beginning.
pub async fn events(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
) -> sqlx::Result<Vec<EventRow>> {
    query_as!(
        EventRow,
        r#"SELECT enrolment_events.at, enrolment_events.account_id AS account,
                  accounts.person_id AS "actor?: PersonId",
                  people.given_names || ' ' || people.paternal_surname AS "actor_name?: String",
                  enrolment_events.from_state AS "from", enrolment_events.to_state AS "to",
                  enrolment_events.reason
           FROM enrolment_events
           LEFT JOIN accounts ON accounts.id = enrolment_events.account_id
           LEFT JOIN people ON people.id = accounts.person_id
           WHERE enrolment_events.enrolment_id = ?
           ORDER BY enrolment_events.id"#,
        enrolment,
    )
    .fetch_all(connection)
    .await
}
