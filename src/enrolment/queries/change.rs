//! What operations write.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_scalar};

use super::Standing;
use crate::{
    access::AccountId,
    courses::EditionId,
    enrolment::{EnrolmentId, EnrolmentState},
    people::{AffiliationSnapshot, PersonId},
};

/// A new enrolment with the person's affiliation of the day; always as a participant, for nobody
/// else may enrol. Who funds the program that day is kept with it.
#[derive(Debug)]
pub(in crate::enrolment) struct NewEnrolment<'a> {
    pub edition: EditionId,
    pub person: PersonId,
    pub state: EnrolmentState,
    pub now: DateTime<Utc>,
    pub affiliation: &'a AffiliationSnapshot,
}

pub(in crate::enrolment) async fn insert(
    connection: &mut SqliteConnection,
    new: NewEnrolment<'_>,
) -> sqlx::Result<EnrolmentId> {
    let at = new.affiliation;
    query_scalar!(
        r#"INSERT INTO enrolments (edition_id, person_id, state, state_at, requested_at,
               institution_id, institution_name, sector, unit_name, position, department, country, sex,
               funder)
           VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,
               (SELECT programs.funder FROM editions
                JOIN courses ON courses.id = editions.course_id
                JOIN programs ON programs.id = courses.program_id WHERE editions.id = ?1))
           RETURNING id AS "id!: EnrolmentId""#,
        new.edition,
        new.person,
        new.state,
        new.now,
        at.institution,
        at.institution_name,
        at.sector,
        at.unit_name,
        at.position,
        at.department,
        at.country,
        at.sex,
    )
    .fetch_one(connection)
    .await
}

/// Moves an enrolment on from the state in which it was read; `false`: it is no longer there.
pub(in crate::enrolment) async fn change_state(
    connection: &mut SqliteConnection,
    enrolment: &Standing,
    to: EnrolmentState,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = query!(
        "UPDATE enrolments SET state = ?, state_at = ?, offered_until = NULL, version = version + 1
         WHERE id = ? AND state = ?",
        to,
        now,
        enrolment.id,
        enrolment.state,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// One line of an enrolment's history.
#[derive(Debug)]
pub(in crate::enrolment) struct NewEvent<'a> {
    pub enrolment: EnrolmentId,
    pub at: DateTime<Utc>,
    pub account: Option<AccountId>,
    pub from: Option<EnrolmentState>,
    pub to: EnrolmentState,
    pub reason: Option<&'a str>,
}

pub(in crate::enrolment) async fn insert_event(
    connection: &mut SqliteConnection,
    event: NewEvent<'_>,
) -> sqlx::Result<()> {
    query!(
        "INSERT INTO enrolment_events (enrolment_id, at, account_id, from_state, to_state, reason)
         VALUES (?, ?, ?, ?, ?, ?)",
        event.enrolment,
        event.at,
        event.account,
        event.from,
        event.to,
        event.reason,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Gives a request or a place on the waiting list the time of the one that was given up.
pub(in crate::enrolment) async fn take_place_of(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
    left: EnrolmentId,
) -> sqlx::Result<()> {
    query!(
        "UPDATE enrolments
         SET requested_at = (SELECT requested_at FROM enrolments WHERE id = ?2),
             state_at = coalesce((SELECT max(at) FROM enrolment_events AS event
                                  WHERE event.enrolment_id = ?2
                                    AND event.to_state = enrolments.state
                                    AND event.from_state IS NOT event.to_state), state_at)
         WHERE id = ?1 AND state IN ('requested', 'waiting')",
        enrolment,
        left,
    )
    .execute(connection)
    .await?;
    Ok(())
}
