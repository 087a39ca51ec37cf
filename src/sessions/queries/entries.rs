//! Sessions as calendars must know them, deleted ones too.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query_as};

use crate::{
    courses::{EditionId, EditionState, Modality},
    people::{Department, PersonId},
    sessions::{SessionId, calendar::Entry},
};

/// Entries of the editions that `$editions` joins, where `$where` holds: of sessions that are there,
/// then of deleted ones.
macro_rules! entries {
    ($editions:tt, $where:tt $(, $value:expr)* $(,)?) => {
        query_as!(
            Entry,
            r#"SELECT found.id AS "session!: SessionId",
                      found.created_at AS "created_at!: DateTime<Utc>",
                      editions.id AS "edition!: EditionId", editions.number AS "number!: i64",
                      courses.title AS "course_title!: String", found.title AS "title!: String",
                      found.modality AS "modality!: Modality",
                      found.starts_at AS "starts_at!: DateTime<Utc>",
                      found.ends_at AS "ends_at!: DateTime<Utc>",
                      found.version + editions.version AS "version!: i64",
                      editions.state AS "state!: EditionState", own.name AS "own_venue?: String",
                      venues.name AS "venue?: String",
                      editions.department AS "department?: Department",
                      found.meeting_link AS "link?: String", 0 AS "deleted!: bool"
               FROM "# + $editions + r#"
               JOIN sessions AS found ON found.edition_id = editions.id
               JOIN courses ON courses.id = editions.course_id
               LEFT JOIN venues AS own ON own.id = found.venue_id
               LEFT JOIN venues ON venues.id = editions.venue_id
               WHERE "# + $where + r#"
               UNION ALL
               SELECT found.session_id, found.created_at, editions.id, editions.number,
                      courses.title, found.title, found.modality, found.starts_at, found.ends_at,
                      found.version + editions.version, editions.state, NULL, venues.name,
                      editions.department, NULL, 1
               FROM "# + $editions + r#"
               JOIN deleted_sessions AS found ON found.edition_id = editions.id
               JOIN courses ON courses.id = editions.course_id
               LEFT JOIN venues ON venues.id = editions.venue_id
               WHERE "# + $where
            $(, $value)*
        )
    };
}

/// Those of an edition, in the order in which they are held.
pub(in crate::sessions) async fn entries_of_edition(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<Vec<Entry>> {
    let entries = entries!("editions", "editions.id = ?1", edition)
        .fetch_all(connection)
        .await?;
    Ok(in_order(entries))
}

/// Those that somebody has a seat in or teaches and that end after a moment; of editions that were
/// cancelled, those of who had a seat until then.
pub(crate) async fn entries_of_person(
    connection: &mut SqliteConnection,
    person: PersonId,
    after: DateTime<Utc>,
) -> sqlx::Result<Vec<Entry>> {
    let entries = entries!(
        "(SELECT enrolments.edition_id FROM enrolments
          JOIN editions AS theirs ON theirs.id = enrolments.edition_id
          WHERE enrolments.person_id = ?1
            AND (enrolments.state IN ('enrolled', 'completed', 'not_completed', 'no_show')
                 OR (enrolments.state = 'withdrawn' AND theirs.state = 'cancelled'
                     AND enrolments.state_at = theirs.state_at))
          UNION SELECT edition_id FROM edition_facilitators WHERE person_id = ?1) AS mine
         JOIN editions ON editions.id = mine.edition_id AND editions.state <> 'draft'",
        "found.ends_at > ?2",
        person,
        after,
    )
    .fetch_all(connection)
    .await?;
    Ok(in_order(entries))
}

fn in_order(mut entries: Vec<Entry>) -> Vec<Entry> {
    entries.sort_by_key(|entry| (entry.starts_at, entry.session, entry.created_at));
    entries
}
