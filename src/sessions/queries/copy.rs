//! Copying what belongs to sessions. The steps of self-paced sessions are `learning`'s; they are
//! copied here in two statements, unread.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query};

use crate::{
    courses::EditionId,
    sessions::{Session, SessionId},
};

/// Adds the same session to another edition at another time.
pub(in crate::sessions) async fn insert_copy(
    connection: &mut SqliteConnection,
    edition: EditionId,
    session: &Session,
    (starts_at, ends_at): (DateTime<Utc>, DateTime<Utc>),
    now: DateTime<Utc>,
) -> sqlx::Result<SessionId> {
    sqlx::query_scalar!(
        r#"INSERT INTO sessions (edition_id, title, modality, starts_at, ends_at, planned_minutes,
                                 venue_id, meeting_link, facilitator_id, created_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id AS "id!: SessionId""#,
        edition,
        session.title,
        session.modality,
        starts_at,
        ends_at,
        session.planned_minutes,
        session.venue_id,
        session.meeting_link,
        session.facilitator_id,
        now,
    )
    .fetch_one(connection)
    .await
}

/// Gives a session the steps of another, questions with their answers. Files are shared.
pub(in crate::sessions) async fn copy_steps(
    connection: &mut SqliteConnection,
    from: SessionId,
    to: SessionId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "INSERT INTO steps (session_id, position, kind, title, body, link, file_id, created_at)
         SELECT ?1, row_number() OVER (ORDER BY position, id), kind, title, body, link, file_id, ?2
         FROM steps WHERE session_id = ?3",
        to,
        now,
        from,
    )
    .execute(&mut *connection)
    .await?;
    query!(
        "INSERT INTO step_options (step_id, position, answer, correct, feedback)
         SELECT copy.id, step_options.position, answer, correct, feedback
         FROM (SELECT id, row_number() OVER (ORDER BY position, id) AS place
               FROM steps WHERE session_id = ?1) AS original
         JOIN steps AS copy ON copy.session_id = ?2 AND copy.position = original.place
         JOIN step_options ON step_options.step_id = original.id",
        from,
        to,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Gives an edition the facilitators of another.
pub(in crate::sessions) async fn copy_facilitators(
    connection: &mut SqliteConnection,
    from: EditionId,
    to: EditionId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "INSERT INTO edition_facilitators (edition_id, person_id, assigned_at)
         SELECT ?1, person_id, ?2 FROM edition_facilitators WHERE edition_id = ?3",
        to,
        now,
        from,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Copies the quotas: they are the enrolments', but whoever plans the same edition again expects them.
pub(in crate::sessions) async fn copy_quotas(
    connection: &mut SqliteConnection,
    from: EditionId,
    to: EditionId,
) -> sqlx::Result<()> {
    query!(
        "INSERT INTO edition_quotas (edition_id, sector, institution_id, department, sex, reserved,
                                     at_most)
         SELECT ?1, sector, institution_id, department, sex, reserved, at_most
         FROM edition_quotas WHERE edition_id = ?2 ORDER BY id",
        to,
        from,
    )
    .execute(connection)
    .await?;
    Ok(())
}
