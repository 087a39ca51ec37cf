//! Addresses that somebody typed when registering and nobody has ever shown to be theirs.
//!
//! Where there is no mail server, who registers is signed in without a letter, so a stranger can take
//! anybody's address. It keeps
//! nobody out: when the staff invite a person of that address, it goes to them, for the invitation
//! is read by whoever has the mailbox. The account that had it is disabled and keeps the rest of
//! its history. An address is proven once a letter sent to it was answered: by setting a password, or
//! by finishing a registration ([`super::waiting`]); and an account that was granted a role is known
//! to the staff.

use chrono::{DateTime, Utc};
use serde_json::json;
use sqlx::SqliteConnection;

use super::{AccountId, InvitePerson, Permit, queries};
use crate::{
    audit::{self, Event},
    error::{AppError, Reason},
    people::operations::forget_email,
    values::Email,
};

/// Makes an address free for whoever is invited. `EmailTaken` where its holder has proven it.
pub(super) async fn make_free(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    permit: &Permit<InvitePerson>,
    email: &Email,
) -> Result<(), AppError> {
    let Some(holder) = queries::account_with_email(connection, email.as_str()).await? else {
        return Ok(());
    };
    if !queries::is_unproven(connection, holder.account).await? {
        return Err(Reason::EmailTaken.into());
    }
    let instead = nobodys(holder.account);
    queries::set_email(connection, holder.account, &instead).await?;
    forget_email(connection, holder.person, email).await?;
    queries::set_disabled(connection, holder.account, Some(now)).await?;
    queries::end_sign_ins(connection, holder.account, None, now).await?;
    queries::use_up_links(connection, holder.account, now).await?;
    let event = Event::new("email_supersede", "account", holder.account.get())
        .before(&json!({ "email": email }))
        .after(&json!({ "email": instead }));
    audit::record_permitted(connection, now, permit, event).await
}

/// An address that no letter can reach: accounts must have one, each its own.
fn nobodys(account: AccountId) -> String {
    format!("unproven-{account}@capacita.invalid")
}
