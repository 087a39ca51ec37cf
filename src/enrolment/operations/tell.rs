//! Telling a person what became of their enrolment, in their own language.

use sqlx::SqliteConnection;

use super::StepReason;
use crate::{
    courses::EditionHeader,
    enrolment::{EnrolmentId, EnrolmentState},
    error::AppError,
    messages::{self, Letter},
    paths,
    people::PersonId,
    server::AppState,
    t,
    ui::time,
};

/// What a person is told.
#[derive(Clone, Copy, Debug)]
pub(super) enum News<'a> {
    /// The seat is theirs.
    Enrolled,
    /// They are on the waiting list.
    Waiting,
    /// They waited, and now the seat is theirs.
    Promoted,
    /// Their request was declined.
    Declined(&'a StepReason),
    /// The coordinator withdrew them.
    Withdrawn(&'a StepReason),
    /// The edition in which they stood there was cancelled.
    Cancelled(EnrolmentState, &'a StepReason),
    /// The edition in which they teach was cancelled.
    TeachingCancelled(&'a StepReason),
}

impl News<'_> {
    /// What a new enrolment means; a request is news only once it is decided.
    pub(super) const fn of_entry(state: EnrolmentState) -> Option<Self> {
        match state {
            EnrolmentState::Enrolled => Some(Self::Enrolled),
            EnrolmentState::Waiting => Some(Self::Waiting),
            _ => None,
        }
    }

    const fn kind(self) -> &'static str {
        match self {
            Self::Enrolled => "enrolment_enrolled",
            Self::Waiting => "enrolment_waiting",
            Self::Promoted => "enrolment_promoted",
            Self::Declined(_) => "enrolment_declined",
            Self::Withdrawn(_) => "enrolment_withdrawn",
            Self::Cancelled(..) | Self::TeachingCancelled(_) => "edition_cancelled",
        }
    }

    /// The whole letter, in the language of the moment.
    fn letter(self, name: &str, edition: &EditionHeader, page: &str) -> Letter {
        let body = [
            t!(enrolment.mail.greeting, name = name),
            self.text(&edition.title()),
            facts(edition),
            self.ending(page),
        ];
        Letter {
            subject: self.subject(&edition.course_title),
            body: body.join("\n\n"),
        }
    }

    fn subject(self, course: &str) -> String {
        match self {
            Self::Enrolled => t!(enrolment.mail.enrolled_subject, course = course),
            Self::Waiting => t!(enrolment.mail.waiting_subject, course = course),
            Self::Promoted => t!(enrolment.mail.promoted_subject, course = course),
            Self::Declined(_) => t!(enrolment.mail.declined_subject, course = course),
            Self::Withdrawn(_) => t!(enrolment.mail.withdrawn_subject, course = course),
            Self::Cancelled(..) | Self::TeachingCancelled(_) => {
                t!(enrolment.mail.cancelled_subject, course = course)
            }
        }
    }

    /// What can still be done; who has no seat any more cannot give it back.
    fn ending(self, link: &str) -> String {
        match self {
            Self::Enrolled | Self::Waiting | Self::Promoted => {
                t!(enrolment.mail.closing, link = link)
            }
            _ => t!(enrolment.mail.ending, link = link),
        }
    }

    fn text(self, edition: &str) -> String {
        match self {
            Self::Enrolled => t!(enrolment.mail.enrolled, edition = edition),
            Self::Waiting => t!(enrolment.mail.waiting, edition = edition),
            Self::Promoted => t!(enrolment.mail.promoted, edition = edition),
            Self::Declined(reason) => {
                t!(
                    enrolment.mail.declined,
                    edition = edition,
                    reason = reason.as_str()
                )
            }
            Self::Withdrawn(reason) => {
                t!(
                    enrolment.mail.withdrawn,
                    edition = edition,
                    reason = reason.as_str()
                )
            }
            Self::Cancelled(EnrolmentState::Enrolled, reason) => {
                t!(
                    enrolment.mail.cancelled_enrolled,
                    edition = edition,
                    reason = reason.as_str()
                )
            }
            Self::Cancelled(_, reason) => {
                t!(
                    enrolment.mail.cancelled_asked,
                    edition = edition,
                    reason = reason.as_str()
                )
            }
            Self::TeachingCancelled(reason) => {
                t!(
                    enrolment.mail.cancelled_teaching,
                    edition = edition,
                    reason = reason.as_str()
                )
            }
        }
    }
}

/// Tells the person of an enrolment; whether by e-mail. Nobody is told the same thing of one
/// enrolment twice.
pub(super) async fn tell(
    state: &AppState,
    connection: &mut SqliteConnection,
    enrolment: (EnrolmentId, PersonId),
    edition: &EditionHeader,
    news: News<'_>,
) -> Result<bool, AppError> {
    let (enrolment, person) = enrolment;
    let key = format!("{}:{enrolment}", news.kind());
    send(state, connection, person, edition, news, key).await
}

/// Tells a facilitator of the edition; whether by e-mail.
pub(super) async fn tell_facilitator(
    state: &AppState,
    connection: &mut SqliteConnection,
    person: PersonId,
    edition: &EditionHeader,
    news: News<'_>,
) -> Result<bool, AppError> {
    let key = format!("{}:edition:{}:{person}", news.kind(), edition.id);
    send(state, connection, person, edition, news, key).await
}

async fn send(
    state: &AppState,
    connection: &mut SqliteConnection,
    person: PersonId,
    edition: &EditionHeader,
    news: News<'_>,
    key: String,
) -> Result<bool, AppError> {
    let page = format!("{}{}", state.config.base_url, paths::edition(edition.id));
    let told = messages::News {
        person,
        edition: edition.id,
        kind: news.kind(),
        key: Some(key),
        expires_at: None,
    };
    messages::tell(state, connection, told, |name| {
        news.letter(name, edition, &page)
    })
    .await
}

/// When and where, a line each.
fn facts(edition: &EditionHeader) -> String {
    let dates = time::date_range(edition.starts_on, edition.ends_on);
    let when = t!(enrolment.mail.dates, dates = dates);
    match edition.whereabouts() {
        Some(place) => format!("{when}\n{}", t!(enrolment.mail.place, place = place)),
        None => when,
    }
}
