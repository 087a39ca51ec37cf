//! Putting messages into the outbox, taking them back, and what administrators decide.

use capacita_locales::Locale;
use chrono::{DateTime, Utc};
use serde_json::json;
use sqlx::SqliteConnection;

use super::{DeliveryState, MessageId, NoticeId, Trouble, queries};
use crate::{
    access::{Administer, ManageEnrolments, Permit, Viewer, permit},
    audit::{self, Event},
    courses::EditionId,
    error::{AppError, Reason},
    people::PersonId,
    server::{
        AppState, Services,
        secrets::random_key,
        words::{in_language, locale_code, locale_of},
    },
};

/// One message to one person, in words ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMessage {
    /// Who is told; `None`: whoever reads mail at the address. Such a letter needs an end.
    pub person: Option<PersonId>,
    /// The e-mail address it goes to, as it is at this moment.
    pub address: String,
    /// What it is about, in `snake_case`, at most 40 characters: `enrolment_promoted`.
    pub kind: &'static str,
    /// The language it is written in.
    pub locale: Locale,
    /// Subject and text.
    pub letter: Letter,
    /// What it tells of: a second message with the same key is not written.
    pub key: Option<String>,
    /// A one-time link in the text.
    pub secret: Option<String>,
    /// Of no use from then on.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Words to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// One line; what exceeds 200 characters is cut off.
    pub subject: String,
    /// Plain text of many lines, at most 10,000 characters.
    pub body: String,
}

/// A letter as it reads, with invented people and events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// As in [`NewMessage::kind`].
    pub kind: &'static str,
    /// Its words.
    pub letter: Letter,
}

/// Something of an edition that one person is to be told, by e-mail or otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// Who is told.
    pub person: PersonId,
    /// The edition it is about; who runs it tells those without e-mail.
    pub edition: EditionId,
    /// What it is about, as in [`NewMessage::kind`].
    pub kind: &'static str,
    /// What it tells of, as in [`NewMessage::key`].
    pub key: Option<String>,
    /// A link in the text that is theirs alone: who is told by phone is asked instead, so its line
    /// is left out.
    pub secret: Option<String>,
    /// Of no use from then on.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Stands in a text where the secret belongs. Nobody can type it into a name.
const MARK: &str = "\u{fffc}";

/// Writes a message to the outbox, in the transaction of the change it tells of.
pub async fn enqueue(
    state: &Services,
    connection: &mut SqliteConnection,
    message: NewMessage,
) -> Result<(), AppError> {
    let mut body = message.letter.body;
    let secret = message.secret.map(|secret| {
        body = body.replace(&secret, MARK);
        state.secrets.seal(&secret)
    });
    let row = queries::NewRow {
        person: message.person,
        address: &message.address,
        kind: message.kind,
        locale: locale_code(message.locale),
        subject: &one_line(&message.letter.subject),
        body: &body,
        key: message.key.as_deref(),
        secret: secret.as_deref(),
        message_id: &random_key(),
        now: state.clock.now(),
        expires_at: message.expires_at,
    };
    Ok(queries::insert(connection, row).await?)
}

/// Tells somebody, in the transaction of the change it tells of: a message where they have an
/// e-mail address, else a notice for who runs the edition. Gives whether it was a message.
///
/// `words` writes it in the language of whoever is told, and is given their given names.
pub async fn tell(
    state: &Services,
    connection: &mut SqliteConnection,
    news: News,
    words: impl FnOnce(&str) -> Letter,
) -> Result<bool, AppError> {
    let recipient = queries::recipient(connection, news.person).await?;
    let locale = locale_of(&recipient.locale);
    let letter = in_language(locale, || words(&recipient.given_names));
    let Some(address) = recipient.address else {
        let subject = one_line(&letter.subject);
        let body = without_line(&letter.body, news.secret.as_deref());
        let now = state.clock.now();
        queries::insert_notice(connection, &news, &subject, &body, now).await?;
        return Ok(false);
    };
    let message = NewMessage {
        person: Some(news.person),
        address,
        kind: news.kind,
        locale,
        letter,
        key: news.key,
        secret: news.secret,
        expires_at: news.expires_at,
    };
    enqueue(state, connection, message).await?;
    Ok(true)
}

/// Gives a person the letters that went to their address while nobody knew whose it was.
pub async fn give_letters(
    connection: &mut SqliteConnection,
    address: &str,
    person: PersonId,
) -> Result<(), AppError> {
    Ok(queries::give_letters(connection, address, person).await?)
}

/// A text without the lines that hold a secret.
fn without_line(body: &str, secret: Option<&str>) -> String {
    let Some(secret) = secret else {
        return body.to_owned();
    };
    let lines: Vec<&str> = body.lines().filter(|line| !line.contains(secret)).collect();
    lines.join("\n")
}

/// Takes back what was not told yet and whose key begins like this: it is true no longer.
pub async fn withdraw(
    state: &Services,
    connection: &mut SqliteConnection,
    key: &str,
) -> Result<(), AppError> {
    let beyond = format!("{key}\u{10ffff}");
    queries::withdraw_messages(connection, key, &beyond).await?;
    let now = state.clock.now();
    Ok(queries::withdraw_notices(connection, key, &beyond, now).await?)
}

/// A text with its secret in it, or with an ellipsis where the secret was erased; `None` when it was
/// sealed with another key.
pub fn revealed(state: &Services, body: &str, secret: Option<&[u8]>) -> Option<String> {
    let secret = match secret {
        Some(sealed) => state.secrets.open(sealed)?,
        None => "…".to_owned(),
    };
    Some(body.replace(MARK, &secret))
}

/// Queues a message anew that failed or was perhaps sent, at once and with all its attempts.
///
/// `WrongMessageState` when it waits, is being sent or was sent; `MessageExpired` when what is
/// in it is of no use any more.
pub async fn resend(state: &AppState, viewer: &Viewer, message: MessageId) -> Result<(), AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let permit = permit(&mut tx, viewer, Administer).await?;
    let standing = queries::standing(&mut tx, message)
        .await?
        .ok_or(AppError::NotFound)?;
    let stopped = [DeliveryState::Failed, DeliveryState::Uncertain];
    if !stopped.contains(&standing.state) {
        return Err(Reason::WrongMessageState.into());
    }
    let expired = standing.expires_at.is_some_and(|at| at <= now);
    if expired || (standing.body.contains(MARK) && !standing.has_secret) {
        return Err(Reason::MessageExpired.into());
    }
    queries::requeue(&mut tx, message, now).await?;
    decided(
        state,
        &mut tx,
        &permit,
        "message_resend",
        message,
        &standing,
    )
    .await?;
    tx.commit().await
}

/// Gives up a message that waits, failed or was perhaps sent.
///
/// `WrongMessageState` when it is being sent, was sent, or was given up already.
pub async fn give_up(
    state: &AppState,
    viewer: &Viewer,
    message: MessageId,
) -> Result<(), AppError> {
    let mut tx = state.database.write().await?;
    let permit = permit(&mut tx, viewer, Administer).await?;
    let standing = queries::standing(&mut tx, message)
        .await?
        .ok_or(AppError::NotFound)?;
    let open = match standing.state {
        DeliveryState::Queued | DeliveryState::Uncertain => true,
        DeliveryState::Failed => standing.trouble != Some(Trouble::GivenUp),
        DeliveryState::Sending | DeliveryState::Sent => false,
    };
    if !open {
        return Err(Reason::WrongMessageState.into());
    }
    queries::abandon(&mut tx, message).await?;
    decided(
        state,
        &mut tx,
        &permit,
        "message_give_up",
        message,
        &standing,
    )
    .await?;
    tx.commit().await
}

/// Ticks off what somebody was told by telephone or a note; gives the edition.
///
/// `SentAlready` when it was ticked off before.
pub async fn told(
    state: &AppState,
    viewer: &Viewer,
    notice: NoticeId,
) -> Result<EditionId, AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let edition = queries::edition_of_notice(&mut tx, notice)
        .await?
        .ok_or(AppError::NotFound)?;
    let permit = match permit(&mut tx, viewer, ManageEnrolments(edition)).await {
        // The edition may be public; that somebody in it has no e-mail is not.
        Err(AppError::Forbidden) => Err(AppError::NotFound),
        answer => answer,
    }?;
    if !queries::tick_off(&mut tx, notice, permit.account(), now).await? {
        return Err(Reason::SentAlready.into());
    }
    let event = Event::new("notice_tell", "notice", notice.get()).before(&json!({ "told": false }));
    audit::record_permitted(&mut tx, now, &permit, event).await?;
    tx.commit().await?;
    Ok(edition)
}

async fn decided(
    state: &AppState,
    connection: &mut SqliteConnection,
    permit: &Permit<Administer>,
    action: &str,
    message: MessageId,
    before: &queries::Standing,
) -> Result<(), AppError> {
    let event = Event::new(action, "message", message.get())
        .before(&json!({ "state": before.state, "kind": before.kind }));
    audit::record_permitted(connection, state.clock.now(), permit, event).await
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
