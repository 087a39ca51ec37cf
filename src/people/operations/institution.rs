//! Institutions and their units.

use sqlx::SqliteConnection;

use crate::{
    access::{ManageInstitutions, Viewer, permit},
    audit::{self, Event},
    error::{AppError, Fault, Reason},
    people::{
        InstitutionData, InstitutionId, UnitId,
        queries::{self, InstitutionRow},
    },
    server::AppState,
    values::{Text, fold},
};

/// Adds an institution. Its name is one of its country.
pub async fn create_institution(
    state: &AppState,
    viewer: &Viewer,
    new: InstitutionData,
) -> Result<InstitutionId, AppError> {
    new.country.check("country", None)?;
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let permit = permit(&mut tx, viewer, ManageInstitutions).await?;
    let id = queries::insert_institution(&mut tx, now, &new).await?;
    let event = Event::new("institution_create", "institution", id.get()).after(&new);
    audit::record_permitted(&mut tx, now, &permit, event).await?;
    tx.commit().await?;
    Ok(id)
}

/// Changes an institution, unless somebody else did since `version`.
///
/// Enrolments keep the name and sector that they began with; people are found by the new name.
pub async fn update_institution(
    state: &AppState,
    viewer: &Viewer,
    (id, version): (InstitutionId, i64),
    data: InstitutionData,
) -> Result<(), AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let permit = permit(&mut tx, viewer, ManageInstitutions).await?;
    let before = existing(&mut tx, id).await?;
    data.country.check("country", Some(before.country))?;
    if !queries::update_institution(&mut tx, (id, version), &data).await? {
        return Err(Reason::ChangedMeanwhile.into());
    }
    queries::refresh_search_of_members(&mut tx, id).await?;
    let before = serde_json::json!({
        "name": before.name,
        "short_name": before.short_name,
        "sector": before.sector,
        "country": before.country,
    });
    let event = Event::new("institution_update", "institution", id.get())
        .before(&before)
        .after(&data);
    audit::record_permitted(&mut tx, now, &permit, event).await?;
    tx.commit().await
}

/// Adds a unit to an institution.
pub async fn add_unit(
    state: &AppState,
    viewer: &Viewer,
    institution: InstitutionId,
    name: Text<200>,
) -> Result<UnitId, AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let permit = permit(&mut tx, viewer, ManageInstitutions).await?;
    existing(&mut tx, institution).await?;
    refuse_same_unit(&mut tx, institution, None, &name).await?;
    let unit = queries::insert_unit(&mut tx, institution, name.as_str()).await?;
    let event = Event::new("unit_create", "institution", institution.get())
        .after(&serde_json::json!({ "unit": unit, "name": name }));
    audit::record_permitted(&mut tx, now, &permit, event).await?;
    tx.commit().await?;
    Ok(unit)
}

/// Renames a unit, and gives its institution.
pub async fn rename_unit(
    state: &AppState,
    viewer: &Viewer,
    unit: UnitId,
    name: Text<200>,
) -> Result<InstitutionId, AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let permit = permit(&mut tx, viewer, ManageInstitutions).await?;
    let before = queries::unit(&mut tx, unit).await?;
    let before = before.ok_or(AppError::NotFound)?;
    refuse_same_unit(&mut tx, before.institution, Some(unit), &name).await?;
    queries::rename_unit(&mut tx, unit, name.as_str()).await?;
    let event = Event::new("unit_rename", "institution", before.institution.get())
        .before(&serde_json::json!({ "name": before.name }))
        .after(&serde_json::json!({ "unit": unit, "name": name }));
    audit::record_permitted(&mut tx, now, &permit, event).await?;
    tx.commit().await?;
    Ok(before.institution)
}

async fn existing(
    connection: &mut SqliteConnection,
    id: InstitutionId,
) -> Result<InstitutionRow, AppError> {
    let found = queries::institution(connection, id).await?;
    found.ok_or(AppError::NotFound)
}

/// Units of one institution differ in more than accents and case.
async fn refuse_same_unit(
    connection: &mut SqliteConnection,
    institution: InstitutionId,
    renamed: Option<UnitId>,
    name: &Text<200>,
) -> Result<(), AppError> {
    let folded = fold(name.as_str());
    let units = queries::units(connection, institution).await?;
    let same = units
        .iter()
        .any(|unit| Some(unit.id) != renamed && fold(&unit.name) == folded);
    if same {
        return Err(AppError::field("unit_name", Fault::DuplicateName));
    }
    Ok(())
}
