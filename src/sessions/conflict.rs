//! Overlaps in a schedule: who teaches twice at once, which room is taken, who cannot be in both
//! places. They are shown where they arise and never forbidden: the coordinator knows why.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use super::{SessionId, queries};
use crate::{
    access::{Place, Viewer, may, policy::ActionKind},
    courses::{EditionId, EditionState, words},
    error::AppError,
};

/// Whether two spans of time have a moment in common. One that begins when the other ends has not.
pub fn overlap(a: (DateTime<Utc>, DateTime<Utc>), b: (DateTime<Utc>, DateTime<Utc>)) -> bool {
    a.0 < b.1 && b.0 < a.1
}

/// What two overlapping sessions share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shared {
    /// Both are of this edition: their minutes count twice for everybody.
    Edition,
    /// These people teach both.
    Teachers(String),
    /// Both are held in this place.
    Venue(String),
    /// So many people are enrolled in both.
    Participants(i64),
}

/// One overlap of a session with another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// What they share.
    pub shared: Shared,
    /// The other session: "Cadena de custodia, edición 2: Primera"; none where the viewer may not
    /// know of it.
    pub other: Option<String>,
    /// When the other begins.
    pub starts_at: DateTime<Utc>,
    /// When the other ends.
    pub ends_at: DateTime<Utc>,
}

/// Every overlap of the sessions of an edition, by session.
pub async fn conflicts(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    edition: EditionId,
) -> Result<HashMap<SessionId, Vec<Conflict>>, AppError> {
    let mut found: HashMap<SessionId, Vec<Conflict>> = HashMap::new();
    for row in queries::neighbours(connection, edition).await? {
        let same_edition = row.other_edition == edition;
        let here = (row.starts_at, row.ends_at);
        if overlap(here, (row.other_starts_at, row.other_ends_at)) {
            found
                .entry(row.session)
                .or_default()
                .extend(shared(&row, same_edition).map(|shared| Conflict {
                    shared,
                    other: visible_name(viewer, &row),
                    starts_at: row.other_starts_at,
                    ends_at: row.other_ends_at,
                }));
        }
    }
    found.retain(|_, conflicts| !conflicts.is_empty());
    Ok(found)
}

fn shared(row: &queries::Neighbour, same_edition: bool) -> impl Iterator<Item = Shared> + use<> {
    let edition = same_edition.then_some(Shared::Edition);
    let teachers = row.teachers.clone().map(Shared::Teachers);
    let venue = row.venue.clone().map(Shared::Venue);
    let participants = (row.participants > 0).then_some(Shared::Participants(row.participants));
    [edition, teachers, venue, participants]
        .into_iter()
        .flatten()
}

/// The other session's name, unless it stands in a draft of somebody else.
fn visible_name(viewer: &Viewer, row: &queries::Neighbour) -> Option<String> {
    let place = Place {
        program: Some(row.other_program),
        edition: Some(row.other_edition),
        public: row.other_state != EditionState::Draft,
        ..Place::default()
    };
    let visible = place.public || may(viewer, ActionKind::ReadEdition, place);
    visible.then(|| {
        let edition = words::edition_title(&row.other_course, row.other_number);
        format!("{edition}: {}", row.other_title)
    })
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;

    use super::*;

    #[test]
    fn touching_is_not_overlapping() {
        let at = |hour, minute| {
            Utc.with_ymd_and_hms(2026, 11, 21, hour, minute, 0)
                .single()
                .expect("a time")
        };
        let nine_to_one = (at(9, 0), at(13, 0));
        let cases = [
            ((at(9, 0), at(13, 0)), true),
            ((at(10, 0), at(11, 0)), true),
            ((at(8, 0), at(14, 0)), true),
            ((at(8, 0), at(9, 1)), true),
            ((at(12, 59), at(15, 0)), true),
            ((at(7, 0), at(9, 0)), false),
            ((at(13, 0), at(15, 0)), false),
            ((at(6, 0), at(7, 0)), false),
            ((at(15, 0), at(16, 0)), false),
        ];
        for (other, expected) in cases {
            assert_eq!(overlap(nine_to_one, other), expected, "{other:?}");
            assert_eq!(overlap(other, nine_to_one), expected, "{other:?}");
        }
    }
}
