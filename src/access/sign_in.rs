//! Signing in and out: one row a device, revocable, its token known to the browser alone.

use chrono::Duration;

use super::{AccountId, SignInId, Viewer, queries, throttle};
use crate::{
    audit,
    error::{AppError, Fault, Reason},
    server::{AppState, ClientAddress, secrets::random_bytes},
};

/// How long a device stays signed in: a month.
pub const LIFETIME: Duration = Duration::days(30);

/// What the database keeps of a token.
pub(super) fn token_hash(token: &str) -> [u8; 32] {
    *blake3::hash(token.as_bytes()).as_bytes()
}

/// A new 256-bit token as 64 hexadecimal digits.
pub(super) fn new_token() -> String {
    random_bytes::<32>()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Compares e-mail and password; gives the new device's token.
///
/// Says neither whether the account exists nor which of the two is wrong, and takes as long for
/// either. Attempts are counted per account and per address before the password is looked at.
pub async fn sign_in(
    state: &AppState,
    email: &str,
    password: &str,
    address: ClientAddress,
    device: &str,
) -> Result<String, AppError> {
    let email = email.trim().to_lowercase();
    throttle::begin(state, &email, address).await?;
    let mut connection = state.database.read().await?;
    let credentials = queries::credentials(&mut connection, &email).await?;
    drop(connection);
    let hash = credentials
        .as_ref()
        .and_then(|found| found.password_hash.as_deref());
    let fits = state.passwords.verify(password, hash).await?;
    let Some(credentials) = credentials.filter(|_| fits) else {
        return Err(AppError::field("email", Fault::WrongCredentials));
    };
    if credentials.demo && !state.config.is_loopback() {
        return Err(Reason::DemoAccount.into());
    }
    throttle::forgive(state, &email, address).await?;
    start(state, credentials.id, device).await
}

/// Signs a device in without asking for a password again: after registering, or by a one-time link.
pub(super) async fn start(
    state: &AppState,
    account: AccountId,
    device: &str,
) -> Result<String, AppError> {
    let token = new_token();
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let new = queries::NewSignIn {
        account,
        token_hash: &token_hash(&token),
        device,
        now,
        expires_at: now + LIFETIME,
    };
    let sign_in = queries::insert_sign_in(&mut tx, new).await?;
    audit::record(
        &mut tx,
        now,
        Some(account),
        audit::Event::new("sign_in", "sign_in", sign_in.get()),
    )
    .await?;
    tx.commit().await?;
    Ok(token)
}

/// Signs one of the viewer's own devices out.
pub async fn sign_out(
    state: &AppState,
    viewer: &Viewer,
    sign_in: SignInId,
) -> Result<(), AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    if !queries::end_sign_in(&mut tx, viewer.account, sign_in, now).await? {
        return Err(AppError::NotFound);
    }
    let event = audit::Event::new("sign_out", "sign_in", sign_in.get());
    audit::record(&mut tx, now, Some(viewer.account), event).await?;
    tx.commit().await
}
