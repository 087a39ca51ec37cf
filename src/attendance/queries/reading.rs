//! What the pages show: cells of an edition, and the history of one of them.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query_as};

use crate::{
    attendance::{Cell, MarkId, MarkSource, MarkStatus},
    courses::EditionId,
    enrolment::EnrolmentId,
    sessions::SessionId,
};

/// Every cell of an edition that has a mark, of one session or of all.
pub(in crate::attendance) async fn cells(
    connection: &mut SqliteConnection,
    edition: EditionId,
    only: Option<SessionId>,
) -> sqlx::Result<Vec<Cell>> {
    query_as!(
        Cell,
        r#"SELECT marks.enrolment_id AS "enrolment!: EnrolmentId",
                  marks.session_id AS "session!: SessionId",
                  coalesce(standing.status, 'not_taken') AS "status!: MarkStatus",
                  coalesce(standing.minutes, 0) AS "minutes!: i64",
                  max(marks.id) AS "newest: MarkId",
                  coalesce(standing.conflict, 0) AS "conflict!: bool"
           FROM sessions
           JOIN attendance_marks AS marks ON marks.session_id = sessions.id
           LEFT JOIN attendance_standing AS standing
             ON standing.enrolment_id = marks.enrolment_id AND standing.session_id = marks.session_id
           WHERE sessions.edition_id = ?1 AND (?2 IS NULL OR sessions.id = ?2)
           GROUP BY marks.session_id, marks.enrolment_id"#,
        edition,
        only,
    )
    .fetch_all(connection)
    .await
}

/// One mark with its marker, as its history shows it.
#[derive(Debug)]
pub(in crate::attendance) struct HistoryRow {
    pub id: MarkId,
    pub status: MarkStatus,
    pub minutes: i64,
    pub source: MarkSource,
    pub marked_at: DateTime<Utc>,
    pub seen: Option<MarkId>,
    /// Why, where that had to be said.
    pub reason: Option<String>,
    /// Given names and surname; nobody when the system marked.
    pub marker: Option<String>,
}

/// All marks of one cell with who made them, the earliest first; with those of an enrolment that
/// was given up for this one, because one person was enrolled twice.
pub(in crate::attendance) async fn history(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
    session: SessionId,
) -> sqlx::Result<Vec<HistoryRow>> {
    query_as!(
        HistoryRow,
        r#"SELECT marks.id, marks.status, marks.minutes, marks.source, marks.marked_at,
                  marks.seen_mark_id AS seen, marks.reason,
                  people.given_names || ' ' || people.paternal_surname AS "marker?: String"
           FROM attendance_marks AS marks
           LEFT JOIN accounts ON accounts.id = marks.account_id
           LEFT JOIN people ON people.id = accounts.person_id
           WHERE marks.session_id = ?2
             AND marks.enrolment_id IN (SELECT ?1 UNION ALL
                                        SELECT id FROM enrolments WHERE merged_into = ?1)
           ORDER BY marks.id"#,
        enrolment,
        session,
    )
    .fetch_all(connection)
    .await
}

/// The person of an enrolment, as lists show them.
#[derive(Debug)]
pub(in crate::attendance) struct PersonRow {
    pub edition: EditionId,
    pub given_names: String,
    pub paternal_surname: String,
    pub maternal_surname: Option<String>,
    pub institution: Option<String>,
}

/// Who an enrolment is about.
pub(in crate::attendance) async fn person(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
) -> sqlx::Result<Option<PersonRow>> {
    query_as!(
        PersonRow,
        "SELECT enrolments.edition_id AS edition, people.given_names, people.paternal_surname,
                people.maternal_surname, enrolments.institution_name AS institution
         FROM enrolments JOIN people ON people.id = enrolments.person_id
         WHERE enrolments.id = ?",
        enrolment,
    )
    .fetch_optional(connection)
    .await
}
