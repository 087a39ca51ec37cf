//! The fields of an affiliation: institution, unit, position, place, first day.

use chrono::NaiveDate;
use leptos::prelude::*;
use sqlx::SqliteConnection;

use crate::{
    error::AppError,
    people::{
        Country, Department,
        lookup::institutions_by_sector,
        queries::{self, AffiliationRow, InstitutionRow, UnitRow},
        words::{countries, departments},
    },
    t,
    ui::{Choices, DateField, FieldRow, SelectField, TextField},
};

/// The institutions and units there are to choose from.
#[derive(Debug)]
pub struct InstitutionChoices {
    institutions: Vec<InstitutionRow>,
    units: Vec<UnitRow>,
}

impl InstitutionChoices {
    /// Reads all of them.
    pub async fn read(connection: &mut SqliteConnection) -> Result<Self, AppError> {
        Ok(Self {
            institutions: queries::institutions(connection).await?,
            units: queries::all_units(connection).await?,
        })
    }

    /// Units under their institutions.
    fn units_by_institution(&self) -> Vec<(String, Choices)> {
        self.institutions
            .iter()
            .filter_map(|row| {
                let units = self.units.iter().filter(|unit| unit.institution == row.id);
                let choices: Vec<(String, String)> = units
                    .map(|unit| (unit.id.to_string(), unit.name.clone()))
                    .collect();
                (!choices.is_empty()).then(|| (row.label(), choices.into()))
            })
            .collect()
    }
}

/// What stands in the fields at first, as text.
#[derive(Debug)]
pub struct AffiliationValues {
    institution: String,
    unit: String,
    position: String,
    department: &'static str,
    /// None where it was never said which: then it must be chosen.
    country: Option<Country>,
    region: String,
}

impl AffiliationValues {
    /// Nothing is known.
    pub fn blank() -> Self {
        Self {
            institution: String::new(),
            unit: String::new(),
            position: String::new(),
            department: "",
            country: Some(Country::Peru),
            region: String::new(),
        }
    }

    /// The present affiliation: often only one thing changes.
    pub fn of(row: &AffiliationRow) -> Self {
        Self {
            institution: row.institution.map(|id| id.to_string()).unwrap_or_default(),
            unit: row.unit.map(|id| id.to_string()).unwrap_or_default(),
            position: row.position.clone().unwrap_or_default(),
            department: row.department.map_or("", Department::as_str),
            country: Some(row.country).filter(|one| *one != Country::Elsewhere),
            region: row.region.clone().unwrap_or_default(),
        }
    }
}

/// The fields, from today on at first and at the latest; stand inside a form.
pub fn affiliation_fields(
    choices: &InstitutionChoices,
    values: AffiliationValues,
    today: NaiveDate,
) -> AnyView {
    view! {
        <SelectField name="institution" label=t!(people.institution)
            placeholder=t!(people.choose_institution) groups=institutions_by_sector(&choices.institutions) value=values.institution />
        <SelectField name="unit" label=t!(people.unit) hint=t!(people.unit_hint)
            placeholder=t!(people.no_unit) groups=choices.units_by_institution() value=values.unit />
        <TextField name="position" label=t!(people.position) hint=t!(people.position_hint)
            maxlength=120 autocomplete="off" value=values.position />
        <FieldRow>
            <SelectField name="department" label=t!(people.department)
                placeholder=t!(people.choose) options=departments() value=values.department />
            <SelectField name="country" label=t!(people.country) required=true
                placeholder=t!(people.choose) options=countries(Country::Peru)
                value=values.country.map_or("", Country::as_str) />
            <TextField name="region" label=t!(people.region) hint=t!(people.region_hint)
                maxlength=120 autocomplete="off" value=values.region />
        </FieldRow>
        <DateField name="since" label=t!(people.since) hint=t!(people.since_hint)
            value=today.to_string() max=today.to_string() />
    }
    .into_any()
}
