//! Sessions, one by one and of an edition.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use crate::{
    courses::{EditionId, VenueId},
    people::PersonId,
    sessions::{
        Session, SessionId,
        session::{MeetingLink, NewSession},
    },
};

/// Sessions; the rest of the statement begins with `WHERE`.
macro_rules! sessions {
    ($rest:tt $(, $value:expr)* $(,)?) => {
        query_as!(
            Session,
            r#"SELECT sessions.id, sessions.edition_id AS edition, sessions.title,
                      sessions.modality, sessions.starts_at, sessions.ends_at,
                      sessions.planned_minutes, sessions.venue_id, venues.name AS "venue?",
                      sessions.meeting_link, sessions.facilitator_id,
                      people.given_names || ' ' || people.paternal_surname
                          || coalesce(' ' || people.maternal_surname, '') AS "facilitator?: String",
                      sessions.version
               FROM sessions
               LEFT JOIN venues ON venues.id = sessions.venue_id
               LEFT JOIN people ON people.id = sessions.facilitator_id "# + $rest
            $(, $value)*
        )
    };
}

/// The sessions of an edition, in the order in which they are held.
pub(crate) async fn list(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<Vec<Session>> {
    sessions!(
        "WHERE sessions.edition_id = ? ORDER BY sessions.starts_at, sessions.id",
        edition
    )
    .fetch_all(connection)
    .await
}

/// One session.
pub(crate) async fn find(
    connection: &mut SqliteConnection,
    session: SessionId,
) -> sqlx::Result<Option<Session>> {
    sessions!("WHERE sessions.id = ?", session)
        .fetch_optional(connection)
        .await
}

/// Whether somebody holds a seat in an edition: they may see where it meets online.
pub(in crate::sessions) async fn holds_seat(
    connection: &mut SqliteConnection,
    edition: EditionId,
    person: PersonId,
) -> sqlx::Result<bool> {
    query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM enrolments
                          WHERE edition_id = ? AND person_id = ? AND state = 'enrolled')
               AS "holds!: bool""#,
        edition,
        person,
    )
    .fetch_one(connection)
    .await
}

/// Who has a seat in an edition or teaches in it: whom a change of its sessions concerns.
pub(in crate::sessions) async fn concerned(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<Vec<PersonId>> {
    query_scalar!(
        r#"SELECT person_id AS "person!: PersonId" FROM enrolments
           WHERE edition_id = ?1 AND state = 'enrolled'
           UNION SELECT person_id FROM edition_facilitators WHERE edition_id = ?1
           ORDER BY 1"#,
        edition,
    )
    .fetch_all(connection)
    .await
}

/// Keeps what calendars must know of a session before it is deleted.
pub(in crate::sessions) async fn bury(
    connection: &mut SqliteConnection,
    session: SessionId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "INSERT INTO deleted_sessions (session_id, edition_id, title, modality, starts_at, ends_at,
                                       version, created_at, deleted_at)
         SELECT id, edition_id, title, modality, starts_at, ends_at, version, created_at, ?1
         FROM sessions WHERE id = ?2",
        now,
        session,
    )
    .execute(connection)
    .await?;
    Ok(())
}

pub(in crate::sessions) async fn insert(
    connection: &mut SqliteConnection,
    edition: EditionId,
    new: &NewSession,
    venue: Option<VenueId>,
    now: DateTime<Utc>,
) -> sqlx::Result<SessionId> {
    let title = new.title.as_str();
    let link = new.setting.meeting_link.as_ref().map(MeetingLink::as_str);
    query_scalar!(
        r#"INSERT INTO sessions (edition_id, title, modality, starts_at, ends_at, planned_minutes,
                                 venue_id, meeting_link, facilitator_id, created_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id AS "id!: SessionId""#,
        edition,
        title,
        new.setting.modality,
        new.starts_at,
        new.ends_at,
        new.planned_minutes,
        venue,
        link,
        new.setting.facilitator,
        now,
    )
    .fetch_one(connection)
    .await
}

/// Whether the session stood at that version and was changed.
pub(in crate::sessions) async fn update(
    connection: &mut SqliteConnection,
    session: SessionId,
    version: i64,
    new: &NewSession,
    venue: Option<VenueId>,
) -> sqlx::Result<bool> {
    let title = new.title.as_str();
    let link = new.setting.meeting_link.as_ref().map(MeetingLink::as_str);
    let done = query!(
        "UPDATE sessions SET title = ?, modality = ?, starts_at = ?, ends_at = ?,
                             planned_minutes = ?, venue_id = ?, meeting_link = ?,
                             facilitator_id = ?, version = version + 1
         WHERE id = ? AND version = ?",
        title,
        new.setting.modality,
        new.starts_at,
        new.ends_at,
        new.planned_minutes,
        venue,
        link,
        new.setting.facilitator,
        session,
        version,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether the session was deleted; not while anything refers to it.
pub(in crate::sessions) async fn delete(
    connection: &mut SqliteConnection,
    session: SessionId,
) -> sqlx::Result<bool> {
    match query!("DELETE FROM sessions WHERE id = ?", session)
        .execute(connection)
        .await
    {
        Ok(done) => Ok(done.rows_affected() == 1),
        Err(sqlx::Error::Database(error)) if error.is_foreign_key_violation() => Ok(false),
        Err(error) => Err(error),
    }
}

/// The most minutes that somebody is said to have attended in part. Whoever attended all of it
/// attends all of it still when it is made shorter.
pub(in crate::sessions) async fn partial_minutes(
    connection: &mut SqliteConnection,
    session: SessionId,
) -> sqlx::Result<i64> {
    query_scalar!(
        r#"SELECT coalesce(max(minutes), 0) AS "minutes!: i64"
           FROM attendance_standing WHERE session_id = ? AND status = 'partial'"#,
        session,
    )
    .fetch_one(connection)
    .await
}
