//! Who is to be reminded of which session.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query_as};

use crate::{
    courses::{EditionId, Modality, pages::whereabouts},
    people::{Department, PersonId},
    sessions::SessionId,
};

/// A reminder that was not written yet.
#[derive(Debug)]
pub(in crate::enrolment) struct Due {
    /// Whom it is for, as its key says it: an enrolment's id, or "teacher:" and a person's.
    pub whom: String,
    pub person: PersonId,
    pub edition: EditionId,
    pub session: SessionId,
    pub title: String,
    pub modality: Modality,
    pub course_title: String,
    pub number: i64,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub own_venue: Option<String>,
    pub venue: Option<String>,
    pub department: Option<Department>,
    pub link: Option<String>,
}

impl Due {
    /// Where one has to be, if anywhere.
    pub(in crate::enrolment) fn place(&self) -> Option<String> {
        let place = self.own_venue.clone();
        let place = place.or_else(|| whereabouts(self.venue.as_deref(), self.department));
        place.filter(|_| matches!(self.modality, Modality::InPerson | Modality::Hybrid))
    }
}

/// Everybody who has a seat in a session that begins between two moments, or teaches it, and whom
/// nobody reminded of it; the next sessions first.
pub(in crate::enrolment) async fn due_reminders(
    connection: &mut SqliteConnection,
    after: DateTime<Utc>,
    until: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<Due>> {
    query_as!(
        Due,
        r#"WITH near AS (
               SELECT sessions.id, sessions.edition_id, sessions.facilitator_id
               FROM sessions JOIN editions ON editions.id = sessions.edition_id
               WHERE sessions.starts_at > ?1 AND sessions.starts_at <= ?2
                 AND sessions.modality <> 'self_paced' AND editions.state IN ('enrolling', 'running')),
           concerned (session_id, person_id, whom) AS (
               SELECT near.id, enrolments.person_id, CAST(enrolments.id AS TEXT)
               FROM near JOIN enrolments ON enrolments.edition_id = near.edition_id
                                        AND enrolments.state = 'enrolled'
               UNION ALL
               SELECT near.id, teachers.person_id, 'teacher:' || teachers.person_id
               FROM near JOIN edition_facilitators AS teachers
                    ON teachers.edition_id = near.edition_id
                   AND teachers.person_id = coalesce(near.facilitator_id, teachers.person_id))
           SELECT concerned.whom AS "whom!: String", concerned.person_id AS "person!: PersonId",
                  sessions.edition_id AS edition, sessions.id AS "session!: SessionId", sessions.title,
                  sessions.modality, courses.title AS course_title, editions.number,
                  sessions.starts_at, sessions.ends_at, own.name AS "own_venue?",
                  venues.name AS "venue?", editions.department, sessions.meeting_link AS link
           FROM concerned
           JOIN sessions ON sessions.id = concerned.session_id
           JOIN editions ON editions.id = sessions.edition_id
           JOIN courses ON courses.id = editions.course_id
           LEFT JOIN venues AS own ON own.id = sessions.venue_id
           LEFT JOIN venues ON venues.id = editions.venue_id
           WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.key =
                 'session_reminder:' || sessions.id || ':' || sessions.held_on || ':' || concerned.whom)
             AND NOT EXISTS (SELECT 1 FROM notices WHERE notices.key =
                 'session_reminder:' || sessions.id || ':' || sessions.held_on || ':' || concerned.whom)
           ORDER BY sessions.starts_at, sessions.id, concerned.whom LIMIT ?3"#,
        after,
        until,
        limit,
    )
    .fetch_all(connection)
    .await
}
