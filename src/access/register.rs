//! Registering: somebody whom nobody knows yet becomes a person with an account.
//!
//! A document or an e-mail that is registered already is refused and attaches nothing: whoever knows
//! it is not therefore its holder. Whose it is gets a letter, once a day, at the address in the
//! register; the coordinator invites who has no account, and that link goes there as well.
//!
//! Who registers is signed in at once: as long as letters may take days, or people have no e-mail
//! at hand, nobody could begin otherwise. So a refusal by itself tells that something which was
//! typed is registered. It tells not what nor of whom, in one sentence for all cases; an address of
//! the network has five such tries and then one each half hour. When every letter is sent at once,
//! this module can answer everybody alike, and make the account by a one-time link.
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
    sign_in::{NewDevice, Origin, start},
    throttle::{self, Subject},
};
use crate::{
    audit::{self, Event},
    courses::ProgramId,
    error::{AppError, FormCheck, Reason},
    people::{
        AffiliationForm, Country, DocumentKind, NewPerson, PersonForm, Sex, operations::add_person,
    },
    server::{AppState, WriteTx, words::locale_code},
    values::Email,
};

/// The form as it was typed.
#[derive(Clone, Copy, Debug, Default)]
pub struct RegistrationForm<'a> {
    /// The person; its e-mail is the account's.
    pub person: PersonForm<'a>,
    /// Where they serve; may be blank.
    pub affiliation: AffiliationForm<'a>,
    /// The password.
    pub password: &'a str,
    /// The same once more.
    pub repeat_password: &'a str,
}

/// Somebody who registers.
#[derive(Debug)]
pub struct Registration {
    person: NewPerson,
    email: Email,
    password: NewPassword,
}

impl Registration {
    /// Parses the form; all its faults are told in one round.
    pub fn parse(form: &RegistrationForm<'_>, today: NaiveDate) -> Result<Self, AppError> {
        let typed_email = form.person.email;
        let person_form = PersonForm {
            email: "",
            ..form.person
        };
        let mut check = FormCheck::default();
        let person = NewPerson::parse(&person_form, &form.affiliation, today);
        let person = check.part(person);
        let email = check.field("email", Email::parse(typed_email));
        let about = [
            typed_email,
            person_form.given_names,
            person_form.paternal_surname,
            person_form.document_number,
        ];
        let password =
            NewPassword::parse_twice("password", form.password, form.repeat_password, &about);
        let password = check.part(password);
        let (mut person, email, password) = check.finish((person, email, password))?;
        person.data.contact.email = Some(email.clone());
        Ok(Self {
            person,
            email,
            password,
        })
    }
}

/// Makes the person and the account, and signs this device in. `CannotRegister` when the document or
/// the e-mail is somebody's already.
pub async fn register(
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
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let permit = public_permit(&mut tx, Register).await?;
    let known = known(state, &mut tx, &new).await?;
    if !known.is_empty() {
        for one in known {
            tell(state, &mut tx, one).await?;
        }
        tx.commit().await?;
        return Err(Reason::CannotRegister.into());
    }
    attempt.succeeded(&mut tx).await?;
    let person = add_person(&mut tx, &state.secrets, now, &permit, &new.person).await?;
    let account = NewAccount {
        person,
        email: new.email.as_str(),
        password_hash: Some(&hash),
        locale: locale_code(crate::server::words::locale()),
        now,
    };
    let account = queries::insert_account(&mut tx, account).await?;
    let event = Event::new("register", "account", account.get())
        .after(&json!({ "email": new.email, "person": person }));
    audit::record(&mut tx, now, Some(account), event).await?;
    let device = start(state, &mut tx, account, &origin.device).await?;
    tx.commit().await?;
    Ok(device)
}

/// Whose the document or the e-mail is already.
async fn known(
    state: &AppState,
    connection: &mut SqliteConnection,
    new: &Registration,
) -> Result<Vec<Known>, AppError> {
    let number = new.person.data.document.number();
    let hash = number.map(|number| number.hash(&state.secrets).to_vec());
    Ok(queries::known(connection, hash.as_deref(), new.email.as_str()).await?)
}

/// Tells somebody that they are registered already; once a day, for it may not be they who try.
async fn tell(state: &AppState, tx: &mut WriteTx, known: Known) -> Result<(), AppError> {
    let now = state.clock.now();
    let person = known.person;
    if queries::was_told(tx, person, now - Duration::days(1)).await? {
        return Ok(());
    }
    let event = Event::new("register_known", "person", person.get());
    audit::record(tx, now, None, event).await?;
    letters::already_known(state, tx, known).await
}

/// An administrator whom a command makes, so that there is somebody to begin with.
#[derive(Debug)]
pub struct NewAdministrator {
    person: NewPerson,
    email: Email,
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
        let person = check.part(NewPerson::parse(&form, &AffiliationForm::default(), today));
        let parsed_email = check.field("email", Email::parse(email));
        let about = [email, given_names, surname];
        let password = check.field("password", NewPassword::parse(password, &about));
        let (mut person, email, password) = check.finish((person, parsed_email, password))?;
        person.data.contact.email = Some(email.clone());
        Ok(Self {
            person,
            email,
            password,
        })
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
    let person = add_person(tx, &state.secrets, now, permits.0, &new.person).await?;
    let account = NewAccount {
        person,
        email: new.email.as_str(),
        password_hash: Some(&hash),
        locale: locale_code(Locale::es),
        now,
    };
    let account = queries::insert_account(tx, account).await?;
    let role = GrantedRole::Administrator;
    queries::insert_grant(tx, account, role, ProgramId::new(0), now).await?;
    let made = Event::new("account_create", "account", account.get())
        .after(&json!({ "email": new.email, "person": person }));
    audit::record_permitted(tx, now, permits.1, made).await?;
    let granted =
        Event::new("role_grant", "account", account.get()).after(&json!({ "role": role }));
    audit::record_permitted(tx, now, permits.1, granted).await?;
    Ok(account)
}
