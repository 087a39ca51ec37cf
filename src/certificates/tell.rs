//! Telling a person about their certificate, in their own language.

use sqlx::SqliteConnection;

use super::{CertificateId, CertificateKind, Code, words};
use crate::{
    courses::{About, EditionHeader},
    error::AppError,
    messages::{self, Letter, Sample},
    paths::{self, Path},
    people::PersonId,
    server::AppState,
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

    /// The whole letter, in the language of the moment.
    fn letter(self, name: &str, edition: &About, address: impl Fn(Path) -> String) -> Letter {
        let mut body = vec![t!(messages.greeting, name = name)];
        body.extend(self.text(&edition.title(), address));
        Letter {
            subject: self.subject(&edition.course_title),
            body: body.join("\n\n"),
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

/// Tells the person; nobody is told the same thing of one certificate twice.
pub(super) async fn tell(
    state: &AppState,
    connection: &mut SqliteConnection,
    person: PersonId,
    edition: &EditionHeader,
    certificate: CertificateId,
    news: News<'_>,
) -> Result<(), AppError> {
    let told = messages::News {
        person,
        edition: edition.id,
        kind: news.kind(),
        key: Some(format!("{}:{certificate}", news.kind())),
        secret: None,
        expires_at: None,
    };
    let address = |path: Path| format!("{}{path}", state.config.base_url);
    let about = About::from(edition);
    let words = |name: &str| news.letter(name, &about, address);
    messages::tell(state, connection, told, words).await?;
    Ok(())
}

/// How the letters read, in the language of the moment.
pub fn samples(base_url: &str) -> Vec<Sample> {
    let address = |path: Path| format!("{base_url}{path}");
    let (name, about) = (t!(messages.sample.name), About::invented());
    let (kind, code) = (CertificateKind::Certificado, Code::from_random([7; 26]));
    let reason = t!(messages.sample.reason);
    let all = [
        News::Ready { kind, code: &code },
        News::Revoked {
            kind,
            reason: &reason,
        },
    ];
    let sample = |news: News<'_>| Sample {
        kind: news.kind(),
        letter: news.letter(&name, &about, address),
    };
    all.map(sample).into()
}
