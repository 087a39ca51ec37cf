//! Server functions of institutions and their units.

use leptos::prelude::*;

use super::hidden_id;
use crate::{
    access::viewer,
    error::{AppError, FormCheck},
    paths,
    people::{
        InstitutionData, InstitutionForm, InstitutionId, UnitId, institution::institution_name,
        operations,
    },
    server::{go_to_with_notice, services},
    t,
    values::Text,
};

/// Adds an institution.
#[server(endpoint = "people/create_institution")]
pub async fn create_institution(
    #[server(default)] name: String,
    #[server(default)] short_name: String,
    #[server(default)] sector: String,
    #[server(default)] country: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let new = InstitutionData::parse(&InstitutionForm {
        name: &name,
        short_name: &short_name,
        sector: &sector,
        country: &country,
    })?;
    let id = operations::create_institution(&state, &viewer, new).await?;
    go_to_with_notice(paths::institution(id), t!(people.institution_created));
    Ok(())
}

/// Changes an institution.
#[server(endpoint = "people/update_institution")]
pub async fn update_institution(
    institution: String,
    version: i64,
    #[server(default)] name: String,
    #[server(default)] short_name: String,
    #[server(default)] sector: String,
    #[server(default)] country: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let id: InstitutionId = hidden_id(&institution)?;
    let data = InstitutionData::parse(&InstitutionForm {
        name: &name,
        short_name: &short_name,
        sector: &sector,
        country: &country,
    })?;
    operations::update_institution(&state, &viewer, (id, version), data).await?;
    go_to_with_notice(paths::institution(id), t!(people.institution_updated));
    Ok(())
}

/// Adds a unit to an institution.
#[server(endpoint = "people/add_unit")]
pub async fn add_unit(
    institution: String,
    #[server(default)] unit_name: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let id: InstitutionId = hidden_id(&institution)?;
    let name = parse_unit(&unit_name)?;
    operations::add_unit(&state, &viewer, id, name).await?;
    go_to_with_notice(paths::institution(id), t!(people.unit_added));
    Ok(())
}

/// Renames a unit.
#[server(endpoint = "people/rename_unit")]
pub async fn rename_unit(
    unit: String,
    #[server(default)] unit_name: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let unit: UnitId = hidden_id(&unit)?;
    let name = parse_unit(&unit_name)?;
    let id = operations::rename_unit(&state, &viewer, unit, name).await?;
    go_to_with_notice(paths::institution(id), t!(people.unit_renamed));
    Ok(())
}

fn parse_unit(typed: &str) -> Result<Text<200>, AppError> {
    let mut check = FormCheck::default();
    let name = check.field("unit_name", institution_name(typed));
    check.finish((name,)).map(|(name,)| name)
}
