//! Who has arrived, and by which enrolment.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query};

use crate::{
    access::AccountId,
    attendance::MarkStatus,
    courses::EditionId,
    enrolment::{EnrolmentId, EnrolmentState},
    people::PersonId,
    sessions::SessionId,
};

/// The enrolment of a person in an edition: the one that takes part, else the active one, else the
/// latest.
pub(in crate::attendance) async fn enrolment_of(
    connection: &mut SqliteConnection,
    edition: EditionId,
    person: PersonId,
) -> sqlx::Result<Option<(EnrolmentId, EnrolmentState)>> {
    let row = query!(
        "SELECT id, state FROM enrolments WHERE edition_id = ? AND person_id = ?
         ORDER BY state IN ('enrolled', 'completed', 'not_completed', 'no_show') DESC,
                  state IN ('requested', 'waiting') DESC, id DESC LIMIT 1",
        edition,
        person,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| (row.id, row.state)))
}

/// When somebody was first checked in to a session by phone or as a walk-in, and as what.
pub(in crate::attendance) async fn first_check_in(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
    session: SessionId,
) -> sqlx::Result<Option<(DateTime<Utc>, MarkStatus)>> {
    let row = query!(
        "SELECT marked_at, status FROM attendance_marks
         WHERE enrolment_id = ? AND session_id = ?
           AND source IN ('room_code', 'personal_code', 'walk_in')
         ORDER BY id LIMIT 1",
        enrolment,
        session,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| (row.marked_at, row.status)))
}

/// What stands of somebody who attends a session, and since when it was said.
pub(in crate::attendance) async fn attends(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
    session: SessionId,
) -> sqlx::Result<Option<(DateTime<Utc>, MarkStatus)>> {
    let row = query!(
        "SELECT marks.marked_at, standing.status FROM attendance_standing AS standing
         JOIN attendance_marks AS marks ON marks.id = standing.mark_id
         WHERE standing.enrolment_id = ? AND standing.session_id = ?
           AND standing.status IN ('present', 'late', 'partial')",
        enrolment,
        session,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| (row.marked_at, row.status)))
}

/// The newest mark of a cell, if it is this account's scan of the person's own code: two scans in a
/// row are one, whatever stands.
pub(in crate::attendance) async fn just_scanned(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
    session: SessionId,
    account: Option<AccountId>,
) -> sqlx::Result<Option<(DateTime<Utc>, MarkStatus)>> {
    let row = query!(
        r#"SELECT marked_at, status, source = 'personal_code' AND account_id IS ?3 AS "scan!: bool"
           FROM attendance_marks WHERE enrolment_id = ?1 AND session_id = ?2
           ORDER BY id DESC LIMIT 1"#,
        enrolment,
        session,
        account,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row
        .filter(|row| row.scan)
        .map(|row| (row.marked_at, row.status)))
}
