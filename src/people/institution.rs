//! Institutions: parsed from what was typed.

use serde::Serialize;

use super::{Country, Sector};
use crate::{
    error::{AppError, Fault, FormCheck},
    values::{Text, chosen, fold, optional},
};

/// An institution's form as it was typed.
#[derive(Clone, Copy, Debug, Default)]
pub struct InstitutionForm<'a> {
    /// The full name.
    pub name: &'a str,
    /// What everybody calls it; may be blank.
    pub short_name: &'a str,
    /// A [`Sector`].
    pub sector: &'a str,
    /// A [`Country`].
    pub country: &'a str,
}

/// An institution. Serialised for the audit trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InstitutionData {
    /// The full name; one of its country.
    pub name: Text<200>,
    /// What everybody calls it.
    pub short_name: Option<Text<40>>,
    /// Its sector: the first cut of every report.
    pub sector: Sector,
    /// Its country.
    pub country: Country,
}

impl InstitutionData {
    /// Parses the form.
    pub fn parse(form: &InstitutionForm<'_>) -> Result<Self, AppError> {
        let mut check = FormCheck::default();
        let name = check.field("name", institution_name(form.name));
        let short_name = check.field("short_name", optional(form.short_name, Text::parse));
        let sector = check.field("sector", chosen(form.sector));
        let country = check.field("country", chosen(form.country));
        let (name, short_name, sector, country) =
            check.finish((name, short_name, sector, country))?;
        Ok(Self {
            name,
            short_name,
            sector,
            country,
        })
    }

    /// The name as search and uniqueness compare it.
    pub fn folded_name(&self) -> String {
        fold(self.name.as_str())
    }
}

/// Parses the name of an institution or a unit: text that still says something when folded.
pub fn institution_name(typed: &str) -> Result<Text<200>, Fault> {
    let name = Text::parse(typed)?;
    if fold(name.as_str()).is_empty() {
        return Err(Fault::BadCharacter);
    }
    Ok(name)
}
