//! Who comes to a session, by which enrolment, and what was said of them there.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query};

use super::MarkedSession;
use crate::{
    attendance::{MarkSource, standing::Mark},
    enrolment::{EnrolmentId, EnrolmentState},
    people::PersonId,
    sessions::SessionId,
};

/// A session, and the enrolment by which somebody comes to it.
#[derive(Debug)]
pub(in crate::attendance) struct Coming {
    pub session: MarkedSession,
    pub enrolment: Option<(EnrolmentId, EnrolmentState)>,
}

/// A session with a person's enrolment in its edition: the one that takes part, else the active one,
/// else the latest.
pub(in crate::attendance) async fn coming(
    connection: &mut SqliteConnection,
    session: SessionId,
    person: PersonId,
) -> sqlx::Result<Option<Coming>> {
    let row = query!(
        r#"SELECT sessions.id, sessions.edition_id, editions.state, sessions.modality,
                  sessions.planned_minutes, sessions.starts_at, sessions.ends_at,
                  enrolments.id AS "enrolment?: EnrolmentId",
                  enrolments.state AS "enrolment_state?: EnrolmentState"
           FROM sessions
           JOIN editions ON editions.id = sessions.edition_id
           LEFT JOIN enrolments
             ON enrolments.edition_id = sessions.edition_id AND enrolments.person_id = ?2
           WHERE sessions.id = ?1
           ORDER BY enrolments.state IN ('enrolled', 'completed', 'not_completed', 'no_show') DESC,
                    enrolments.state IN ('requested', 'waiting') DESC, enrolments.id DESC LIMIT 1"#,
        session,
        person,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| Coming {
        session: MarkedSession {
            id: row.id,
            edition: row.edition_id,
            state: row.state,
            modality: row.modality,
            planned_minutes: row.planned_minutes,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
        },
        enrolment: row.enrolment.zip(row.enrolment_state),
    }))
}

/// A mark, with how it came about.
#[derive(Debug)]
pub(in crate::attendance) struct MarkMade {
    pub mark: Mark,
    pub source: MarkSource,
    pub at: DateTime<Utc>,
}

/// All marks of one cell with how they came about, the earliest first.
pub(in crate::attendance) async fn marks_made(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
    session: SessionId,
) -> sqlx::Result<Vec<MarkMade>> {
    let rows = query!(
        "SELECT id, status, minutes, account_id, seen_mark_id, source, marked_at
         FROM attendance_marks WHERE enrolment_id = ? AND session_id = ? ORDER BY id",
        enrolment,
        session,
    )
    .fetch_all(connection)
    .await?;
    let made = rows.into_iter().map(|row| MarkMade {
        mark: Mark {
            id: row.id,
            status: row.status,
            minutes: row.minutes,
            marker: row.account_id,
            seen: row.seen_mark_id,
        },
        source: row.source,
        at: row.marked_at,
    });
    Ok(made.collect())
}
