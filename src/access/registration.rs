//! What somebody types who registers.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::NewPassword;
use crate::{
    error::{AppError, FormCheck},
    people::{AffiliationForm, Country, NewPerson, PersonForm},
    values::Email,
};

/// The form as it was typed, but for the password. Kept sealed while it waits for its letter.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RegistrationForm {
    /// Given names.
    pub given_names: String,
    /// First surname.
    pub paternal_surname: String,
    /// Second surname; may be blank.
    pub maternal_surname: String,
    /// A [`Sex`](crate::people::Sex).
    pub sex: String,
    /// A [`DocumentKind`](crate::people::DocumentKind).
    pub document_kind: String,
    /// The number; blank without a document.
    pub document_number: String,
    /// Why there is no document.
    pub no_document_reason: String,
    /// A [`Country`]; blank: Peru.
    pub nationality: String,
    /// The account's.
    pub email: String,
    /// An [`InstitutionId`](crate::people::InstitutionId); may be blank.
    pub institution: String,
    /// Position or rank; may be blank.
    pub position: String,
    /// A [`Department`](crate::people::Department); may be blank.
    pub department: String,
    /// The day on which it was typed.
    pub since: String,
}

impl fmt::Debug for RegistrationForm {
    /// Logs and failed assertions show nobody.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RegistrationForm(…)")
    }
}

/// Somebody who is to be registered.
#[derive(Debug)]
pub struct Registrant {
    /// The person; its e-mail is the account's.
    pub person: NewPerson,
    /// The account's.
    pub email: Email,
}

impl RegistrationForm {
    /// The person and the address, or every fault of the form.
    pub fn parse(&self, today: NaiveDate) -> Result<Registrant, AppError> {
        let nationality = or_peru(&self.nationality);
        let person = PersonForm {
            document_kind: &self.document_kind,
            document_number: &self.document_number,
            no_document_reason: &self.no_document_reason,
            given_names: &self.given_names,
            paternal_surname: &self.paternal_surname,
            maternal_surname: &self.maternal_surname,
            sex: &self.sex,
            nationality,
            ..PersonForm::default()
        };
        // A department is one of Peru.
        let country = if self.department.is_empty() {
            nationality
        } else {
            ""
        };
        let affiliation = AffiliationForm {
            institution: &self.institution,
            position: &self.position,
            department: &self.department,
            country: or_peru(country),
            since: &self.since,
            ..AffiliationForm::default()
        };
        Registrant::parse(&person, &affiliation, &self.email, today)
    }

    /// What an attacker would try first as the password.
    fn about(&self) -> [&str; 4] {
        [
            &self.email,
            &self.given_names,
            &self.paternal_surname,
            &self.document_number,
        ]
    }
}

/// A form that does not ask for the country is one of Peru.
fn or_peru(country: &str) -> &str {
    if country.is_empty() {
        Country::Peru.as_str()
    } else {
        country
    }
}

impl Registrant {
    /// Parses a person whose e-mail is needed, because it is the account's.
    pub fn parse(
        person: &PersonForm<'_>,
        affiliation: &AffiliationForm<'_>,
        email: &str,
        today: NaiveDate,
    ) -> Result<Self, AppError> {
        let mut check = FormCheck::default();
        let person = check.part(NewPerson::parse(person, affiliation, today));
        let email = check.field("email", Email::parse(email));
        let (mut person, email) = check.finish((person, email))?;
        person.data.contact.email = Some(email.clone());
        Ok(Self { person, email })
    }
}

/// Somebody who registers: who they say they are, and the password they chose.
#[derive(Debug)]
pub struct Registration {
    pub(super) form: RegistrationForm,
    pub(super) who: Registrant,
    pub(super) password: NewPassword,
}

impl Registration {
    /// Parses the form with the password that was typed twice; all faults are told in one round.
    pub fn parse(
        form: RegistrationForm,
        (password, repeated): (&str, &str),
        today: NaiveDate,
    ) -> Result<Self, AppError> {
        let mut check = FormCheck::default();
        let who = check.part(form.parse(today));
        let password = NewPassword::parse_twice("password", password, repeated, &form.about());
        let password = check.part(password);
        let (who, password) = check.finish((who, password))?;
        Ok(Self {
            form,
            who,
            password,
        })
    }
}
