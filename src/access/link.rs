//! One-time links: how somebody without a password gets one.
//!
//! The token travels in the address of the message alone; the database keeps its hash, no log has
//! it. A link works once and for a while. An invitation replaces those before it; of the links to reset
//! a password the two newest work, for anybody may ask for one, and the owner may be reading the
//! letter before. Setting the password uses up all links of the account and signs its other devices
//! out.

use chrono::{DateTime, Duration, Utc};
use sqlx::SqliteConnection;

use super::{
    AccountId, LinkPurpose, NewPassword, letters, queries,
    sign_in::{NewDevice, new_token, start, token_hash},
    throttle,
};
use crate::{
    audit,
    error::{AppError, Reason},
    paths::{self, Path},
    server::{AppState, ClientAddress},
};

pub use super::queries::LinkHolder;

/// Links to reset a password that one account is sent within an hour; the rest is kept silent, so
/// that nobody's mailbox is flooded by somebody else.
const RESETS_AN_HOUR: i64 = 5;

impl LinkPurpose {
    /// How long a link is good.
    pub fn lifetime(self) -> Duration {
        match self {
            Self::Invitation => Duration::days(7),
            Self::PasswordReset => Duration::hours(1),
        }
    }

    /// How many older links of its purpose stay good beside a new one.
    const fn beside(self) -> i64 {
        match self {
            Self::Invitation => 0,
            Self::PasswordReset => 1,
        }
    }
}

impl LinkHolder {
    /// What an attacker would try first as this account's password.
    pub fn about(&self) -> [&str; 3] {
        [&self.email, &self.given_names, &self.paternal_surname]
    }
}

/// Makes a new link; older ones of its purpose die, but for as many as may stand beside it. Gives
/// the address to be sent.
pub(super) async fn issue(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    account: AccountId,
    purpose: LinkPurpose,
) -> Result<Path, AppError> {
    let token = new_token();
    queries::use_up_older_links(connection, account, purpose, purpose.beside(), now).await?;
    let new = queries::NewLink {
        account,
        purpose,
        token_hash: &token_hash(&token),
        now,
        expires_at: now + purpose.lifetime(),
    };
    queries::insert_link(connection, new).await?;
    Ok(paths::set_password().with("token", &token))
}

/// Sends a link to whoever has forgotten their password. Whether there is such an account is not
/// told: not by the answer, and hardly by the time it takes.
/// `TooManyAttempts` for who asks for many from one address of the network.
pub async fn send_reset(
    state: &AppState,
    email: &str,
    address: ClientAddress,
) -> Result<(), AppError> {
    throttle::begin(state, &[throttle::Subject::AskingForLink(address)]).await?;
    let now = state.clock.now();
    let purpose = LinkPurpose::PasswordReset;
    let mut tx = state.database.write().await?;
    let Some(account) = queries::account_by_email(&mut tx, email).await? else {
        return Ok(());
    };
    let sent = queries::links_since(&mut tx, account, purpose, now - Duration::hours(1)).await?;
    if sent >= RESETS_AN_HOUR {
        return Ok(());
    }
    let link = issue(&mut tx, now, account, purpose).await?;
    letters::send(state, &mut tx, account, purpose, &link).await?;
    let event = audit::Event::new("password_reset_ask", "account", account.get());
    audit::record(&mut tx, now, None, event).await?;
    tx.commit().await
}

/// Whose link it is; `None`: used, replaced, too old, or never sent.
pub async fn holder(state: &AppState, token: &str) -> Result<Option<LinkHolder>, AppError> {
    let mut connection = state.database.read().await?;
    let hash = token_hash(token);
    Ok(queries::link_holder(&mut connection, &hash, state.clock.now()).await?)
}

/// Sets the password by a link, and signs this device in.
pub async fn redeem(
    state: &AppState,
    token: &str,
    password: &NewPassword,
    device: &str,
) -> Result<NewDevice, AppError> {
    let hash = state.passwords.hash(password.as_str()).await?;
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let holder = queries::link_holder(&mut tx, &token_hash(token), now).await?;
    let holder = holder.ok_or(Reason::LinkExpired)?;
    if holder.demo && !state.config.is_loopback() {
        return Err(Reason::DemoAccount.into());
    }
    queries::use_up_links(&mut tx, holder.account, now).await?;
    queries::set_password_hash(&mut tx, holder.account, &hash).await?;
    queries::end_sign_ins(&mut tx, holder.account, None, now).await?;
    let event = audit::Event::new("password_set_by_link", "account", holder.account.get());
    audit::record(&mut tx, now, Some(holder.account), event).await?;
    throttle::forgive(&mut tx, state, holder.account, &holder.email).await?;
    let device = start(state, &mut tx, holder.account, device).await?;
    tx.commit().await?;
    Ok(device)
}
