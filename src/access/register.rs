//! Registering: somebody whom nobody knows yet becomes a person with an account.
//!
//! A document or an e-mail that is registered already attaches nothing: whoever knows it is not
//! therefore its holder. Whose it is gets a letter, once a day, at the address in the register; the
//! coordinator invites who has no account, and that link goes there as well.
//!
//! **With a mail server** everybody is answered alike, and nothing of the answer depends on who is
//! in the register: what was typed waits for a letter to be answered ([`super::waiting`]).
//!
//! **Without one** letters may take days, for a coordinator hands them over, and nobody could begin.
//! So who registers is signed in at once, and a refusal by itself tells that something which was
//! typed is registered. It tells not what nor of whom, in one sentence for all cases; an address of
//! the network has five such tries and then one each half hour.
//!
//! Registrations are counted per address of the network too, so that nobody makes people without end.

use capacita_locales::Locale;
use chrono::{Duration, NaiveDate};
use serde_json::json;
use sqlx::SqliteConnection;

use super::{
    AccountId, Administer, GrantedRole, ManagePeople, NewPassword, Permit, Register, letters,
    public_permit,
    queries::{self, Known, NewAccount},
    registration::{Registrant, Registration},
    sign_in::{NewDevice, Origin, start},
    throttle::{self, Subject},
    waiting,
};
use crate::{
    audit::{self, Event},
    courses::ProgramId,
    error::{AppError, FormCheck, Reason},
    paths::Path,
    people::{
        AffiliationForm, Country, DocumentKind, PersonForm, PersonId, Sex,
        operations::{add_person, must_exist},
    },
    server::{
        AppState, WriteTx,
        words::{locale, locale_code},
    },
    values::Email,
};

/// What became of a registration.
#[derive(Debug)]
pub enum Registered {
    /// There is an account, and this device is signed in.
    SignedIn(NewDevice),
    /// A letter is on its way to this address; what it says is nobody else's business.
    Written(Email),
}

/// Registers somebody, who wants to go on to `next`: by letter where letters go out by themselves,
/// else at once.
pub async fn register(
    state: &AppState,
    new: Registration,
    origin: &Origin,
    next: Option<&Path>,
) -> Result<Registered, AppError> {
    if state.config.mail.is_some() {
        let written = waiting::wait(state, new, origin.address, next).await?;
        Ok(Registered::Written(written))
    } else {
        let device = at_once(state, new, origin).await?;
        Ok(Registered::SignedIn(device))
    }
}

/// Makes the person and the account, and signs this device in. `CannotRegister` when the document or
/// the e-mail is somebody's already.
async fn at_once(
    state: &AppState,
    new: Registration,
    origin: &Origin,
) -> Result<NewDevice, AppError> {
    let address = origin.address;
    let subjects = [
        Subject::Registering(address),
        Subject::RegisteringKnown(address),
    ];
    let attempt = throttle::begin(state, &subjects).await?;
    let hash = state.passwords.hash(new.password.as_str()).await?;
    let mut tx = state.database.write().await?;
    let permit = public_permit(&mut tx, Register).await?;
    let known = known(state, &mut tx, &new.who).await?;
    if !known.is_empty() {
        tell(state, &mut tx, known).await?;
        tx.commit().await?;
        return Err(Reason::CannotRegister.into());
    }
    attempt.succeeded(&mut tx).await?;
    let made = Made {
        by: "register",
        password_hash: &hash,
        locale: locale_code(locale()),
    };
    let (account, _) = add(state, &mut tx, &permit, &new.who, made).await?;
    let device = start(state, &mut tx, account, &origin.device).await?;
    tx.commit().await?;
    Ok(device)
}

/// How an account comes about.
#[derive(Debug)]
pub(super) struct Made<'a> {
    /// What the audit trail says of it.
    pub by: &'static str,
    pub password_hash: &'a str,
    pub locale: &'a str,
}

/// Adds the person and their account.
pub(super) async fn add(
    state: &AppState,
    tx: &mut WriteTx,
    permit: &Permit<Register>,
    who: &Registrant,
    made: Made<'_>,
) -> Result<(AccountId, PersonId), AppError> {
    let now = state.clock.now();
    let person = add_person(tx, &state.secrets, now, permit, &who.person).await?;
    let account = NewAccount {
        person,
        email: who.email.as_str(),
        password_hash: Some(made.password_hash),
        locale: made.locale,
        now,
    };
    let account = queries::insert_account(tx, account).await?;
    let event = Event::new(made.by, "account", account.get())
        .after(&json!({ "email": who.email, "person": person }));
    audit::record(tx, now, Some(account), event).await?;
    Ok((account, person))
}

/// Refuses an institution that there is not: the one fault that only the database knows.
pub(super) async fn must_serve_somewhere(
    connection: &mut SqliteConnection,
    who: &Registrant,
) -> Result<(), AppError> {
    match &who.person.affiliation {
        Some(affiliation) => must_exist(connection, affiliation).await,
        None => Ok(()),
    }
}

/// Whose the document or the e-mail is already.
pub(super) async fn known(
    state: &AppState,
    connection: &mut SqliteConnection,
    who: &Registrant,
) -> Result<Vec<Known>, AppError> {
    let number = who.person.data.document.number();
    let hash = number.map(|number| number.hash(&state.secrets).to_vec());
    Ok(queries::known(connection, hash.as_deref(), who.email.as_str()).await?)
}

/// Tells people that they are registered already; each once a day, for it may not be they who try.
pub(super) async fn tell(
    state: &AppState,
    tx: &mut WriteTx,
    known: Vec<Known>,
) -> Result<(), AppError> {
    let now = state.clock.now();
    for one in known {
        let person = one.person;
        if !queries::was_told(tx, person, now - Duration::days(1)).await? {
            let event = Event::new("register_known", "person", person.get());
            audit::record(tx, now, None, event).await?;
            letters::already_known(state, tx, one).await?;
        }
    }
    Ok(())
}

/// An administrator whom a command makes, so that there is somebody to begin with.
#[derive(Debug)]
pub struct NewAdministrator {
    who: Registrant,
    password: NewPassword,
}

impl NewAdministrator {
    /// Parses given names, surname, e-mail and password.
    pub fn parse(
        (given_names, surname): (&str, &str),
        email: &str,
        password: &str,
        today: NaiveDate,
    ) -> Result<Self, AppError> {
        let form = PersonForm {
            document_kind: DocumentKind::NoDocument.as_str(),
            no_document_reason: "capacita admin create",
            given_names,
            paternal_surname: surname,
            sex: Sex::Unstated.as_str(),
            nationality: Country::Peru.as_str(),
            ..PersonForm::default()
        };
        let mut check = FormCheck::default();
        let who = Registrant::parse(&form, &AffiliationForm::default(), email, today);
        let who = check.part(who);
        let about = [email, given_names, surname];
        let password = check.field("password", NewPassword::parse(password, &about));
        let (who, password) = check.finish((who, password))?;
        Ok(Self { who, password })
    }
}

/// Makes an administrator: a person, an account and the role.
pub async fn create_administrator(
    state: &AppState,
    tx: &mut WriteTx,
    permits: (&Permit<ManagePeople>, &Permit<Administer>),
    new: &NewAdministrator,
) -> Result<AccountId, AppError> {
    let hash = state.passwords.hash(new.password.as_str()).await?;
    let now = state.clock.now();
    let person = add_person(tx, &state.secrets, now, permits.0, &new.who.person).await?;
    let account = NewAccount {
        person,
        email: new.who.email.as_str(),
        password_hash: Some(&hash),
        locale: locale_code(Locale::es),
        now,
    };
    let account = queries::insert_account(tx, account).await?;
    let role = GrantedRole::Administrator;
    queries::insert_grant(tx, account, role, ProgramId::new(0), now).await?;
    let made = Event::new("account_create", "account", account.get())
        .after(&json!({ "email": new.who.email, "person": person }));
    audit::record_permitted(tx, now, permits.1, made).await?;
    let granted =
        Event::new("role_grant", "account", account.get()).after(&json!({ "role": role }));
    audit::record_permitted(tx, now, permits.1, granted).await?;
    Ok(account)
}
