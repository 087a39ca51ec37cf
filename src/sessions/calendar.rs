//! Sessions as entries of calendars, and the file of an edition for everybody who may see it.
//!
//! An entry keeps its name for ever, and counts up with every change of the session and of its
//! edition. What is deleted or cancelled stays as a cancelled entry, so that calendars strike it
//! out. Nobody's name is in it; where a session meets online stands only in the private calendar of
//! who has a seat or teaches.

use axum::{
    Extension, Router,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use chrono::{DateTime, Utc};

use super::{SessionId, queries};
use crate::{
    access::Viewer,
    courses::{self, EditionId, EditionState, Modality, visible_header},
    documents::icalendar::{self, Event, EventTime},
    error::AppError,
    paths,
    people::Department,
    server::{AppState, Identity, clock::lima_date, words::in_language},
    t, t_in,
};

/// A session, present or deleted, as calendars must know it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The session.
    pub session: SessionId,
    /// Numbers may be used again after a deletion; this and the number together are not.
    pub created_at: DateTime<Utc>,
    /// Its edition.
    pub edition: EditionId,
    /// The edition's number within the course.
    pub number: i64,
    /// The course's title.
    pub course_title: String,
    /// What it is about.
    pub title: String,
    /// How it is held.
    pub modality: Modality,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
    /// The versions of session and edition together.
    pub version: i64,
    /// Where the edition stands.
    pub state: EditionState,
    /// The session's own venue.
    pub own_venue: Option<String>,
    /// The edition's venue.
    pub venue: Option<String>,
    /// The edition's department.
    pub department: Option<Department>,
    /// Where it meets online.
    pub link: Option<String>,
    /// Whether it was deleted.
    pub deleted: bool,
}

impl Entry {
    /// In the language of the moment.
    pub fn event(&self, base_url: &str, with_link: bool) -> Event {
        let cancelled = self.deleted || self.state == EditionState::Cancelled;
        let url = format!("{base_url}{}", paths::edition(self.edition));
        let link = self.link.as_deref().filter(|_| with_link && !cancelled);
        let edition = courses::words::edition_title(&self.course_title, self.number);
        let mut description = vec![edition];
        description.extend(link.map(|link| t!(messages.join, link = link)));
        description.push(url.clone());
        let session = format!("session-{}-{}", self.session, self.created_at.timestamp());
        Event {
            uid: format!("{session}@capacita"),
            sequence: self.version + i64::from(cancelled),
            time: self.time(),
            summary: self.summary(),
            description: description.join("\n"),
            location: self.place().or_else(|| link.map(str::to_owned)),
            url,
            cancelled,
        }
    }

    /// A self-paced session keeps nobody busy: what matters is its last day.
    fn time(&self) -> EventTime {
        match self.modality {
            Modality::SelfPaced => EventTime::Day(lima_date(self.ends_at)),
            _ => EventTime::Span(self.starts_at, self.ends_at),
        }
    }

    fn summary(&self) -> String {
        let (title, course) = (self.title.as_str(), self.course_title.as_str());
        match self.modality {
            Modality::SelfPaced => t!(sessions.ics.last_day, session = title, course = course),
            _ => t!(sessions.ics.session, session = title, course = course),
        }
    }

    fn place(&self) -> Option<String> {
        let meets = matches!(self.modality, Modality::InPerson | Modality::Hybrid);
        let edition = || courses::pages::whereabouts(self.venue.as_deref(), self.department);
        self.own_venue.clone().or_else(edition).filter(|_| meets)
    }
}

/// Files of this domain.
pub fn routes() -> Router<AppState> {
    Router::new().route("/editions/{id}/sessions.ics", get(edition_file))
}

/// An edition's sessions, for whoever may see the edition.
async fn edition_file(
    State(state): State<AppState>,
    Extension(identity): Extension<Identity>,
    Path(id): Path<String>,
) -> Response {
    match of_edition(&state, &identity, &id).await {
        Ok(text) => as_file("sesiones.ics", text).into_response(),
        Err(AppError::Internal { incident }) => (
            StatusCode::INTERNAL_SERVER_ERROR,
            t_in!(identity.locale, errors.internal, incident = incident),
        )
            .into_response(),
        Err(_) => (
            StatusCode::NOT_FOUND,
            t_in!(identity.locale, errors.not_found),
        )
            .into_response(),
    }
}

async fn of_edition(state: &AppState, identity: &Identity, id: &str) -> Result<String, AppError> {
    let id: EditionId = id.parse().map_err(|_| AppError::NotFound)?;
    let viewer: Option<&Viewer> = identity.viewer.as_ref();
    let mut connection = state.database.read().await?;
    let header = visible_header(&mut connection, viewer, id).await?;
    let entries = queries::entries_of_edition(&mut connection, id).await?;
    let base_url = &state.config.base_url;
    Ok(in_language(identity.locale, || {
        let events: Vec<Event> = entries
            .iter()
            .map(|entry| entry.event(base_url, false))
            .collect();
        icalendar::write(&header.title(), state.clock.now(), &events)
    }))
}

/// A calendar's text with the headers of a file that is never kept on the way.
pub(crate) fn as_file(name: &str, text: String) -> Response {
    let headers = [
        (
            header::CONTENT_TYPE,
            "text/calendar; charset=utf-8".to_owned(),
        ),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    let robots = (
        header::HeaderName::from_static("x-robots-tag"),
        "noindex, nofollow",
    );
    (headers, [robots], text).into_response()
}
