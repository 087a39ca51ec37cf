//! Telling a person what became of their enrolment, in their own language.

use chrono::{DateTime, NaiveTime, Utc};
use sqlx::SqliteConnection;

use super::StepReason;
use crate::{
    courses::{About, EditionHeader, EditionId},
    enrolment::{EnrolmentId, EnrolmentState, queries, quota::NoSeat, words},
    error::AppError,
    messages::{self, Letter, Sample},
    paths,
    people::PersonId,
    server::{AppState, clock::from_lima},
    t,
    ui::time,
};

/// What a person is told.
#[derive(Clone, Copy, Debug)]
pub(super) enum News<'a> {
    /// They asked for a seat.
    Requested,
    /// The seat is theirs.
    Enrolled,
    /// They are on the waiting list, and why.
    Waiting(NoSeat),
    /// They waited, and now the seat is theirs.
    Promoted,
    /// They waited, and now a seat is theirs to take until then, under this link.
    Offered { until: DateTime<Utc>, link: &'a str },
    /// They did not answer in time.
    OfferOver,
    /// Their request was declined.
    Declined(&'a StepReason),
    /// The edition takes place on other days or elsewhere.
    Moved,
    /// The coordinator withdrew them.
    Withdrawn(&'a StepReason),
    /// The edition in which they stood there was cancelled.
    Cancelled(EnrolmentState, &'a StepReason),
    /// The edition in which they teach was cancelled.
    TeachingCancelled(&'a StepReason),
}

/// Where a letter leads.
struct Links {
    page: String,
    calendar: String,
}

impl Links {
    fn of(base_url: &str, edition: EditionId) -> Self {
        Self {
            page: format!("{base_url}{}", paths::edition(edition)),
            calendar: format!("{base_url}{}", paths::edition_ics(edition)),
        }
    }
}

impl News<'_> {
    const fn kind(self) -> &'static str {
        match self {
            Self::Requested => "enrolment_requested",
            Self::Enrolled => "enrolment_enrolled",
            Self::Waiting(_) => "enrolment_waiting",
            Self::Promoted => "enrolment_promoted",
            Self::Offered { .. } => "enrolment_offered",
            Self::OfferOver => "enrolment_offer_over",
            Self::Declined(_) => "enrolment_declined",
            Self::Withdrawn(_) => "enrolment_withdrawn",
            Self::Moved => "edition_moved",
            Self::Cancelled(..) | Self::TeachingCancelled(_) => "edition_cancelled",
        }
    }

    /// The whole letter, in the language of the moment.
    fn letter(self, name: &str, edition: &About, links: &Links) -> Letter {
        let calendar = matches!(self, Self::Enrolled | Self::Promoted | Self::Moved)
            .then(|| t!(enrolment.mail.calendar, link = links.calendar.as_str()));
        let body = [
            Some(t!(messages.greeting, name = name)),
            Some(self.text(&edition.title())),
            Some(edition.facts()),
            calendar,
            Some(self.ending(&links.page)),
        ];
        Letter {
            subject: self.subject(&edition.course_title),
            body: body.into_iter().flatten().collect::<Vec<_>>().join("\n\n"),
        }
    }

    fn subject(self, course: &str) -> String {
        match self {
            Self::Requested => t!(enrolment.mail.requested_subject, course = course),
            Self::Moved => t!(enrolment.mail.moved_subject, course = course),
            Self::Enrolled => t!(enrolment.mail.enrolled_subject, course = course),
            Self::Waiting(_) => t!(enrolment.mail.waiting_subject, course = course),
            Self::Promoted => t!(enrolment.mail.promoted_subject, course = course),
            Self::Offered { .. } => t!(enrolment.mail.offered_subject, course = course),
            Self::OfferOver => t!(enrolment.mail.offer_over_subject, course = course),
            Self::Declined(_) => t!(enrolment.mail.declined_subject, course = course),
            Self::Withdrawn(_) => t!(enrolment.mail.withdrawn_subject, course = course),
            Self::Cancelled(..) | Self::TeachingCancelled(_) => {
                t!(enrolment.mail.cancelled_subject, course = course)
            }
        }
    }

    /// The link that is theirs alone, and until when the letter is of use.
    fn secret(self) -> (Option<String>, Option<DateTime<Utc>>) {
        match self {
            Self::Offered { until, link } => (Some(link.to_owned()), Some(until)),
            _ => (None, None),
        }
    }

    /// What can still be done; who has no seat any more cannot give it back.
    fn ending(self, link: &str) -> String {
        match self {
            Self::Enrolled | Self::Waiting(_) | Self::Promoted | Self::Moved => {
                t!(enrolment.mail.closing, link = link)
            }
            _ => t!(enrolment.mail.ending, link = link),
        }
    }

    fn text(self, edition: &str) -> String {
        match self {
            Self::Requested => t!(enrolment.mail.requested, edition = edition),
            Self::Moved => t!(enrolment.mail.moved, edition = edition),
            Self::Enrolled => t!(enrolment.mail.enrolled, edition = edition),
            Self::Waiting(why) => {
                let why = words::no_seat(why);
                t!(enrolment.mail.waiting, edition = edition, why = why)
            }
            Self::Promoted => t!(enrolment.mail.promoted, edition = edition),
            Self::Offered { until, link } => {
                let until = time::date_time(until);
                t!(
                    enrolment.mail.offered,
                    edition = edition,
                    until = until,
                    link = link
                )
            }
            Self::OfferOver => t!(enrolment.mail.offer_over, edition = edition),
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

/// Tells everybody with a seat that the edition takes place on other days or elsewhere.
pub(super) async fn tell_moved(
    state: &AppState,
    connection: &mut SqliteConnection,
    edition: &EditionHeader,
) -> Result<(), AppError> {
    let before = format!("{}:{}:", News::Moved.kind(), edition.id);
    messages::withdraw(state, connection, &before).await?;
    for row in queries::open(connection, edition.id).await? {
        if row.state == EnrolmentState::Enrolled {
            let key = format!("{before}{}:{}", edition.version, row.id);
            send(state, connection, row.person, edition, News::Moved, key).await?;
        }
    }
    Ok(())
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
    let links = Links::of(&state.config.base_url, edition.id);
    let (secret, expires_at) = news.secret();
    let told = messages::News {
        person,
        edition: edition.id,
        kind: news.kind(),
        key: Some(key),
        secret,
        expires_at,
    };
    let about = About::from(edition);
    let words = |name: &str| news.letter(name, &about, &links);
    messages::tell(state, connection, told, words).await
}

/// How the letters read, in the language of the moment.
pub fn samples(base_url: &str) -> Vec<Sample> {
    let (name, about) = (t!(messages.sample.name), About::invented());
    let reason = StepReason::parse(&t!(messages.sample.reason)).expect("a short reason");
    let links = Links::of(base_url, EditionId::new(1));
    let offer = format!("{base_url}/offers/…");
    let all = [
        News::Requested,
        News::Enrolled,
        News::Waiting(NoSeat::Full),
        News::Promoted,
        News::Offered {
            until: from_lima(about.starts_on.and_time(NaiveTime::MIN)),
            link: &offer,
        },
        News::OfferOver,
        News::Declined(&reason),
        News::Withdrawn(&reason),
        News::Moved,
        News::Cancelled(EnrolmentState::Enrolled, &reason),
        News::TeachingCancelled(&reason),
    ];
    let sample = |news: News<'_>| Sample {
        kind: news.kind(),
        letter: news.letter(&name, &about, &links),
    };
    all.map(sample).into()
}
