//! All SQL of video-call reports.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use super::{CallService, ReportState, VideoReportId};
use crate::{
    access::AccountId, attendance::MarkStatus, courses::EditionId, enrolment::EnrolmentId,
    people::listed_name, sessions::SessionId,
};

/// A report as it is decided.
#[derive(Clone, Debug)]
pub struct Kept {
    pub id: VideoReportId,
    pub session: SessionId,
    pub service: CallService,
    pub state: ReportState,
    pub content: Option<Vec<u8>>,
    pub unread: i64,
}

pub async fn report(
    connection: &mut SqliteConnection,
    id: VideoReportId,
) -> sqlx::Result<Option<Kept>> {
    query_as!(
        Kept,
        "SELECT id, session_id AS session, service, state, content, unread
         FROM video_reports WHERE id = ?",
        id,
    )
    .fetch_optional(connection)
    .await
}

/// The report of a session that nobody has decided about.
pub async fn waiting(
    connection: &mut SqliteConnection,
    session: SessionId,
) -> sqlx::Result<Option<Kept>> {
    query_as!(
        Kept,
        r#"SELECT id AS "id!: VideoReportId", session_id AS session, service, state, content, unread
           FROM video_reports WHERE session_id = ? AND state = 'waiting' ORDER BY id DESC LIMIT 1"#,
        session,
    )
    .fetch_optional(connection)
    .await
}

/// A report that comes in.
#[derive(Debug)]
pub struct NewReport<'a> {
    pub session: SessionId,
    pub service: CallService,
    pub content: &'a [u8],
    pub unread: i64,
    pub account: Option<AccountId>,
    pub now: DateTime<Utc>,
}

/// Keeps a report in place of the one that waited.
pub async fn insert(
    connection: &mut SqliteConnection,
    new: NewReport<'_>,
) -> sqlx::Result<VideoReportId> {
    query!(
        "UPDATE video_reports SET content = NULL, state = 'discarded', state_at = ?2
         WHERE session_id = ?1 AND state = 'waiting'",
        new.session,
        new.now,
    )
    .execute(&mut *connection)
    .await?;
    query_scalar!(
        r#"INSERT INTO video_reports (session_id, service, content, unread, account_id, created_at,
                                      state, state_at)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'waiting', ?6) RETURNING id AS "id!: VideoReportId""#,
        new.session,
        new.service,
        new.content,
        new.unread,
        new.account,
        new.now,
    )
    .fetch_one(connection)
    .await
}

/// Keeps a decision and erases what was in the file; `false`: it was decided before.
pub async fn decide(
    connection: &mut SqliteConnection,
    id: VideoReportId,
    state: ReportState,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = query!(
        "UPDATE video_reports SET content = NULL, state = ?, state_at = ?
         WHERE id = ? AND state = 'waiting'",
        state,
        now,
        id,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Erases what nobody has decided since a moment.
pub async fn forget_before(
    connection: &mut SqliteConnection,
    since: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "UPDATE video_reports SET content = NULL, state = 'discarded'
         WHERE state = 'waiting' AND created_at < ?",
        since,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Somebody of an edition, by what a report may know them by, and how they stand in a session.
#[derive(Clone, Debug)]
pub struct Enrolled {
    pub enrolment: EnrolmentId,
    pub given_names: String,
    pub paternal_surname: String,
    pub maternal_surname: Option<String>,
    pub email: Option<String>,
    pub account_email: Option<String>,
    pub status: Option<MarkStatus>,
    pub minutes: Option<i64>,
}

impl Enrolled {
    /// "Núñez Quispe, Rosa".
    pub fn listed_name(&self) -> String {
        let maternal = self.maternal_surname.as_deref();
        listed_name(&self.given_names, &self.paternal_surname, maternal)
    }
}

/// Everybody who takes part in an edition, by name.
pub async fn enrolled(
    connection: &mut SqliteConnection,
    edition: EditionId,
    session: SessionId,
) -> sqlx::Result<Vec<Enrolled>> {
    query_as!(
        Enrolled,
        r#"SELECT enrolments.id AS enrolment, people.given_names, people.paternal_surname,
                  people.maternal_surname, people.email, accounts.email AS "account_email?: String",
                  standing.status AS "status?: MarkStatus", standing.minutes AS "minutes?: i64"
           FROM enrolments
           JOIN people ON people.id = enrolments.person_id
           LEFT JOIN accounts ON accounts.person_id = people.id
           LEFT JOIN attendance_standing AS standing
             ON standing.enrolment_id = enrolments.id AND standing.session_id = ?2
           WHERE enrolments.edition_id = ?1
             AND enrolments.state IN ('enrolled', 'completed', 'not_completed', 'no_show')
           ORDER BY people.sort_name, people.id"#,
        edition,
        session,
    )
    .fetch_all(connection)
    .await
}
