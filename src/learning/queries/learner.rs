//! Steps as those see them who do them.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use crate::{
    courses::EditionId,
    enrolment::EnrolmentId,
    learning::{FileId, OptionId, StepId, StepKind},
    people::PersonId,
    sessions::SessionId,
};

/// One step in the list of a session.
#[derive(Clone, Debug)]
pub(in crate::learning) struct StepLine {
    pub id: StepId,
    pub title: String,
    pub done: bool,
}

/// The steps of a session in their order, and which of them an enrolment has done.
pub(in crate::learning) async fn steps(
    connection: &mut SqliteConnection,
    session: SessionId,
    enrolment: Option<EnrolmentId>,
) -> sqlx::Result<Vec<StepLine>> {
    query_as!(
        StepLine,
        r#"SELECT steps.id, steps.title,
                  EXISTS (SELECT 1 FROM steps_done
                          WHERE steps_done.enrolment_id = ?2 AND steps_done.step_id = steps.id)
                      AS "done!: bool"
           FROM steps WHERE steps.session_id = ?1 ORDER BY steps.position, steps.id"#,
        session,
        enrolment,
    )
    .fetch_all(connection)
    .await
}

/// One step with everything in it but its answers.
#[derive(Clone, Debug)]
pub(in crate::learning) struct StepRow {
    pub id: StepId,
    pub session: SessionId,
    pub kind: StepKind,
    pub title: String,
    pub body: String,
    pub link: Option<String>,
    pub file: Option<FileId>,
    pub file_name: Option<String>,
    pub file_type: Option<String>,
    pub file_size: Option<i64>,
    pub version: i64,
}

pub(in crate::learning) async fn step(
    connection: &mut SqliteConnection,
    step: StepId,
) -> sqlx::Result<Option<StepRow>> {
    query_as!(
        StepRow,
        r#"SELECT steps.id, steps.session_id AS session, steps.kind, steps.title, steps.body,
                  steps.link, steps.file_id AS file, files.name AS "file_name?",
                  files.media_type AS "file_type?", length(files.content) AS "file_size?: i64",
                  steps.version
           FROM steps LEFT JOIN files ON files.id = steps.file_id WHERE steps.id = ?"#,
        step,
    )
    .fetch_optional(connection)
    .await
}

/// One answer of a question.
#[derive(Clone, Debug)]
pub(in crate::learning) struct OptionRow {
    pub id: OptionId,
    pub answer: String,
    pub correct: bool,
    pub feedback: String,
}

/// The answers of a question in their order.
pub(in crate::learning) async fn options(
    connection: &mut SqliteConnection,
    step: StepId,
) -> sqlx::Result<Vec<OptionRow>> {
    query_as!(
        OptionRow,
        "SELECT id, answer, correct, feedback FROM step_options WHERE step_id = ? ORDER BY position",
        step,
    )
    .fetch_all(connection)
    .await
}

/// The enrolment by which a person takes part in an edition.
pub(in crate::learning) async fn enrolment_in(
    connection: &mut SqliteConnection,
    person: PersonId,
    edition: EditionId,
) -> sqlx::Result<Option<EnrolmentId>> {
    query_scalar!(
        "SELECT id FROM enrolments WHERE person_id = ? AND edition_id = ?
         AND state IN ('enrolled', 'completed', 'not_completed', 'no_show')",
        person,
        edition,
    )
    .fetch_optional(connection)
    .await
}

/// Whether an enrolment was credited with a session by the session itself.
pub(in crate::learning) async fn is_credited(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
    session: SessionId,
) -> sqlx::Result<bool> {
    query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM attendance_marks
                          WHERE enrolment_id = ? AND session_id = ? AND account_id IS NULL)
               AS "credited!: bool""#,
        enrolment,
        session,
    )
    .fetch_one(connection)
    .await
}

/// The sessions with which an enrolment was credited by the sessions themselves.
pub(in crate::learning) async fn finished_sessions(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
) -> sqlx::Result<Vec<SessionId>> {
    query_scalar!(
        "SELECT DISTINCT session_id FROM attendance_marks
         WHERE enrolment_id = ? AND account_id IS NULL",
        enrolment,
    )
    .fetch_all(connection)
    .await
}

/// Notes that a step is done; a second time changes nothing.
pub(in crate::learning) async fn insert_done(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
    step: StepId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "INSERT INTO steps_done (enrolment_id, step_id, done_at) VALUES (?, ?, ?)
         ON CONFLICT DO NOTHING",
        enrolment,
        step,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}
