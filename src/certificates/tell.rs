//! Telling a person about their certificate, in their own language.

use sqlx::SqliteConnection;

use super::{CertificateKind, Code, queries, words};
use crate::{
    courses::EditionHeader,
    error::AppError,
    messages::{self, NewMessage},
    paths::{self, Path},
    people::PersonId,
    server::{
        AppState,
        words::{in_language, locale_of},
    },
    t,
};

/// What a person is told.
#[derive(Clone, Copy, Debug)]
pub(super) enum News<'a> {
    /// A certificate was issued.
    Ready {
        kind: CertificateKind,
        code: &'a Code,
    },
    /// It was revoked.
    Revoked {
        kind: CertificateKind,
        reason: &'a str,
    },
}

impl News<'_> {
    const fn kind(self) -> &'static str {
        match self {
            Self::Ready { .. } => "certificate_ready",
            Self::Revoked { .. } => "certificate_revoked",
        }
    }

    fn subject(self, course: &str) -> String {
        match self {
            Self::Ready { .. } => t!(certificates.mail.ready_subject, course = course),
            Self::Revoked { .. } => t!(certificates.mail.revoked_subject, course = course),
        }
    }

    /// The paragraphs between greeting and end. `address` makes a path absolute.
    fn text(self, edition: &str, address: impl Fn(Path) -> String) -> Vec<String> {
        match self {
            Self::Ready { kind, code } => vec![
                t!(
                    certificates.mail.ready,
                    kind = words::kind(kind),
                    edition = edition
                ),
                t!(
                    certificates.mail.download,
                    link = address(paths::my_certificates())
                ),
                t!(
                    certificates.mail.verify,
                    link = address(paths::verify_code(code))
                ),
            ],
            Self::Revoked { kind, reason } => vec![t!(
                certificates.mail.revoked,
                kind = words::kind(kind),
                edition = edition,
                reason = reason
            )],
        }
    }
}

/// Puts the message into the outbox, if the person has an e-mail address.
pub(super) async fn tell(
    state: &AppState,
    connection: &mut SqliteConnection,
    person: PersonId,
    edition: &EditionHeader,
    news: News<'_>,
) -> Result<(), AppError> {
    let Some(recipient) = queries::recipient(connection, person).await? else {
        return Ok(());
    };
    let locale = locale_of(&recipient.locale);
    let address = |path: Path| format!("{}{path}", state.config.base_url);
    let (subject, body) = in_language(locale, || {
        let greeting = t!(
            certificates.mail.greeting,
            name = recipient.given_names.as_str()
        );
        let mut body = vec![greeting];
        body.extend(news.text(&edition.title(), address));
        (news.subject(&edition.course_title), body.join("\n\n"))
    });
    let message = NewMessage {
        person,
        address: recipient.address,
        kind: news.kind(),
        locale,
        subject,
        body,
    };
    messages::enqueue(connection, state.clock.now(), message).await
}
