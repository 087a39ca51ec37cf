//! Putting a message into the outbox.

use capacita_locales::Locale;
use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use super::queries;
use crate::{error::AppError, people::PersonId, server::words::locale_code};

/// One message to one person, in words ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMessage {
    /// Who is told.
    pub person: PersonId,
    /// The e-mail address it goes to, as it is at this moment.
    pub address: String,
    /// What it is about, in `snake_case`, at most 40 characters: `enrolment_promoted`.
    pub kind: &'static str,
    /// The language it is written in.
    pub locale: Locale,
    /// One line; what exceeds 200 characters is cut off.
    pub subject: String,
    /// Plain text of many lines, at most 10,000 characters.
    pub body: String,
}

/// Writes a message to the outbox, in the transaction of the change it tells of.
pub async fn enqueue(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    message: NewMessage,
) -> Result<(), AppError> {
    let message = NewMessage {
        subject: one_line(&message.subject),
        ..message
    };
    let locale = locale_code(message.locale);
    Ok(queries::insert(connection, now, locale, &message).await?)
}

/// The longest subject in characters, as the table checks it.
const SUBJECT_MAX: usize = 200;

/// A subject is made of titles that people chose: what is too long ends in an ellipsis.
fn one_line(subject: &str) -> String {
    let line = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= SUBJECT_MAX {
        return line;
    }
    let mut cut: String = line.chars().take(SUBJECT_MAX - 1).collect();
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_one_line_that_fits() {
        assert_eq!(
            one_line("Su  inscripción\r\nBcc: x"),
            "Su inscripción Bcc: x"
        );
        assert_eq!(one_line(&"ñ".repeat(200)), "ñ".repeat(200));
        assert_eq!(one_line(&"ñ".repeat(201)).chars().count(), 200);
    }
}
