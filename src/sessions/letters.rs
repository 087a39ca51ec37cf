//! What people are told of one session: a reminder, that it is held otherwise, that it is not held.
//!
//! Where it meets online stands in letters to who has a seat or teaches, and nowhere else.

use chrono::{DateTime, Duration, Utc};
use sqlx::SqliteConnection;

use super::{Session, SessionId, queries};
use crate::{
    courses::{About, EditionHeader, EditionId, EditionState, Modality},
    error::AppError,
    messages::{self, Letter, Sample},
    paths,
    server::{AppState, Services},
    t,
    ui::time,
};

/// What is told of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionNews {
    /// It is near.
    Reminder,
    /// It is held at another time, elsewhere, or meets online under another address.
    Moved,
    /// It is not held.
    Cancelled,
}

/// What a letter says of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AboutSession {
    /// What it is about.
    pub title: String,
    /// The course's title.
    pub course_title: String,
    /// "Cadena de custodia, edición 2" is made of it.
    pub number: i64,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
    /// Where it is held.
    pub place: Option<String>,
    /// Where it meets online.
    pub link: Option<String>,
}

impl AboutSession {
    fn of(session: &Session, edition: &EditionHeader) -> Self {
        let meets = matches!(session.modality, Modality::InPerson | Modality::Hybrid);
        let place = session.venue.clone().or_else(|| edition.whereabouts());
        Self {
            title: session.title.clone(),
            course_title: edition.course_title.clone(),
            number: edition.number,
            starts_at: session.starts_at,
            ends_at: session.ends_at,
            place: place.filter(|_| meets),
            link: session.meeting_link.clone(),
        }
    }

    /// When and where, a line each.
    fn facts(&self) -> String {
        let when = time::time_range(self.starts_at, self.ends_at);
        let place = self.place.as_deref();
        let link = self.link.as_deref();
        let lines = [
            Some(t!(messages.when, when = when)),
            place.map(|place| t!(messages.place, place = place)),
            link.map(|link| t!(messages.join, link = link)),
        ];
        lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
    }
}

impl SessionNews {
    /// As messages name it.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Reminder => "session_reminder",
            Self::Moved => "session_moved",
            Self::Cancelled => "session_cancelled",
        }
    }

    /// What the keys of its messages about one session begin with.
    pub fn key(self, session: SessionId) -> String {
        format!("{}:{session}:", self.kind())
    }

    /// The whole letter, in the language of the moment.
    pub fn letter(self, name: &str, about: &AboutSession, page: &str) -> Letter {
        let (session, course) = (about.title.as_str(), about.course_title.as_str());
        let edition = crate::courses::words::edition_title(course, about.number);
        let (subject, text) = match self {
            Self::Reminder => (
                t!(sessions.mail.reminder_subject, course = course),
                t!(sessions.mail.reminder, session = session, edition = edition),
            ),
            Self::Moved => (
                t!(sessions.mail.moved_subject, course = course),
                t!(sessions.mail.moved, session = session, edition = edition),
            ),
            Self::Cancelled => (
                t!(sessions.mail.cancelled_subject, course = course),
                t!(
                    sessions.mail.cancelled,
                    session = session,
                    edition = edition
                ),
            ),
        };
        let body = [
            t!(messages.greeting, name = name),
            text,
            about.facts(),
            t!(sessions.mail.ending, link = page),
        ];
        Letter {
            subject,
            body: body.join("\n\n"),
        }
    }
}

/// The page that a letter leads to.
pub fn page(state: &Services, edition: EditionId) -> String {
    format!("{}{}", state.config.base_url, paths::edition(edition))
}

/// Takes back what was not told yet of a session.
pub(crate) async fn forget(
    state: &AppState,
    connection: &mut SqliteConnection,
    session: SessionId,
) -> Result<(), AppError> {
    for news in [SessionNews::Reminder, SessionNews::Moved] {
        messages::withdraw(state, connection, &news.key(session)).await?;
    }
    Ok(())
}

/// Tells who has a seat or teaches that a session was changed, when that changes where they have to
/// be and when. What is corrected afterwards is nobody's news.
pub(super) async fn tell_change(
    state: &AppState,
    connection: &mut SqliteConnection,
    edition: &EditionHeader,
    before: &Session,
) -> Result<(), AppError> {
    let Some(after) = queries::find(connection, before.id).await? else {
        return Ok(());
    };
    let named = |session: &Session| {
        let about = AboutSession::of(session, edition);
        (about.starts_at, about.ends_at, about.place, about.link)
    };
    if named(before) == named(&after) || after.starts_at <= state.clock.now() {
        return Ok(());
    }
    forget(state, connection, before.id).await?;
    tell(state, connection, edition, &after, SessionNews::Moved).await
}

/// Tells who has a seat or teaches that a session will not be held.
pub(super) async fn tell_deleted(
    state: &AppState,
    connection: &mut SqliteConnection,
    edition: &EditionHeader,
    session: &Session,
) -> Result<(), AppError> {
    forget(state, connection, session.id).await?;
    if session.starts_at <= state.clock.now() {
        return Ok(());
    }
    tell(state, connection, edition, session, SessionNews::Cancelled).await
}

async fn tell(
    state: &AppState,
    connection: &mut SqliteConnection,
    edition: &EditionHeader,
    session: &Session,
    news: SessionNews,
) -> Result<(), AppError> {
    let public = [
        EditionState::Announced,
        EditionState::Enrolling,
        EditionState::Running,
    ];
    if session.is_self_paced() || !public.contains(&edition.state) {
        return Ok(());
    }
    let mut about = AboutSession::of(session, edition);
    if news == SessionNews::Cancelled {
        about.link = None;
    }
    let page = page(state, edition.id);
    let (version, begins) = (session.version, session.starts_at.timestamp());
    for person in queries::concerned(connection, edition.id).await? {
        let told = messages::News {
            person,
            edition: edition.id,
            kind: news.kind(),
            key: Some(format!(
                "{}{version}:{begins}:{person}",
                news.key(session.id)
            )),
            secret: None,
            expires_at: Some(session.starts_at),
        };
        let words = |name: &str| news.letter(name, &about, &page);
        messages::tell(state, connection, told, words).await?;
    }
    Ok(())
}

/// How the letters read, in the language of the moment.
pub fn samples(base_url: &str) -> Vec<Sample> {
    let edition = About::invented();
    let starts_at = time::from_lima(
        edition
            .starts_on
            .and_hms_opt(9, 0, 0)
            .expect("a time of day"),
    );
    let about = AboutSession {
        title: t!(messages.sample.session),
        course_title: edition.course_title,
        number: edition.number,
        starts_at,
        ends_at: starts_at + Duration::hours(4),
        place: edition.place,
        link: None,
    };
    let page = format!("{base_url}{}", paths::edition(EditionId::new(1)));
    let name = t!(messages.sample.name);
    let all = [
        SessionNews::Reminder,
        SessionNews::Moved,
        SessionNews::Cancelled,
    ];
    let sample = |news: SessionNews| Sample {
        kind: news.kind(),
        letter: news.letter(&name, &about, &page),
    };
    all.map(sample).into()
}
