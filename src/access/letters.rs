//! Letters about accounts: those that carry one-time links, and one to who is registered already.

use super::{
    AccountId, LinkPurpose,
    queries::{self, Known},
    waiting,
};
use crate::{
    error::AppError,
    messages::{Letter, NewMessage, Sample, enqueue},
    paths::{self, Path},
    server::{
        AppState, WriteTx,
        words::{in_language, locale, locale_of},
    },
    t,
    values::Email,
};

/// Puts the letter for a link into the outbox, in the account's own language.
pub(super) async fn send(
    state: &AppState,
    tx: &mut WriteTx,
    account: AccountId,
    purpose: LinkPurpose,
    link: &Path,
) -> Result<(), AppError> {
    let account = queries::account(tx, account)
        .await?
        .ok_or(AppError::NotFound)?;
    let locale = locale_of(&account.locale);
    let base = &state.config.base_url;
    let link = format!("{base}{link}");
    let again = format!("{base}{}", paths::forgotten_password());
    let name = account.given_names;
    let (kind, letter) = in_language(locale, || words(purpose, &name, &link, &again));
    let message = NewMessage {
        person: Some(account.person),
        address: account.email,
        kind,
        locale,
        letter,
        key: None,
        secret: Some(link),
        expires_at: Some(state.clock.now() + purpose.lifetime()),
    };
    enqueue(state, tx, message).await
}

/// Puts the letter that finishes a registration into the outbox. It is to whoever reads mail at the
/// address, who may not be the one who typed it: it holds nothing that was typed.
pub(super) async fn finish_registration(
    state: &AppState,
    tx: &mut WriteTx,
    email: &Email,
    link: &Path,
) -> Result<(), AppError> {
    let link = format!("{}{link}", state.config.base_url);
    let message = NewMessage {
        person: None,
        address: email.as_str().to_owned(),
        kind: "registration",
        locale: locale(),
        letter: finish_words(&link),
        key: None,
        secret: Some(link),
        expires_at: Some(state.clock.now() + waiting::lifetime()),
    };
    enqueue(state, tx, message).await
}

/// Tells whoever is registered, in case it was they who tried to register once more, how to get in.
/// Nothing for who has no address.
pub(super) async fn already_known(
    state: &AppState,
    tx: &mut WriteTx,
    known: Known,
) -> Result<(), AppError> {
    let Some(address) = known.address else {
        return Ok(());
    };
    let locale = locale_of(&known.locale);
    let base = &state.config.base_url;
    let link = format!("{base}{}", paths::forgotten_password());
    let name = known.given_names;
    let letter = in_language(locale, || known_words(known.has_account, &name, &link));
    let message = NewMessage {
        person: Some(known.person),
        address,
        kind: "register_known",
        locale,
        letter,
        key: None,
        secret: None,
        expires_at: None,
    };
    enqueue(state, tx, message).await
}

fn words(purpose: LinkPurpose, name: &str, link: &str, again: &str) -> (&'static str, Letter) {
    let (kind, subject, body) = match purpose {
        LinkPurpose::Invitation => (
            "invitation",
            t!(messages.invitation_subject),
            t!(
                messages.invitation_body,
                name = name,
                link = link,
                again = again
            ),
        ),
        LinkPurpose::PasswordReset => (
            "password_reset",
            t!(messages.reset_subject),
            t!(messages.reset_body, name = name, link = link),
        ),
    };
    (kind, Letter { subject, body })
}

fn finish_words(link: &str) -> Letter {
    Letter {
        subject: t!(messages.registration_subject),
        body: t!(messages.registration_body, link = link),
    }
}

fn known_words(has_account: bool, name: &str, link: &str) -> Letter {
    let body = if has_account {
        t!(messages.known_body, name = name, link = link)
    } else {
        t!(messages.known_without_account_body, name = name)
    };
    Letter {
        subject: t!(messages.known_subject),
        body,
    }
}

/// How the letters read, in the language of the moment; their links lead nowhere.
pub fn samples(base_url: &str) -> Vec<Sample> {
    let name = t!(messages.sample.name);
    let link = format!("{base_url}{}", paths::set_password().with("token", "0"));
    let again = format!("{base_url}{}", paths::forgotten_password());
    let with_link = [LinkPurpose::Invitation, LinkPurpose::PasswordReset].map(|purpose| {
        let (kind, letter) = words(purpose, &name, &link, &again);
        Sample { kind, letter }
    });
    let finish = paths::finish_registration().with("token", "0");
    let finish = format!("{base_url}{finish}");
    let mut samples = Vec::from(with_link);
    samples.push(Sample {
        kind: "registration",
        letter: finish_words(&finish),
    });
    samples.push(Sample {
        kind: "register_known",
        letter: known_words(true, &name, &again),
    });
    samples
}
