//! The letters that carry one-time links.

use super::{AccountId, LinkPurpose, queries};
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
