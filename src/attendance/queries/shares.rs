//! What of an edition's minutes somebody attended, and what their cells mean for it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use crate::{attendance::Share, courses::EditionId, enrolment::EnrolmentId};

/// The share of one enrolment; `None` when there is no such enrolment.
pub async fn share_of(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<Share>> {
    query_as!(
        Share,
        r#"SELECT (SELECT coalesce(sum(sessions.planned_minutes), 0) FROM sessions
                   WHERE sessions.edition_id = enrolments.edition_id) AS "planned!: i64",
                  (SELECT coalesce(sum(CASE WHEN standing.status = 'excused' AND rules.excused_counts
                                            THEN sessions.planned_minutes ELSE standing.minutes END), 0)
                   FROM attendance_standing AS standing
                   JOIN sessions ON sessions.id = standing.session_id
                   WHERE standing.enrolment_id = enrolments.id) AS "attended!: i64",
                  (SELECT coalesce(sum(sessions.planned_minutes), 0) FROM sessions
                   WHERE sessions.edition_id = enrolments.edition_id
                     AND editions.state NOT IN ('closed', 'cancelled')
                     AND (sessions.modality <> 'self_paced' OR sessions.ends_at > ?2)
                     AND NOT EXISTS (SELECT 1 FROM attendance_standing AS standing
                                     WHERE standing.enrolment_id = enrolments.id
                                       AND standing.session_id = sessions.id)) AS "open!: i64"
           FROM enrolments
           JOIN editions ON editions.id = enrolments.edition_id
           JOIN rules_in_force AS rules ON rules.edition_id = enrolments.edition_id
           WHERE enrolments.id = ?1"#,
        enrolment,
        now,
    )
    .fetch_optional(connection)
    .await
}

/// The shares of all enrolments of an edition, whatever their state.
pub async fn shares(
    connection: &mut SqliteConnection,
    edition: EditionId,
    now: DateTime<Utc>,
) -> sqlx::Result<BTreeMap<EnrolmentId, Share>> {
    let rows = query!(
        r#"SELECT enrolments.id,
                  (SELECT coalesce(sum(sessions.planned_minutes), 0) FROM sessions
                   WHERE sessions.edition_id = ?1) AS "planned!: i64",
                  (SELECT coalesce(sum(CASE WHEN standing.status = 'excused' AND rules.excused_counts
                                            THEN sessions.planned_minutes ELSE standing.minutes END), 0)
                   FROM attendance_standing AS standing
                   JOIN sessions ON sessions.id = standing.session_id
                   WHERE standing.enrolment_id = enrolments.id) AS "attended!: i64",
                  (SELECT coalesce(sum(sessions.planned_minutes), 0) FROM sessions
                   WHERE sessions.edition_id = ?1 AND editions.state NOT IN ('closed', 'cancelled')
                     AND (sessions.modality <> 'self_paced' OR sessions.ends_at > ?2)
                     AND NOT EXISTS (SELECT 1 FROM attendance_standing AS standing
                                     WHERE standing.enrolment_id = enrolments.id
                                       AND standing.session_id = sessions.id)) AS "open!: i64"
           FROM enrolments
           JOIN editions ON editions.id = enrolments.edition_id
           JOIN rules_in_force AS rules ON rules.edition_id = enrolments.edition_id
           WHERE enrolments.edition_id = ?1"#,
        edition,
        now,
    )
    .fetch_all(connection)
    .await?;
    let share = |attended, planned, open| Share {
        attended,
        planned,
        open,
    };
    Ok(rows
        .into_iter()
        .map(|row| (row.id, share(row.attended, row.planned, row.open)))
        .collect())
}

/// Who has a cell in an edition in which marks disagree.
pub async fn disputed(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<BTreeSet<EnrolmentId>> {
    let rows = query_scalar!(
        r#"SELECT DISTINCT standing.enrolment_id AS "enrolment!: EnrolmentId"
           FROM sessions
           JOIN attendance_standing AS standing ON standing.session_id = sessions.id
           WHERE sessions.edition_id = ? AND standing.conflict"#,
        edition,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().collect())
}

/// Who was excused from a session of an edition.
pub async fn excused(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<BTreeSet<EnrolmentId>> {
    let rows = query_scalar!(
        r#"SELECT DISTINCT standing.enrolment_id AS "enrolment!: EnrolmentId"
           FROM sessions
           JOIN attendance_standing AS standing ON standing.session_id = sessions.id
           WHERE sessions.edition_id = ? AND standing.status = 'excused'"#,
        edition,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().collect())
}
