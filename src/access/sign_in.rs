//! Signing in and out: one row a device, revocable, its token known to the browser alone.

use chrono::Duration;

use super::{
    AccountId, SignInId, Viewer, queries,
    throttle::{self, Subject},
};
use crate::{
    audit,
    error::{AppError, Fault, Reason},
    server::{
        AppState, ClientAddress, WriteTx,
        secrets::{hexadecimal, random_bytes},
    },
};

/// How long a device stays signed in: a month.
pub const LIFETIME: Duration = Duration::days(30);

/// What the database keeps of a token.
pub(super) fn token_hash(token: &str) -> [u8; 32] {
    *blake3::hash(token.as_bytes()).as_bytes()
}

/// A new 256-bit token as 64 hexadecimal digits.
pub(super) fn new_token() -> String {
    hexadecimal(&random_bytes::<32>())
}

/// Where somebody signs in from.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The address of the network.
    pub address: ClientAddress,
    /// What the browser says of itself.
    pub device: String,
    /// What it shows of an earlier sign-in.
    pub known: Option<String>,
}

/// What a device is given when it signs in.
#[derive(Debug)]
pub struct NewDevice {
    /// Signs it in.
    pub token: String,
    /// By this it is known again once it was signed out.
    pub known: String,
}

/// Compares e-mail and password, and signs the device in.
///
/// Says neither whether the account exists nor which of the two is wrong, and takes as long for
/// either. The attempt is counted before the password is looked at ([`throttle`]), which takes its
/// time: who changes the password or disables the account meanwhile ends what is signed in by then,
/// so the device is signed in only where the account stands as it stood.
pub async fn sign_in(
    state: &AppState,
    email: &str,
    password: &str,
    origin: &Origin,
) -> Result<NewDevice, AppError> {
    let email = email.trim().to_lowercase();
    let mut connection = state.database.read().await?;
    let credentials = queries::credentials(&mut connection, &email).await?;
    drop(connection);
    let subjects = [
        subject(state, &email, credentials.as_ref(), origin),
        Subject::Address(origin.address),
    ];
    let attempt = throttle::begin(state, &subjects).await?;
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
    let mut tx = state.database.write().await?;
    if queries::credentials(&mut tx, &email).await?.as_ref() != Some(&credentials) {
        return Err(AppError::field("email", Fault::WrongCredentials));
    }
    attempt.succeeded(&mut tx).await?;
    let device = start(state, &mut tx, credentials.id, &origin.device).await?;
    tx.commit().await?;
    Ok(device)
}

/// Whose attempt it is: a device that signed in to this account before is counted apart, so that
/// nobody else can keep it waiting.
fn subject<'a>(
    state: &AppState,
    email: &'a str,
    credentials: Option<&queries::Credentials>,
    origin: &Origin,
) -> Subject<'a> {
    let known = credentials.filter(|found| {
        let hash = found.password_hash.as_deref();
        hash.is_some_and(|hash| {
            origin.known.as_deref() == Some(known_mark(state, found.id, hash).as_str())
        })
    });
    known.map_or(Subject::Account(email), |found| {
        Subject::KnownDevice(found.id)
    })
}

/// By what a device of an account is known: worth nothing after the password was changed.
pub(super) fn known_mark(state: &AppState, account: AccountId, password_hash: &str) -> String {
    let text = format!("{account} {password_hash}");
    hexadecimal(&state.secrets.lookup_hash("known device", &text))
}

/// Signs a device in without asking for a password again: after it was typed, after registering,
/// or by a one-time link.
pub(super) async fn start(
    state: &AppState,
    tx: &mut WriteTx,
    account: AccountId,
    device: &str,
) -> Result<NewDevice, AppError> {
    let token = new_token();
    let now = state.clock.now();
    let new = queries::NewSignIn {
        account,
        token_hash: &token_hash(&token),
        device,
        now,
        expires_at: now + LIFETIME,
    };
    let sign_in = queries::insert_sign_in(tx, new).await?;
    let event = audit::Event::new("sign_in", "sign_in", sign_in.get());
    audit::record(tx, now, Some(account), event).await?;
    let hash = queries::password_hash(tx, account).await?;
    let known = known_mark(state, account, hash.as_deref().unwrap_or_default());
    Ok(NewDevice { token, known })
}

/// Signs one of the viewer's own devices out, and drops what was typed on it and not saved.
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
    // Who signs out on the phone itself may still hand in what they marked; it erases its lists.
    if sign_in != viewer.sign_in {
        queries::revoke_rosters(&mut tx, sign_in, now).await?;
    }
    let event = audit::Event::new("sign_out", "sign_in", sign_in.get());
    audit::record(&mut tx, now, Some(viewer.account), event).await?;
    tx.commit().await?;
    state.drop_drafts(sign_in);
    Ok(())
}
