//! The words for sectors, sexes, documents and departments, in the language of the request.
//!
//! Whoever shows one of these takes its word from here.

pub use super::country_words::{countries, country};
use super::{Department, Difference, DocumentKind, Sector, Sex, masked};
use crate::t;

/// A sector's name.
pub fn sector(sector: Sector) -> String {
    match sector {
        Sector::Police => t!(terms.sector.police),
        Sector::Prosecution => t!(terms.sector.prosecution),
        Sector::Judiciary => t!(terms.sector.judiciary),
        Sector::AdministrativeAgency => t!(terms.sector.administrative_agency),
        Sector::LocalJusticeAndCommunity => t!(terms.sector.local_justice_and_community),
        Sector::IndigenousPeople => t!(terms.sector.indigenous_people),
        Sector::PublicDefence => t!(terms.sector.public_defence),
        Sector::Press => t!(terms.sector.press),
        Sector::CivilSociety => t!(terms.sector.civil_society),
        Sector::Other => t!(terms.sector.other),
    }
}

/// Every sector with its code, for a select.
pub fn sectors() -> Vec<(&'static str, String)> {
    Sector::ALL
        .iter()
        .map(|&one| (one.as_str(), sector(one)))
        .collect()
}

/// In what something written contradicts the register: "los nombres, el sexo".
pub fn differences(found: &[Difference]) -> String {
    let words: Vec<String> = found
        .iter()
        .map(|one| match one {
            Difference::Names => t!(people.differs.names),
            Difference::BirthYear => t!(people.differs.birth_year),
            Difference::Sex => t!(people.differs.sex),
        })
        .collect();
    words.join(", ")
}

/// The word for a sex.
pub fn sex(sex: Sex) -> String {
    match sex {
        Sex::Female => t!(terms.sex.female),
        Sex::Male => t!(terms.sex.male),
        Sex::Unstated => t!(terms.sex.unstated),
    }
}

/// Every sex with its code, for a select.
pub fn sexes() -> Vec<(&'static str, String)> {
    Sex::ALL
        .iter()
        .map(|&one| (one.as_str(), sex(one)))
        .collect()
}

/// The name of a kind of document.
pub fn document_kind(kind: DocumentKind) -> String {
    match kind {
        DocumentKind::Dni => t!(terms.document.dni),
        DocumentKind::ForeignerCard => t!(terms.document.foreigner_card),
        DocumentKind::Passport => t!(terms.document.passport),
        DocumentKind::NoDocument => t!(terms.document.none),
    }
}

/// The kind and the last characters, for lists.
pub fn document_masked(kind: DocumentKind, number: Option<&str>) -> String {
    match (kind, number) {
        (DocumentKind::NoDocument, _) => document_kind(kind),
        (_, Some(number)) => format!("{}\u{a0}{}", document_kind(kind), masked(number)),
        (_, None) => t!(people.document_unreadable, kind = document_kind(kind)),
    }
}

/// Every kind of document with its code, for a select.
pub fn document_kinds() -> Vec<(&'static str, String)> {
    DocumentKind::ALL
        .iter()
        .map(|&one| (one.as_str(), document_kind(one)))
        .collect()
}

/// Every department with its INEI code, for a select. The names are the same in every language.
pub fn departments() -> Vec<(&'static str, &'static str)> {
    Department::ALL
        .iter()
        .map(|&one| (one.as_str(), one.name()))
        .collect()
}
