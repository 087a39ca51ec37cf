//! What is written about somebody who came without being enrolled.

use capacita_locales::Locale;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    error::AppError,
    people::{AffiliationForm, Country, DocumentKind, NewPerson, PersonForm, listed_name},
    server::Secrets,
    t_in,
};

/// The fields of the form as they were typed. Kept sealed until somebody decides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Entry {
    /// Given names.
    pub given_names: String,
    /// First surname.
    pub paternal_surname: String,
    /// Second surname; may be blank.
    pub maternal_surname: String,
    /// A [`Sex`](crate::people::Sex).
    pub sex: String,
    /// A [`DocumentKind`].
    pub document_kind: String,
    /// The number; blank without a document.
    pub document_number: String,
    /// A [`Country`]; blank: Peru.
    pub nationality: String,
    /// An [`InstitutionId`](crate::people::InstitutionId); may be blank.
    pub institution: String,
    /// Position or rank; may be blank.
    pub position: String,
    /// May be blank.
    pub phone: String,
}

impl Entry {
    /// The person, or every fault of the form.
    pub fn parse(&self, today: NaiveDate) -> Result<NewPerson, AppError> {
        // The reason is kept with the person, in the country's language.
        let no_document = self.document_kind == DocumentKind::NoDocument.as_str();
        let reason = no_document.then(|| t_in!(Locale::es, check_in.walk_in.no_document));
        let person = PersonForm {
            document_kind: &self.document_kind,
            document_number: &self.document_number,
            no_document_reason: reason.as_deref().unwrap_or_default(),
            given_names: &self.given_names,
            paternal_surname: &self.paternal_surname,
            maternal_surname: &self.maternal_surname,
            sex: &self.sex,
            nationality: if self.nationality.is_empty() {
                Country::Peru.as_str()
            } else {
                &self.nationality
            },
            phone: &self.phone,
            ..PersonForm::default()
        };
        let affiliation = AffiliationForm {
            institution: &self.institution,
            position: &self.position,
            country: Country::Peru.as_str(),
            since: &today.to_string(),
            ..AffiliationForm::default()
        };
        NewPerson::parse(&person, &affiliation, today)
    }

    /// "Núñez Quispe, Rosa".
    pub fn listed_name(&self) -> String {
        let maternal = self.maternal_surname.trim();
        listed_name(
            self.given_names.trim(),
            self.paternal_surname.trim(),
            (!maternal.is_empty()).then_some(maternal),
        )
    }

    /// As it is kept.
    pub fn sealed(&self, secrets: &Secrets) -> Vec<u8> {
        secrets.seal(&self.text())
    }

    /// What was kept; `None` once it is erased.
    pub fn opened(secrets: &Secrets, sealed: Option<&[u8]>) -> Option<Self> {
        serde_json::from_str(&secrets.open(sealed?)?).ok()
    }

    /// By what the same entry is known again: nobody reads it without the server's key.
    pub fn digest(&self, secrets: &Secrets) -> [u8; 32] {
        secrets.lookup_hash("walk-in", &self.text())
    }

    fn text(&self) -> String {
        serde_json::to_string(self).expect("text becomes JSON")
    }
}
