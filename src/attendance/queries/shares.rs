//! What of an edition's minutes somebody attended, and what their cells mean for it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query};

use crate::{attendance::Share, courses::EditionId, enrolment::EnrolmentId};

/// A statement that gives shares by enrolment, as of the moment `?2`; `$edition` is the edition of
/// all of them, or the column that says it.
macro_rules! shares {
    ($edition:literal, $which:literal, $value:expr, $now:expr) => {
        query!(
            r#"SELECT enrolments.id,
                      (SELECT coalesce(sum(sessions.planned_minutes), 0) FROM sessions
                       WHERE sessions.edition_id = "#
                + $edition
                + r#") AS "planned!: i64",
                      (SELECT coalesce(sum(CASE WHEN standing.status = 'excused' AND rules.excused_counts
                                                THEN sessions.planned_minutes ELSE standing.minutes END), 0)
                       FROM attendance_standing AS standing
                       JOIN sessions ON sessions.id = standing.session_id
                       WHERE standing.enrolment_id = enrolments.id) AS "attended!: i64",
                      (SELECT coalesce(sum(sessions.planned_minutes), 0) FROM sessions
                       WHERE sessions.edition_id = "#
                + $edition
                + r#" AND editions.state NOT IN ('closed', 'cancelled')
                         AND (sessions.modality <> 'self_paced' OR sessions.ends_at > ?2)
                         AND NOT EXISTS (SELECT 1 FROM attendance_standing AS standing
                                         WHERE standing.enrolment_id = enrolments.id
                                           AND standing.session_id = sessions.id)) AS "open!: i64"
               FROM enrolments
               JOIN editions ON editions.id = enrolments.edition_id
               JOIN rules_in_force AS rules ON rules.edition_id = enrolments.edition_id
               WHERE "#
                + $which,
            $value,
            $now,
        )
        .map(|row| {
            let share = Share {
                attended: row.attended,
                planned: row.planned,
                open: row.open,
            };
            (row.id, share)
        })
    };
}

/// The share of one enrolment; `None` when there is no such enrolment.
pub async fn share_of(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<Share>> {
    let found = shares!(
        "enrolments.edition_id",
        "enrolments.id = ?1",
        enrolment,
        now
    )
    .fetch_optional(connection)
    .await?;
    Ok(found.map(|(_, share)| share))
}

/// The shares of all enrolments of an edition, whatever their state.
pub async fn shares(
    connection: &mut SqliteConnection,
    edition: EditionId,
    now: DateTime<Utc>,
) -> sqlx::Result<BTreeMap<EnrolmentId, Share>> {
    let rows = shares!("?1", "enrolments.edition_id = ?1", edition, now)
        .fetch_all(connection)
        .await?;
    Ok(rows.into_iter().collect())
}

/// What of somebody's cells in an edition minutes do not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Remarks {
    /// In one of them, marks disagree.
    pub disputed: bool,
    /// From one of the sessions they were excused.
    pub excused: bool,
}

/// Of whom in an edition there is anything to remark.
pub async fn remarks(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<BTreeMap<EnrolmentId, Remarks>> {
    let rows = query!(
        r#"SELECT standing.enrolment_id AS "enrolment!: EnrolmentId",
                  max(standing.conflict) AS "disputed!: bool",
                  max(standing.status = 'excused') AS "excused!: bool"
           FROM sessions
           JOIN attendance_standing AS standing ON standing.session_id = sessions.id
           WHERE sessions.edition_id = ? AND (standing.conflict OR standing.status = 'excused')
           GROUP BY standing.enrolment_id"#,
        edition,
    )
    .fetch_all(connection)
    .await?;
    let remarks = |disputed, excused| Remarks { disputed, excused };
    Ok(rows
        .into_iter()
        .map(|row| (row.enrolment, remarks(row.disputed, row.excused)))
        .collect())
}
