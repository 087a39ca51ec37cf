//! Who is to be reminded of which session.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query_as};

use crate::{
    courses::{EditionId, Modality, pages::whereabouts},
    enrolment::EnrolmentId,
    people::{Department, PersonId},
    sessions::SessionId,
};

/// A reminder that was not written yet.
#[derive(Debug)]
pub(in crate::enrolment) struct Due {
    pub enrolment: EnrolmentId,
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

/// Everybody with a seat in a session that begins between two moments, whom nobody reminded of it;
/// the next sessions first.
pub(in crate::enrolment) async fn due_reminders(
    connection: &mut SqliteConnection,
    after: DateTime<Utc>,
    until: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<Due>> {
    query_as!(
        Due,
        r#"SELECT enrolments.id AS "enrolment!: EnrolmentId", enrolments.person_id AS person,
                  sessions.edition_id AS edition, sessions.id AS "session!: SessionId", sessions.title,
                  sessions.modality, courses.title AS course_title, editions.number,
                  sessions.starts_at, sessions.ends_at, own.name AS "own_venue?",
                  venues.name AS "venue?", editions.department, sessions.meeting_link AS link
           FROM sessions
           JOIN editions ON editions.id = sessions.edition_id
           JOIN courses ON courses.id = editions.course_id
           JOIN enrolments ON enrolments.edition_id = sessions.edition_id
                          AND enrolments.state = 'enrolled'
           LEFT JOIN venues AS own ON own.id = sessions.venue_id
           LEFT JOIN venues ON venues.id = editions.venue_id
           WHERE sessions.starts_at > ?1 AND sessions.starts_at <= ?2
             AND sessions.modality <> 'self_paced' AND editions.state IN ('enrolling', 'running')
             AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.key =
                 'session_reminder:' || sessions.id || ':' || sessions.held_on || ':' || enrolments.id)
             AND NOT EXISTS (SELECT 1 FROM notices WHERE notices.key =
                 'session_reminder:' || sessions.id || ':' || sessions.held_on || ':' || enrolments.id)
           ORDER BY sessions.starts_at, sessions.id LIMIT ?3"#,
        after,
        until,
        limit,
    )
    .fetch_all(connection)
    .await
}
