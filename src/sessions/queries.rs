//! All SQL of sessions.

use sqlx::{SqliteConnection, query_as};

use super::{Session, SessionId};
use crate::courses::EditionId;

/// The sessions of an edition, in the order in which they are held.
pub(crate) async fn list(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<Vec<Session>> {
    query_as!(
        Session,
        r#"SELECT sessions.id, sessions.edition_id AS edition, sessions.title, sessions.modality,
                  sessions.starts_at, sessions.ends_at, sessions.planned_minutes,
                  sessions.venue_id, venues.name AS "venue?", sessions.meeting_link,
                  sessions.facilitator_id,
                  people.given_names || ' ' || people.paternal_surname
                      || coalesce(' ' || people.maternal_surname, '') AS "facilitator?: String",
                  sessions.version
           FROM sessions
           LEFT JOIN venues ON venues.id = sessions.venue_id
           LEFT JOIN people ON people.id = sessions.facilitator_id
           WHERE sessions.edition_id = ? ORDER BY sessions.starts_at, sessions.id"#,
        edition,
    )
    .fetch_all(connection)
    .await
}

/// One session.
pub(crate) async fn find(
    connection: &mut SqliteConnection,
    session: SessionId,
) -> sqlx::Result<Option<Session>> {
    query_as!(
        Session,
        r#"SELECT sessions.id, sessions.edition_id AS edition, sessions.title, sessions.modality,
                  sessions.starts_at, sessions.ends_at, sessions.planned_minutes,
                  sessions.venue_id, venues.name AS "venue?", sessions.meeting_link,
                  sessions.facilitator_id,
                  people.given_names || ' ' || people.paternal_surname
                      || coalesce(' ' || people.maternal_surname, '') AS "facilitator?: String",
                  sessions.version
           FROM sessions
           LEFT JOIN venues ON venues.id = sessions.venue_id
           LEFT JOIN people ON people.id = sessions.facilitator_id
           WHERE sessions.id = ?"#,
        session,
    )
    .fetch_optional(connection)
    .await
}
