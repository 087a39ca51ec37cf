//! Steps as those see and change them who write them.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use crate::{
    learning::{FileId, StepId, StepKind, step::Answer},
    sessions::SessionId,
};

/// One step in its author's list.
#[derive(Clone, Debug)]
pub(in crate::learning) struct AuthorStep {
    pub id: StepId,
    pub kind: StepKind,
    pub title: String,
    /// How many people have done it.
    pub done: i64,
}

/// The steps of a session in their order.
pub(in crate::learning) async fn author_steps(
    connection: &mut SqliteConnection,
    session: SessionId,
) -> sqlx::Result<Vec<AuthorStep>> {
    query_as!(
        AuthorStep,
        r#"SELECT steps.id, steps.kind, steps.title,
                  (SELECT count(*) FROM steps_done WHERE steps_done.step_id = steps.id)
                      AS "done!: i64"
           FROM steps WHERE steps.session_id = ? ORDER BY steps.position, steps.id"#,
        session,
    )
    .fetch_all(connection)
    .await
}

/// What a step is made of.
#[derive(Clone, Copy, Debug)]
pub(in crate::learning) struct NewRow<'a> {
    pub kind: StepKind,
    pub title: &'a str,
    pub body: &'a str,
    pub link: Option<&'a str>,
    pub file: Option<FileId>,
}

pub(in crate::learning) async fn insert_step(
    connection: &mut SqliteConnection,
    session: SessionId,
    position: i64,
    row: NewRow<'_>,
    now: DateTime<Utc>,
) -> sqlx::Result<StepId> {
    query_scalar!(
        r#"INSERT INTO steps (session_id, position, kind, title, body, link, file_id, created_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id AS "id!: StepId""#,
        session,
        position,
        row.kind,
        row.title,
        row.body,
        row.link,
        row.file,
        now,
    )
    .fetch_one(connection)
    .await
}

/// Changes a step that stands at `version`; whether it did.
pub(in crate::learning) async fn update_step(
    connection: &mut SqliteConnection,
    step: StepId,
    version: i64,
    row: NewRow<'_>,
) -> sqlx::Result<bool> {
    let done = query!(
        "UPDATE steps SET title = ?, body = ?, link = ?, file_id = ?, version = version + 1
         WHERE id = ? AND version = ? AND kind = ?",
        row.title,
        row.body,
        row.link,
        row.file,
        step,
        version,
        row.kind,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives a question these answers in place of those it had.
pub(in crate::learning) async fn set_options(
    connection: &mut SqliteConnection,
    step: StepId,
    answers: &[Answer],
) -> sqlx::Result<()> {
    query!("DELETE FROM step_options WHERE step_id = ?", step)
        .execute(&mut *connection)
        .await?;
    for (position, answer) in (1_i64..).zip(answers) {
        let (text, feedback) = (answer.text.as_str(), answer.feedback.as_str());
        query!(
            "INSERT INTO step_options (step_id, position, answer, correct, feedback)
             VALUES (?, ?, ?, ?, ?)",
            step,
            position,
            text,
            answer.correct,
            feedback,
        )
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// The last position in a session; 0 where there is no step.
pub(in crate::learning) async fn last_position(
    connection: &mut SqliteConnection,
    session: SessionId,
) -> sqlx::Result<i64> {
    query_scalar!(
        r#"SELECT coalesce(max(position), 0) AS "last!: i64" FROM steps WHERE session_id = ?"#,
        session,
    )
    .fetch_one(connection)
    .await
}

/// The steps of a session in their order.
pub(in crate::learning) async fn order(
    connection: &mut SqliteConnection,
    session: SessionId,
) -> sqlx::Result<Vec<StepId>> {
    query_scalar!(
        "SELECT id FROM steps WHERE session_id = ? ORDER BY position, id",
        session,
    )
    .fetch_all(connection)
    .await
}

pub(in crate::learning) async fn set_position(
    connection: &mut SqliteConnection,
    step: StepId,
    position: i64,
) -> sqlx::Result<()> {
    query!("UPDATE steps SET position = ? WHERE id = ?", position, step)
        .execute(connection)
        .await?;
    Ok(())
}

pub(in crate::learning) async fn is_done_by_anyone(
    connection: &mut SqliteConnection,
    step: StepId,
) -> sqlx::Result<bool> {
    query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM steps_done WHERE step_id = ?) AS "done!: bool""#,
        step,
    )
    .fetch_one(connection)
    .await
}

pub(in crate::learning) async fn delete_step(
    connection: &mut SqliteConnection,
    step: StepId,
) -> sqlx::Result<()> {
    query!("DELETE FROM step_options WHERE step_id = ?", step)
        .execute(&mut *connection)
        .await?;
    query!("DELETE FROM steps WHERE id = ?", step)
        .execute(connection)
        .await?;
    Ok(())
}

/// A step as the audit trail tells of it.
#[derive(Clone, Debug, Serialize)]
pub(in crate::learning) struct StepRecord {
    pub session: SessionId,
    pub kind: StepKind,
    pub title: String,
    pub body: String,
    pub link: Option<String>,
    pub file: Option<String>,
    /// The answers, one a line, the right one after an asterisk.
    pub answers: Option<String>,
}

pub(in crate::learning) async fn record(
    connection: &mut SqliteConnection,
    step: StepId,
) -> sqlx::Result<StepRecord> {
    query_as!(
        StepRecord,
        r#"SELECT steps.session_id AS session, steps.kind, steps.title, steps.body, steps.link,
                  files.name AS "file?",
                  (SELECT group_concat(
                       CASE WHEN correct THEN '* ' ELSE '' END || answer || ' — ' || feedback,
                       char(10) ORDER BY position)
                   FROM step_options WHERE step_id = steps.id) AS "answers?: String"
           FROM steps LEFT JOIN files ON files.id = steps.file_id WHERE steps.id = ?"#,
        step,
    )
    .fetch_one(connection)
    .await
}
