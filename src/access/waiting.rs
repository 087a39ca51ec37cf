//! Registrations that wait until the link of a letter was answered.
//!
//! Whoever holds an officer's document could ask, by registering it, whether the officer is in the
//! system. So with a mail server nobody is told anything but that a letter is on its way:
//!
//! - What was typed is kept sealed for 48 hours, with the hash of the password. Nobody is added, no
//!   account is made, and no trail names anybody. The letter has the link; the database its hash.
//! - **The document is not looked at** when somebody registers. Whether it is known decides neither
//!   what is written nor how long it takes, and its owner is not bothered by whoever types it. An
//!   address that is known is: the letter to it is then the one that says so, and nobody but its
//!   owner reads it.
//! - Only who opens the link and types the password again learns whether an account could be made:
//!   it is asked once, of a mailbox that was shown to be theirs. A refusal costs the mailbox its try
//!   for a day, is counted for the address of the network, and is told to whose data they are.
//! - **The password is asked for again** because the letter alone proves too little: anybody may
//!   type the address and the data of an officer with a password of their own, and the officer who
//!   follows the link would open an account to which a stranger has the password. So a link is worth
//!   nothing but with the password typed for it, and several may wait for one address: none kills
//!   another, nor do they help whoever typed the address of somebody else. The letter holds nothing
//!   that was typed, for it goes where anybody wants it to go.
//! - One address is sent three such letters an hour at most, silently.
//!
//! The link shows a page, and only its form does anything: mail servers follow links by themselves.
//! Once an account was made, all that waits for its address is gone, and the address is proven
//! ([`super::unproven`]). What nobody answers is erased in the background.

use chrono::Duration;
use serde::{Deserialize, Serialize};

use super::{
    NewPassword, Register, letters, public_permit,
    queries::{self, NewRegistration, WaitingRegistration},
    register::{Made, add, known, must_serve_somewhere, tell},
    registration::{Registrant, Registration, RegistrationForm},
    sign_in::{NewDevice, Origin, new_token, start, token_hash},
    throttle::{self, Subject},
};
use crate::{
    error::{AppError, Fault, Reason},
    messages,
    paths::{self, Path},
    server::{
        AppState, ClientAddress, Secrets, WriteTx,
        secrets::hexadecimal,
        words::{locale, locale_code},
    },
    values::Email,
};

/// Letters that one address is sent within an hour; the rest is kept silent, so that nobody's
/// mailbox is flooded by somebody else.
const LETTERS_AN_HOUR: i64 = 3;

/// How long a link is good, and what was typed is kept.
pub(super) fn lifetime() -> Duration {
    Duration::hours(48)
}

/// What is kept of a registration, sealed.
#[derive(Serialize, Deserialize)]
struct Entry {
    form: RegistrationForm,
    password_hash: String,
    locale: String,
    next: Option<String>,
}

impl Entry {
    fn sealed(&self, secrets: &Secrets) -> Vec<u8> {
        let text = serde_json::to_string(self).expect("texts are JSON");
        secrets.seal(&text)
    }

    /// `None` where it was sealed with another key.
    fn opened(secrets: &Secrets, sealed: &[u8]) -> Option<Self> {
        serde_json::from_str(&secrets.open(sealed)?).ok()
    }
}

/// Keeps a registration until its letter was answered. What it gives, and to whom it writes, does
/// not depend on the document; nobody but the owner of the mailbox sees on what it depends.
pub(super) async fn wait(
    state: &AppState,
    new: Registration,
    address: ClientAddress,
    next: Option<&Path>,
) -> Result<Email, AppError> {
    throttle::begin(state, &[Subject::Registering(address)]).await?;
    let password_hash = hash(state, &new.password).await?;
    let Registration { form, who, .. } = new;
    // As it will be signed in with, not as it was typed.
    let form = RegistrationForm {
        email: who.email.as_str().to_owned(),
        ..form
    };
    let mut tx = state.database.write().await?;
    must_serve_somewhere(&mut tx, &who).await?;
    let owners = queries::known(&mut tx, None, who.email.as_str()).await?;
    if owners.is_empty() {
        let entry = Entry {
            form,
            password_hash,
            locale: locale_code(locale()).to_owned(),
            next: next.map(|next| next.as_str().to_owned()),
        };
        write(state, &mut tx, &who.email, &entry).await?;
    } else {
        tell(state, &mut tx, owners).await?;
    }
    tx.commit().await?;
    Ok(who.email)
}

async fn hash(state: &AppState, password: &NewPassword) -> Result<String, AppError> {
    state.passwords.hash(password.as_str()).await
}

/// Writes the letter with the link, unless the address had enough of them.
async fn write(
    state: &AppState,
    tx: &mut WriteTx,
    email: &Email,
    entry: &Entry,
) -> Result<(), AppError> {
    let now = state.clock.now();
    let email_hash = state.secrets.lookup_hash("registration", email.as_str());
    let sent = queries::registrations_since(tx, &email_hash, now - Duration::hours(1)).await?;
    if sent >= LETTERS_AN_HOUR {
        return Ok(());
    }
    let token = new_token();
    let new = NewRegistration {
        token_hash: &token_hash(&token),
        email_hash: &email_hash,
        entry: &entry.sealed(&state.secrets),
        now,
        expires_at: now + lifetime(),
    };
    queries::insert_registration(tx, new).await?;
    let link = paths::finish_registration().with("token", &token);
    letters::finish_registration(state, tx, email, &link).await
}

/// Where a link leads.
#[derive(Debug)]
pub enum Link {
    /// To the account of this address, once the password was typed.
    Waits(String),
    /// Nowhere: no account could be made.
    Refused,
    /// Nowhere: it was used, is too old, or never was.
    Gone,
}

/// Looks where a link leads; changes nothing.
pub async fn look(state: &AppState, token: &str) -> Result<Link, AppError> {
    let now = state.clock.now();
    let mut connection = state.database.read().await?;
    let found = queries::waiting_registration(&mut connection, &token_hash(token), now).await?;
    match open(state, found) {
        Ok((entry, _)) => Ok(Link::Waits(entry.form.email)),
        Err(AppError::Conflict(Reason::CannotRegister)) => Ok(Link::Refused),
        Err(AppError::Conflict(Reason::LinkExpired)) => Ok(Link::Gone),
        Err(error) => Err(error),
    }
}

/// What waits, with the hash of its address. `LinkExpired` where nothing does, `CannotRegister` where
/// it was refused.
fn open(
    state: &AppState,
    found: Option<WaitingRegistration>,
) -> Result<(Entry, Vec<u8>), AppError> {
    let found = found.ok_or(Reason::LinkExpired)?;
    let sealed = found.entry.ok_or(Reason::CannotRegister)?;
    let entry = Entry::opened(&state.secrets, &sealed).ok_or(Reason::LinkExpired)?;
    Ok((entry, found.email_hash))
}

/// Makes the person and the account that wait behind a link, and signs this device in; gives where
/// they wanted to go.
///
/// # Errors
/// `LinkExpired`; `WrongPassword` at the field when it is not the one that was typed with this
/// registration; `CannotRegister` when the document or the e-mail is somebody's already;
/// `TooManyAttempts` after such a refusal, and for who guesses passwords; `ChangedMeanwhile` when
/// what was typed fits no more.
pub async fn finish(
    state: &AppState,
    token: &str,
    password: &str,
    origin: &Origin,
) -> Result<(NewDevice, Option<Path>), AppError> {
    let hash = token_hash(token);
    let now = state.clock.now();
    let mut connection = state.database.read().await?;
    let found = queries::waiting_registration(&mut connection, &hash, now).await?;
    drop(connection);
    let (entry, email_hash) = open(state, found)?;
    let counted = hexadecimal(&hash);
    let attempt = throttle::begin(state, &[Subject::FinishingRegistration(&counted)]).await?;
    let fits = state.passwords.verify(password, Some(&entry.password_hash));
    if !fits.await? {
        return Err(AppError::field("password", Fault::WrongPassword));
    }
    let mut tx = state.database.write().await?;
    // It may have been used meanwhile.
    open(
        state,
        queries::waiting_registration(&mut tx, &hash, now).await?,
    )?;
    attempt.succeeded(&mut tx).await?;
    let who = parse(state, &entry)?;
    if is_known(state, &mut tx, &who, origin.address).await? {
        queries::refuse_registration(&mut tx, &hash, now).await?;
        tx.commit().await?;
        return Err(Reason::CannotRegister.into());
    }
    let permit = public_permit(&mut tx, Register).await?;
    let made = Made {
        by: "register_by_link",
        password_hash: &entry.password_hash,
        locale: &entry.locale,
    };
    let added = add(state, &mut tx, &permit, &who, made).await;
    let (account, person) = added.map_err(fits_no_more)?;
    queries::delete_registrations(&mut tx, &email_hash).await?;
    messages::give_letters(&mut tx, who.email.as_str(), person).await?;
    let device = start(state, &mut tx, account, &origin.device).await?;
    tx.commit().await?;
    Ok((device, entry.next.as_deref().and_then(Path::local)))
}

fn parse(state: &AppState, entry: &Entry) -> Result<Registrant, AppError> {
    let who = entry.form.parse(state.clock.today());
    who.map_err(fits_no_more)
}

/// The form is not there any more for its faults to be shown at its fields.
fn fits_no_more(error: AppError) -> AppError {
    match error {
        AppError::Invalid(_) => Reason::ChangedMeanwhile.into(),
        other => other,
    }
}

/// Whether the document or the e-mail is somebody's. Then they are told, and it is counted: for the
/// mailbox, which has one try, and for the address of the network.
async fn is_known(
    state: &AppState,
    tx: &mut WriteTx,
    who: &Registrant,
    address: ClientAddress,
) -> Result<bool, AppError> {
    let now = state.clock.now();
    let mailbox = Subject::RefusedMailbox(who.email.as_str());
    let mailbox = throttle::ask(tx, state, now, mailbox).await?;
    let network = throttle::ask(tx, state, now, Subject::RegisteringKnown(address)).await?;
    let owners = known(state, tx, who).await?;
    if owners.is_empty() {
        return Ok(false);
    }
    mailbox.failed(tx, now).await?;
    network.failed(tx, now).await?;
    tell(state, tx, owners).await?;
    Ok(true)
}

/// Erases what nobody answered in time.
pub async fn forget_expired(state: &AppState) -> Result<(), AppError> {
    let now = state.clock.now();
    let mut connection = state.database.read().await?;
    if !queries::has_expired_registrations(&mut connection, now).await? {
        return Ok(());
    }
    drop(connection);
    let mut tx = state.database.write().await?;
    queries::delete_expired_registrations(&mut tx, now).await?;
    tx.commit().await
}
