//! A person as read from the register, with the document number opened.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::SqliteConnection;

use super::{
    Country, DocumentKind, PersonData, PersonId, Phone, Sex,
    name::{full_name, listed_name},
    queries::{self, AffiliationRow, PersonRow},
};
use crate::{
    error::AppError,
    server::Secrets,
    values::{Email, Text},
};

/// All that is recorded of a person besides affiliations.
#[derive(Clone, Debug)]
pub struct PersonRecord {
    /// Who.
    pub id: PersonId,
    /// Counts changes, for forms.
    pub version: i64,
    /// The kind of document.
    pub document_kind: DocumentKind,
    /// The number in full; `None` without a document, and when the key that sealed it is lost.
    pub document_number: Option<String>,
    /// Why there is no document.
    pub no_document_reason: Option<String>,
    /// Given names.
    pub given_names: String,
    /// First surname.
    pub paternal_surname: String,
    /// Second surname.
    pub maternal_surname: Option<String>,
    /// Sex.
    pub sex: Sex,
    /// Year of birth.
    pub birth_year: Option<i64>,
    /// Nationality.
    pub nationality: Country,
    /// E-mail of contact.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Self-identification, with consent.
    pub ethnic_identity: Option<String>,
    /// Self-identification, with consent.
    pub disability: Option<String>,
    /// When they agreed to that.
    pub consented_at: Option<DateTime<Utc>>,
    /// When the record was made.
    pub created_at: DateTime<Utc>,
    /// The account they sign in with.
    pub account: AccountState,
    document_hash: Option<Vec<u8>>,
}

/// Whether a person can sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountState {
    /// No account.
    None,
    /// Invited under this address, and not yet answered.
    Invited(String),
    /// Signs in with this address.
    Active(String),
    /// An account under this address that may not be used.
    Disabled(String),
}

impl PersonRecord {
    fn new(secrets: &Secrets, row: PersonRow) -> Self {
        let account = account_state(&row);
        let sealed = row.document_sealed.as_deref();
        Self {
            id: row.id,
            version: row.version,
            document_kind: row.document_kind,
            document_number: sealed.and_then(|sealed| secrets.open(sealed)),
            no_document_reason: row.no_document_reason,
            given_names: row.given_names,
            paternal_surname: row.paternal_surname,
            maternal_surname: row.maternal_surname,
            sex: row.sex,
            birth_year: row.birth_year,
            nationality: row.nationality,
            email: row.email,
            phone: row.phone,
            ethnic_identity: row.ethnic_identity,
            disability: row.disability,
            consented_at: row.consented_at,
            created_at: row.created_at,
            account,
            document_hash: row.document_hash,
        }
    }

    /// "Rosa Núñez Quispe".
    pub fn full_name(&self) -> String {
        full_name(
            &self.given_names,
            &self.paternal_surname,
            self.maternal_surname.as_deref(),
        )
    }

    /// "Núñez Quispe, Rosa".
    pub fn listed_name(&self) -> String {
        listed_name(
            &self.given_names,
            &self.paternal_surname,
            self.maternal_surname.as_deref(),
        )
    }

    /// What the audit trail keeps of this state. `former`: the state before, where there is one.
    pub(super) fn audited(&self, former: Option<&Self>) -> AuditedPerson<'_> {
        AuditedPerson {
            document_kind: self.document_kind,
            document_changed: former
                .is_some_and(|former| former.document_hash != self.document_hash),
            no_document_reason: self.no_document_reason.as_deref(),
            given_names: &self.given_names,
            paternal_surname: &self.paternal_surname,
            maternal_surname: self.maternal_surname.as_deref(),
            sex: self.sex,
            birth_year: self.birth_year,
            nationality: self.nationality,
            email: self.email.as_deref(),
            phone: self.phone.as_deref(),
            self_identified: self.consented_at.is_some(),
        }
    }
}

/// A person in the audit trail: without the document's number, and without what they say of
/// themselves beyond whether they do.
#[derive(Debug, Serialize)]
pub(super) struct AuditedPerson<'a> {
    document_kind: DocumentKind,
    document_changed: bool,
    no_document_reason: Option<&'a str>,
    given_names: &'a str,
    paternal_surname: &'a str,
    maternal_surname: Option<&'a str>,
    sex: Sex,
    birth_year: Option<i64>,
    nationality: Country,
    email: Option<&'a str>,
    phone: Option<&'a str>,
    self_identified: bool,
}

/// What the audit trail keeps of somebody who is added.
pub(super) fn audited_new(data: &PersonData) -> AuditedPerson<'_> {
    let contact = &data.contact;
    AuditedPerson {
        document_kind: data.document.kind(),
        document_changed: false,
        no_document_reason: data.document.reason(),
        given_names: data.name.given_names.as_str(),
        paternal_surname: data.name.paternal_surname.as_str(),
        maternal_surname: data.name.maternal_surname.as_ref().map(Text::as_str),
        sex: data.sex,
        birth_year: data.birth_year,
        nationality: data.nationality,
        email: contact.email.as_ref().map(Email::as_str),
        phone: contact.phone.as_ref().map(Phone::as_str),
        self_identified: data.self_identification.is_some(),
    }
}

/// Reads a person. `NotFound` when there is none.
pub(super) async fn read_person(
    connection: &mut SqliteConnection,
    secrets: &Secrets,
    person: PersonId,
) -> Result<PersonRecord, AppError> {
    let row = queries::person(connection, person).await?;
    let row = row.ok_or(AppError::NotFound)?;
    Ok(PersonRecord::new(secrets, row))
}

/// Reads a person with all affiliations, the latest first.
pub(super) async fn read_with_affiliations(
    connection: &mut SqliteConnection,
    secrets: &Secrets,
    person: PersonId,
) -> Result<(PersonRecord, Vec<AffiliationRow>), AppError> {
    let record = read_person(connection, secrets, person).await?;
    let affiliations = queries::affiliations(connection, person).await?;
    Ok((record, affiliations))
}

fn account_state(row: &PersonRow) -> AccountState {
    match row.account_email.clone() {
        None => AccountState::None,
        Some(email) if row.account_disabled => AccountState::Disabled(email),
        Some(email) if row.account_has_password => AccountState::Active(email),
        Some(email) => AccountState::Invited(email),
    }
}
