//! Letters about accounts: those that carry one-time links, and one to who is registered already.

use super::{
    AccountId, LinkPurpose,
    queries::{self, Known},
};
use crate::{
    error::AppError,
    messages::{NewMessage, enqueue},
    paths::{self, Path},
    server::{
        AppState, WriteTx,
        words::{in_language, locale_of},
    },
    t,
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
    let (kind, subject, body) = in_language(locale, || words(purpose, &name, &link, &again));
    let message = NewMessage {
        person: account.person,
        address: account.email,
        kind,
        locale,
        subject,
        body,
    };
    enqueue(tx, state.clock.now(), message).await
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
    let (subject, body) = in_language(locale, || {
        let body = if known.has_account {
            t!(messages.known_body, name = name, link = link)
        } else {
            t!(messages.known_without_account_body, name = name)
        };
        (t!(messages.known_subject), body)
    });
    let message = NewMessage {
        person: known.person,
        address,
        kind: "register_known",
        locale,
        subject,
        body,
    };
    enqueue(tx, state.clock.now(), message).await
}

fn words(
    purpose: LinkPurpose,
    name: &str,
    link: &str,
    again: &str,
) -> (&'static str, String, String) {
    match purpose {
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
    }
}
