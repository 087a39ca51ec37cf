//! The head of an edition: what every one of its pages shows, loaded once.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::SqliteConnection;

use super::{
    CourseId, CourseKind, EditionId, EditionState, Language, Modality, ProgramId, VenueId, queries,
    words,
};
use crate::{
    access::{Place, Viewer, demand, may, policy::ActionKind},
    error::AppError,
    people::Department,
};

/// An edition with its course, its place and its counts.
#[derive(Clone, Debug)]
pub struct EditionHeader {
    /// The edition.
    pub id: EditionId,
    /// Its course.
    pub course: CourseId,
    /// The course's title.
    pub course_title: String,
    /// The course's kind.
    pub kind: CourseKind,
    /// Its program.
    pub program: ProgramId,
    /// The program's name.
    pub program_name: String,
    /// 1, 2, 3 … within the course.
    pub number: i64,
    /// Where it stands.
    pub state: EditionState,
    /// Why it was cancelled, or last reopened.
    pub state_reason: Option<String>,
    /// Since when it stands there.
    pub state_at: DateTime<Utc>,
    /// How it is held.
    pub modality: Modality,
    /// The language it is taught in.
    pub language: Language,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
    /// Its venue.
    pub venue_id: Option<VenueId>,
    /// The venue's name.
    pub venue: Option<String>,
    /// The department it takes place in; none where it is nowhere in particular.
    pub department: Option<Department>,
    /// Seats; none when there is no limit.
    pub seats: Option<i64>,
    /// Whether people may wait for a seat.
    pub waiting_list: bool,
    /// How many hours whoever is next has to take a seat that comes free; none: it is given at once.
    pub offer_hours: Option<i64>,
    /// Whether requests are decided by the coordinator.
    pub needs_approval: bool,
    /// The first day of the enrolment window.
    pub enrol_from: NaiveDate,
    /// The last day of the enrolment window.
    pub enrol_until: NaiveDate,
    /// What the staff notes for everyone.
    pub notes: String,
    /// The course's planned minutes.
    pub planned_minutes: i64,
    /// The least share of the planned minutes for a constancia, in thousandths. Like all of the
    /// rule: the edition's own since it was announced, the course's while it is a draft.
    pub min_share_permille: i64,
    /// The least grade for a certificado, in tenths of 0–20; none when the course is not graded.
    pub min_grade_tenths: Option<i64>,
    /// Whether excused minutes count as attended.
    pub excused_counts: bool,
    /// For optimistic locking.
    pub version: i64,
    /// How many sessions it has.
    pub sessions: i64,
    /// How many people hold a seat.
    pub enrolled: i64,
    /// How many wait for one.
    pub waiting: i64,
    /// Of these: who is offered a seat and has not answered.
    pub offered: i64,
    /// How many requests nobody has decided yet.
    pub requested: i64,
    /// How many of its sessions, self-paced ones apart, are not marked for everybody yet.
    pub unmarked: i64,
}

impl EditionHeader {
    /// Where it belongs, for asking what a viewer may do there.
    pub fn place(&self) -> Place {
        Place {
            program: Some(self.program),
            edition: Some(self.id),
            public: self.state != EditionState::Draft,
            ..Place::default()
        }
    }

    /// Whether somebody may do this with it.
    pub fn allows(&self, viewer: Option<&Viewer>, kind: ActionKind) -> bool {
        viewer.is_some_and(|viewer| may(viewer, kind, self.place()))
    }

    /// "Cadena de custodia, edición 2".
    pub fn title(&self) -> String {
        words::edition_title(&self.course_title, self.number)
    }

    /// Whether nothing in it may change any more: closed, or cancelled.
    pub const fn is_locked(&self) -> bool {
        matches!(self.state, EditionState::Closed | EditionState::Cancelled)
    }

    /// Whether people may enrol by themselves on that day: the window is open in its state and on
    /// its calendar.
    pub fn is_enrolment_open(&self, today: NaiveDate) -> bool {
        self.state == EditionState::Enrolling
            && (self.enrol_from..=self.enrol_until).contains(&today)
    }

    /// Where it takes place, in words: venue and department, whichever are known.
    pub fn whereabouts(&self) -> Option<String> {
        super::pages::whereabouts(self.venue.as_deref(), self.department)
    }
}

/// The head of an edition, for whoever may know of it: drafts are found by their staff alone.
pub async fn visible_header(
    connection: &mut SqliteConnection,
    viewer: Option<&Viewer>,
    edition: EditionId,
) -> Result<EditionHeader, AppError> {
    let header = queries::header(connection, edition)
        .await?
        .ok_or(AppError::NotFound)?;
    let visible =
        header.state != EditionState::Draft || header.allows(viewer, ActionKind::ReadEdition);
    if visible {
        Ok(header)
    } else {
        Err(AppError::NotFound)
    }
}

/// The head of an edition, for whoever may do this there: all that a page needs which only reads.
pub async fn header_for(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    edition: EditionId,
    kind: ActionKind,
) -> Result<EditionHeader, AppError> {
    let header = queries::header(connection, edition)
        .await?
        .ok_or(AppError::NotFound)?;
    demand(viewer, kind, &header.place())?;
    Ok(header)
}
