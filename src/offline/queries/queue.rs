//! Refused marks, and cells in which marks of phones disagree with others.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as};

use crate::{
    access::AccountId,
    attendance::{MarkId, MarkStatus},
    courses::EditionId,
    enrolment::EnrolmentId,
    offline::{OfflineMarkId, Outcome, Refusal, RosterId},
    sessions::SessionId,
};

/// A refused mark, as it is decided about.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub uuid: String,
    pub roster: RosterId,
    pub edition: EditionId,
    pub seq: i64,
    pub session: Option<SessionId>,
    pub enrolment: Option<EnrolmentId>,
    pub code: Option<Vec<u8>>,
    pub status: MarkStatus,
    pub minutes: Option<i64>,
    pub corrected_at: DateTime<Utc>,
    pub reason: Option<Refusal>,
    /// Whether nobody has decided.
    pub open: bool,
}

/// One refused mark.
pub async fn waiting(
    connection: &mut SqliteConnection,
    id: OfflineMarkId,
) -> sqlx::Result<Option<Waiting>> {
    query_as!(
        Waiting,
        r#"SELECT uuid, roster_id AS roster, edition_id AS edition, seq,
                  session_id AS session, enrolment_id AS enrolment, code, status, minutes,
                  corrected_at, reason AS "reason?: Refusal",
                  outcome = 'refused' AND decision IS NULL AS "open!: bool"
           FROM offline_marks WHERE id = ?"#,
        id,
    )
    .fetch_optional(connection)
    .await
}

/// What a coordinator decided.
#[derive(Debug)]
pub struct Decided<'a> {
    pub outcome: Outcome,
    pub reason: Option<Refusal>,
    pub mark: Option<MarkId>,
    pub enrolment: Option<EnrolmentId>,
    /// `accepted` or `dismissed`; `None`: it still waits, for another reason than before.
    pub decision: Option<&'a str>,
    pub note: Option<&'a str>,
    pub at: DateTime<Utc>,
    pub by: Option<AccountId>,
}

/// Keeps a decision.
pub async fn decide(
    connection: &mut SqliteConnection,
    id: OfflineMarkId,
    decided: Decided<'_>,
) -> sqlx::Result<()> {
    query!(
        "UPDATE offline_marks
         SET outcome = ?2, reason = ?3, mark_id = ?4, enrolment_id = ?5, decision = ?6, note = ?7,
             decided_at = CASE WHEN ?6 IS NULL THEN NULL ELSE ?8 END,
             decided_by = CASE WHEN ?6 IS NULL THEN NULL ELSE ?9 END
         WHERE id = ?1",
        id,
        decided.outcome,
        decided.reason,
        decided.mark,
        decided.enrolment,
        decided.decision,
        decided.note,
        decided.at,
        decided.by,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A line of the coordinator's queue.
#[derive(Clone, Debug)]
pub struct RefusedLine {
    pub id: OfflineMarkId,
    pub reason: Option<Refusal>,
    pub status: MarkStatus,
    pub minutes: Option<i64>,
    pub corrected_at: DateTime<Utc>,
    pub code: Option<Vec<u8>>,
    pub phone: String,
    pub marker_given_names: String,
    pub marker_surname: String,
    /// The session, if it is of the edition.
    pub title: Option<String>,
    /// The person, if the enrolment is of the edition.
    pub given_names: Option<String>,
    pub paternal_surname: Option<String>,
    pub maternal_surname: Option<String>,
}

/// Refused marks of an edition that nobody has decided about, the first to come in first, behind the
/// last one seen. Of people and sessions of other editions nothing is told, whatever number a phone
/// named.
pub async fn refused(
    connection: &mut SqliteConnection,
    edition: EditionId,
    after: OfflineMarkId,
    limit: i64,
) -> sqlx::Result<Vec<RefusedLine>> {
    query_as!(
        RefusedLine,
        r#"SELECT offline_marks.id, offline_marks.reason AS "reason?: Refusal",
                  offline_marks.status, offline_marks.minutes, offline_marks.corrected_at,
                  offline_marks.code, offline_rosters.phone,
                  marker.given_names AS marker_given_names,
                  marker.paternal_surname AS marker_surname, sessions.title AS "title?",
                  people.given_names AS "given_names?", people.paternal_surname AS "paternal_surname?",
                  people.maternal_surname AS "maternal_surname?"
           FROM offline_marks
           JOIN offline_rosters ON offline_rosters.id = offline_marks.roster_id
           JOIN accounts ON accounts.id = offline_rosters.account_id
           JOIN people AS marker ON marker.id = accounts.person_id
           LEFT JOIN sessions ON sessions.id = offline_marks.session_id
                AND sessions.edition_id = offline_marks.edition_id
           LEFT JOIN enrolments ON enrolments.id = offline_marks.enrolment_id
                AND enrolments.edition_id = offline_marks.edition_id
           LEFT JOIN people ON people.id = enrolments.person_id
           WHERE offline_marks.edition_id = ?1 AND offline_marks.outcome = 'refused'
             AND offline_marks.decision IS NULL AND offline_marks.id > ?2
           ORDER BY offline_marks.id LIMIT ?3"#,
        edition,
        after,
        limit,
    )
    .fetch_all(connection)
    .await
}

/// A cell in which an offline mark and another disagree.
#[derive(Clone, Debug)]
pub struct DisputedLine {
    /// Whose.
    pub enrolment: EnrolmentId,
    /// In which session.
    pub session: SessionId,
    /// The session's title.
    pub title: String,
    /// The person's names.
    pub given_names: String,
    /// First surname.
    pub paternal_surname: String,
    /// Second surname.
    pub maternal_surname: Option<String>,
}

/// The cells of an edition that are in conflict and have marks of phones that were offline, by
/// session and name, behind the last one seen.
pub async fn disputed(
    connection: &mut SqliteConnection,
    edition: EditionId,
    after: Option<(SessionId, EnrolmentId)>,
    limit: i64,
) -> sqlx::Result<Vec<DisputedLine>> {
    let (starts_at, session, name, enrolment) = place_of_cell(&mut *connection, after).await?;
    query_as!(
        DisputedLine,
        r#"SELECT standing.enrolment_id AS "enrolment!: EnrolmentId",
                  standing.session_id AS "session!: SessionId", sessions.title AS "title!: String",
                  people.given_names AS "given_names!: String",
                  people.paternal_surname AS "paternal_surname!: String", people.maternal_surname
           FROM sessions
           JOIN attendance_standing AS standing
             ON standing.session_id = sessions.id AND standing.conflict
           JOIN enrolments ON enrolments.id = standing.enrolment_id
           JOIN people ON people.id = enrolments.person_id
           WHERE sessions.edition_id = ?1
             AND (sessions.starts_at, sessions.id, people.sort_name, enrolments.id)
                 > (?2, ?3, ?4, ?5)
             AND EXISTS (
               SELECT 1 FROM attendance_marks AS marks
               WHERE marks.enrolment_id = standing.enrolment_id
                 AND marks.session_id = standing.session_id AND marks.source = 'offline')
           ORDER BY sessions.starts_at, sessions.id, people.sort_name, enrolments.id LIMIT ?6"#,
        edition,
        starts_at,
        session,
        name,
        enrolment,
        limit,
    )
    .fetch_all(connection)
    .await
}

/// Where a cell stands in the order of the list; its beginning for none.
async fn place_of_cell(
    connection: &mut SqliteConnection,
    cell: Option<(SessionId, EnrolmentId)>,
) -> sqlx::Result<(DateTime<Utc>, SessionId, String, EnrolmentId)> {
    let beginning = (
        DateTime::UNIX_EPOCH,
        SessionId::new(0),
        String::new(),
        EnrolmentId::new(0),
    );
    let Some((session, enrolment)) = cell else {
        return Ok(beginning);
    };
    let row = query!(
        "SELECT sessions.starts_at, people.sort_name FROM sessions
         JOIN enrolments ON enrolments.edition_id = sessions.edition_id
         JOIN people ON people.id = enrolments.person_id
         WHERE sessions.id = ? AND enrolments.id = ?",
        session,
        enrolment,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map_or(beginning, |row| {
        (row.starts_at, session, row.sort_name, enrolment)
    }))
}
