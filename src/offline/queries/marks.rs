//! What phones handed in.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use crate::{
    access::AccountId,
    attendance::{MarkId, MarkStatus},
    courses::EditionId,
    enrolment::EnrolmentId,
    offline::{Outcome, Refusal, RosterId, clock::Place},
    people::PersonId,
    sessions::SessionId,
};

/// What was answered for a mark, and for which list.
#[derive(Clone, Copy, Debug)]
pub struct Answered {
    pub roster: RosterId,
    pub outcome: Outcome,
    pub reason: Option<Refusal>,
}

/// The answer that a mark has had.
pub async fn answered(
    connection: &mut SqliteConnection,
    uuid: &str,
) -> sqlx::Result<Option<Answered>> {
    query_as!(
        Answered,
        r#"SELECT roster_id AS roster, outcome, reason AS "reason?: Refusal"
           FROM offline_marks WHERE uuid = ?"#,
        uuid,
    )
    .fetch_optional(connection)
    .await
}

/// Whether a mark that no phone handed in bears this name.
pub async fn is_taken_name(connection: &mut SqliteConnection, uuid: &str) -> sqlx::Result<bool> {
    query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM attendance_marks WHERE client_key = ?) AS "taken!: bool""#,
        uuid,
    )
    .fetch_one(connection)
    .await
}

/// The times of a list's marks just before and just after a count.
pub async fn neighbours(
    connection: &mut SqliteConnection,
    roster: RosterId,
    seq: i64,
) -> sqlx::Result<(Option<DateTime<Utc>>, Option<DateTime<Utc>>)> {
    let row = query!(
        r#"SELECT (SELECT corrected_at FROM offline_marks WHERE roster_id = ?1 AND seq < ?2
                   ORDER BY seq DESC LIMIT 1) AS "before?: DateTime<Utc>",
                  (SELECT corrected_at FROM offline_marks WHERE roster_id = ?1 AND seq > ?2
                   ORDER BY seq LIMIT 1) AS "after?: DateTime<Utc>""#,
        roster,
        seq,
    )
    .fetch_one(connection)
    .await?;
    Ok((row.before, row.after))
}

/// The enrolment, if there is one of this number.
pub async fn known_enrolment(
    connection: &mut SqliteConnection,
    id: i64,
) -> sqlx::Result<Option<EnrolmentId>> {
    query_scalar!("SELECT id FROM enrolments WHERE id = ?", id)
        .fetch_optional(connection)
        .await
}

/// The session, if there is one of this number.
pub async fn known_session(
    connection: &mut SqliteConnection,
    id: i64,
) -> sqlx::Result<Option<SessionId>> {
    query_scalar!("SELECT id FROM sessions WHERE id = ?", id)
        .fetch_optional(connection)
        .await
}

/// By which enrolment somebody is in an edition.
pub async fn enrolment_of(
    connection: &mut SqliteConnection,
    edition: EditionId,
    person: PersonId,
) -> sqlx::Result<Option<EnrolmentId>> {
    query_scalar!(
        r#"SELECT id AS "id!: EnrolmentId" FROM enrolments
           WHERE edition_id = ? AND person_id = ?
             AND state IN ('enrolled', 'completed', 'not_completed', 'no_show')
           ORDER BY id DESC LIMIT 1"#,
        edition,
        person,
    )
    .fetch_optional(connection)
    .await
}

/// By which enrolment the person of an enrolment is in an edition now.
pub async fn enrolment_now(
    connection: &mut SqliteConnection,
    edition: EditionId,
    enrolment: EnrolmentId,
) -> sqlx::Result<Option<EnrolmentId>> {
    query_scalar!(
        r#"SELECT own.id AS "id!: EnrolmentId" FROM enrolments AS own
           JOIN enrolments AS said ON said.person_id = own.person_id
           WHERE said.id = ?2 AND said.edition_id = ?1 AND own.edition_id = ?1
             AND own.state IN ('enrolled', 'completed', 'not_completed', 'no_show')
           ORDER BY own.id DESC LIMIT 1"#,
        edition,
        enrolment,
    )
    .fetch_optional(connection)
    .await
}

/// Whether an enrolment is that of an account's own person.
pub async fn is_of(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
    account: AccountId,
) -> sqlx::Result<bool> {
    query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM enrolments
                          JOIN accounts ON accounts.person_id = enrolments.person_id
                          WHERE enrolments.id = ? AND accounts.id = ?) AS "own!: bool""#,
        enrolment,
        account,
    )
    .fetch_one(connection)
    .await
}

/// The newest mark of a cell that an account had seen by a moment, on whichever of its phones.
pub async fn seen(
    connection: &mut SqliteConnection,
    (enrolment, session): (EnrolmentId, SessionId),
    account: AccountId,
    at: DateTime<Utc>,
) -> sqlx::Result<Option<MarkId>> {
    query_scalar!(
        r#"SELECT max(id) AS "id?: MarkId" FROM attendance_marks
           WHERE enrolment_id = ?1 AND session_id = ?2 AND id <= (
               SELECT max(seen_mark_id) FROM offline_rosters
               WHERE offline_rosters.session_id = ?2 AND offline_rosters.account_id = ?3
                 AND taken_at <= ?4)"#,
        enrolment,
        session,
        account,
        at,
    )
    .fetch_one(connection)
    .await
}

/// Where an account's newest word of a cell stands among its words.
pub async fn newest_word(
    connection: &mut SqliteConnection,
    (enrolment, session): (EnrolmentId, SessionId),
    account: AccountId,
) -> sqlx::Result<Option<Place>> {
    let row = query!(
        r#"SELECT marks.marked_at, said.seq AS "seq?: i64", said.uuid AS "uuid?: String"
           FROM attendance_marks AS marks
           LEFT JOIN offline_marks AS said ON said.mark_id = marks.id
           WHERE marks.enrolment_id = ? AND marks.session_id = ? AND marks.account_id = ?
           ORDER BY marks.id DESC LIMIT 1"#,
        enrolment,
        session,
        account,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| Place {
        at: row.marked_at,
        seq: row.seq.unwrap_or(i64::MAX),
        uuid: row.uuid.unwrap_or_default(),
    }))
}

/// A mark that came in, and what became of it.
#[derive(Debug)]
pub struct NewOfflineMark<'a> {
    pub uuid: &'a str,
    pub roster: RosterId,
    pub edition: EditionId,
    pub seq: i64,
    pub session: Option<SessionId>,
    pub enrolment: Option<EnrolmentId>,
    pub code: Option<Vec<u8>>,
    pub status: MarkStatus,
    pub minutes: Option<i64>,
    pub marked_at: DateTime<Utc>,
    pub corrected_at: DateTime<Utc>,
    pub received_at: DateTime<Utc>,
    pub outcome: Outcome,
    pub reason: Option<Refusal>,
    pub mark: Option<MarkId>,
}

/// Keeps a mark that came in.
pub async fn insert_mark(
    connection: &mut SqliteConnection,
    new: &NewOfflineMark<'_>,
) -> sqlx::Result<()> {
    query!(
        "INSERT INTO offline_marks (uuid, roster_id, edition_id, seq, session_id, enrolment_id,
                                    code, status, minutes, marked_at, corrected_at, received_at,
                                    outcome, reason, mark_id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        new.uuid,
        new.roster,
        new.edition,
        new.seq,
        new.session,
        new.enrolment,
        new.code,
        new.status,
        new.minutes,
        new.marked_at,
        new.corrected_at,
        new.received_at,
        new.outcome,
        new.reason,
        new.mark,
    )
    .execute(connection)
    .await?;
    Ok(())
}
