//! A self-paced session with all that its pages and rules need to know around it.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use super::{queries, trail};
use crate::{
    access::{Place, Viewer, may, policy::ActionKind},
    courses::{CourseId, EditionId, EditionState, ProgramId, words},
    error::AppError,
    sessions::SessionId,
};

/// A self-paced session, its edition, course and program.
#[derive(Clone, Debug)]
pub struct Unit {
    /// The session.
    pub session: SessionId,
    /// Its title.
    pub title: String,
    /// When it opens.
    pub starts_at: DateTime<Utc>,
    /// When it closes.
    pub ends_at: DateTime<Utc>,
    /// What finishing it is worth, in minutes.
    pub planned_minutes: i64,
    /// The edition.
    pub edition: EditionId,
    /// The edition's number within its course.
    pub number: i64,
    /// Where the edition stands.
    pub state: EditionState,
    /// The course.
    pub course: CourseId,
    /// The course's title.
    pub course_title: String,
    /// The least share of the edition's minutes for a constancia, in thousandths.
    pub min_share_permille: i64,
    /// The program.
    pub program: ProgramId,
    /// The program's name.
    pub program_name: String,
}

impl Unit {
    /// Where it belongs, for asking what a viewer may do there.
    pub fn place(&self) -> Place {
        Place {
            program: Some(self.program),
            edition: Some(self.edition),
            public: self.state != EditionState::Draft,
            ..Place::default()
        }
    }

    /// Whether somebody may do this with it.
    pub fn allows(&self, viewer: &Viewer, kind: ActionKind) -> bool {
        may(viewer, kind, self.place())
    }

    /// Whether its steps may be done now.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        trail::is_open(self.state, self.starts_at, self.ends_at, now)
    }

    /// Whether nothing in its edition may change any more.
    pub const fn is_locked(&self) -> bool {
        matches!(self.state, EditionState::Closed | EditionState::Cancelled)
    }

    /// "Cadena de custodia, edición 2".
    pub fn edition_title(&self) -> String {
        words::edition_title(&self.course_title, self.number)
    }
}

/// A self-paced session; `NotFound` when there is none, or it is held in another way.
pub async fn find(connection: &mut SqliteConnection, session: SessionId) -> Result<Unit, AppError> {
    queries::unit(connection, session)
        .await?
        .ok_or(AppError::NotFound)
}
