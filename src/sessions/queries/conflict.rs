//! Sessions that may overlap with those of an edition, and what they share with them.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query_as};

use crate::{
    courses::{EditionId, EditionState, ProgramId},
    sessions::SessionId,
};

/// A session of the edition and another that is held about the same time.
#[derive(Debug)]
pub(in crate::sessions) struct Neighbour {
    pub session: SessionId,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub other_starts_at: DateTime<Utc>,
    pub other_ends_at: DateTime<Utc>,
    pub other_title: String,
    pub other_course: String,
    pub other_number: i64,
    pub other_edition: EditionId,
    pub other_program: ProgramId,
    pub other_state: EditionState,
    /// The names of those who teach both.
    pub teachers: Option<String>,
    /// The place where both are held.
    pub venue: Option<String>,
    /// How many people are enrolled in both.
    pub participants: i64,
}

/// For every session of an edition that meets, the others that meet within a day of it and end
/// after it begins: few, found by `sessions_by_start`. Cancelled editions do not meet.
pub(in crate::sessions) async fn neighbours(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<Vec<Neighbour>> {
    query_as!(
        Neighbour,
        r#"SELECT here.id AS session, here.starts_at, here.ends_at,
                  other.starts_at AS other_starts_at, other.ends_at AS other_ends_at,
                  other.title AS other_title, courses.title AS other_course,
                  there.number AS other_number, there.id AS other_edition,
                  courses.program_id AS other_program, there.state AS other_state,
                  (SELECT group_concat(given_names || ' ' || paternal_surname, ', ') FROM people
                   WHERE id IN (
                       SELECT person_id FROM edition_facilitators
                       WHERE edition_id = here.edition_id
                         AND coalesce(here.facilitator_id, person_id) = person_id
                       INTERSECT
                       SELECT person_id FROM edition_facilitators
                       WHERE edition_id = other.edition_id
                         AND coalesce(other.facilitator_id, person_id) = person_id))
                      AS "teachers?: String",
                  (SELECT name FROM venues
                   WHERE id = coalesce(here.venue_id, home.venue_id)
                     AND id = coalesce(other.venue_id, there.venue_id)
                     AND here.modality <> 'live_online' AND other.modality <> 'live_online')
                      AS "venue?: String",
                  (SELECT count(*) FROM enrolments
                   WHERE edition_id = here.edition_id AND state = 'enrolled'
                     AND EXISTS (SELECT 1 FROM enrolments AS second
                                 WHERE second.edition_id = other.edition_id
                                   AND second.person_id = enrolments.person_id
                                   AND second.state = 'enrolled')) AS "participants!: i64"
           FROM sessions AS here
           JOIN editions AS home ON home.id = here.edition_id
           JOIN sessions AS other
             ON other.starts_at < here.ends_at
            AND other.starts_at > strftime('%Y-%m-%dT%H:%M:%S+00:00', here.starts_at, '-1 day')
            AND other.ends_at > here.starts_at
            AND other.id <> here.id
           JOIN editions AS there ON there.id = other.edition_id
           JOIN courses ON courses.id = there.course_id
           WHERE here.edition_id = ? AND here.modality <> 'self_paced'
             AND other.modality <> 'self_paced'
             AND home.state <> 'cancelled' AND there.state <> 'cancelled'
           ORDER BY here.starts_at, other.starts_at, other.id"#,
        edition,
    )
    .fetch_all(connection)
    .await
}
