//! What is on.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query_as};

use crate::{
    courses::{CourseKind, EditionId, EditionState, Modality},
    people::Department,
};

/// Whose sessions a calendar holds; lists are JSON lists of ids.
#[derive(Clone, Debug)]
pub(in crate::sessions) struct Scope {
    /// All, drafts included.
    pub everything: bool,
    /// Programs whose drafts are seen.
    pub programs: String,
    /// Editions that are seen even as drafts.
    pub editions: String,
    /// Nothing but these programs and editions.
    pub own_only: bool,
}

/// A session in the calendar.
#[derive(Clone, Debug)]
pub(in crate::sessions) struct CalendarLine {
    pub title: String,
    pub modality: Modality,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub edition: EditionId,
    pub state: EditionState,
    pub course: String,
    pub kind: CourseKind,
    pub venue: Option<String>,
    pub department: Option<Department>,
}

impl CalendarLine {
    /// Whether it opens for study instead of being held.
    pub fn is_self_paced(&self) -> bool {
        self.modality == Modality::SelfPaced
    }
}

/// The sessions that begin from one moment until before another, in their order.
pub(in crate::sessions) async fn calendar(
    connection: &mut SqliteConnection,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    scope: &Scope,
    limit: i64,
) -> sqlx::Result<Vec<CalendarLine>> {
    query_as!(
        CalendarLine,
        r#"SELECT sessions.title, sessions.modality, sessions.starts_at,
                  sessions.ends_at, editions.id AS edition, editions.state,
                  courses.title AS course, courses.kind, venues.name AS "venue?",
                  editions.department
           FROM sessions
           JOIN editions ON editions.id = sessions.edition_id
           JOIN courses ON courses.id = editions.course_id
           LEFT JOIN venues ON venues.id = coalesce(sessions.venue_id, editions.venue_id)
           WHERE sessions.starts_at >= ?1 AND sessions.starts_at < ?2
             AND ((NOT ?6 AND editions.state <> 'draft') OR ?3
                  OR courses.program_id IN (SELECT value FROM json_each(?4))
                  OR editions.id IN (SELECT value FROM json_each(?5)))
           ORDER BY sessions.starts_at, sessions.id LIMIT ?7"#,
        from,
        until,
        scope.everything,
        scope.programs,
        scope.editions,
        scope.own_only,
        limit,
    )
    .fetch_all(connection)
    .await
}
