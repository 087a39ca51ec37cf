//! Where people serve: begun, changed and ended, never overwritten.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::json;
use sqlx::SqliteConnection;

use super::named::Begun;
use crate::{
    access::{ManagePerson, Permit, Viewer, permit_on_person},
    audit::{self, Event},
    error::{AppError, Fault, Reason},
    people::{
        Country, Department, InstitutionId, NewAffiliation, PersonId, UnitId,
        affiliation::last_day_before, queries,
    },
    server::{AppState, WriteTx},
};

/// Begins a new affiliation; the one before, if it has not ended, ends the day before.
pub async fn change_affiliation(
    state: &AppState,
    viewer: &Viewer,
    (person, version): (PersonId, i64),
    new: NewAffiliation,
) -> Result<(), AppError> {
    let now = state.clock.now();
    let (mut tx, permit) = begin(state, viewer, person, version).await?;
    let before = present(&mut tx, person).await?;
    start_affiliation(&mut tx, now, person, &new).await?;
    queries::refresh_search(&mut tx, person).await?;
    let event = Event::new("affiliation_change", "person", person.get())
        .before(&before)
        .after(&new);
    audit::record_permitted(&mut tx, now, &permit, event).await?;
    tx.commit().await
}

/// Ends the present affiliation without a new one: left the service, retired.
pub async fn end_affiliation(
    state: &AppState,
    viewer: &Viewer,
    (person, version): (PersonId, i64),
    until: NaiveDate,
) -> Result<(), AppError> {
    let now = state.clock.now();
    let (mut tx, permit) = begin(state, viewer, person, version).await?;
    let current = queries::current_affiliation(&mut tx, person).await?;
    let (affiliation, since) = current.ok_or(AppError::NotFound)?;
    if until < since {
        let earliest = since;
        return Err(AppError::field("until", Fault::DateTooEarly { earliest }));
    }
    let before = present(&mut tx, person).await?;
    queries::end_affiliation(&mut tx, affiliation, until).await?;
    queries::refresh_search(&mut tx, person).await?;
    let event = Event::new("affiliation_end", "person", person.get())
        .before(&before)
        .after(&json!({ "affiliation": affiliation, "until": until }));
    audit::record_permitted(&mut tx, now, &permit, event).await?;
    tx.commit().await
}

/// What the audit trail tells of an affiliation.
#[derive(Serialize)]
struct Told {
    institution: Option<InstitutionId>,
    unit: Option<UnitId>,
    position: Option<String>,
    department: Option<Department>,
    country: Country,
    region: Option<String>,
    since: NaiveDate,
}

/// Where a person serves at present, for the audit trail; nothing in it for who serves nowhere.
pub(super) async fn present(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> Result<serde_json::Value, AppError> {
    let all = queries::affiliations(connection, person).await?;
    let present = all.into_iter().find(|one| one.until.is_none());
    let told = present.map(|one| Told {
        institution: one.institution,
        unit: one.unit,
        position: one.position,
        department: one.department,
        country: one.country,
        region: one.region,
        since: one.since,
    });
    Ok(told.map_or_else(|| json!({}), |told| json!(told)))
}

/// Writes the first affiliation of somebody who has just been added.
pub(super) async fn first_affiliation(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    person: PersonId,
    new: &NewAffiliation,
) -> Result<(), AppError> {
    let new = with_institution(connection, new).await?;
    queries::insert_affiliation(connection, now, person, &new).await?;
    Ok(())
}

/// Writes a new affiliation of a person, closing the present one.
pub(super) async fn start_affiliation(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    person: PersonId,
    new: &NewAffiliation,
) -> Result<Begun, AppError> {
    let new = with_institution(connection, new).await?;
    let earliest = queries::latest_day(connection, person).await?;
    if let Some(earliest) = earliest.filter(|earliest| new.since < *earliest) {
        return Err(AppError::field("since", Fault::DateTooEarly { earliest }));
    }
    let mut ended = None;
    if let Some((current, since)) = queries::current_affiliation(connection, person).await? {
        let until = last_day_before(new.since, since);
        queries::end_affiliation(connection, current, until).await?;
        ended = Some(current);
    }
    let affiliation = queries::insert_affiliation(connection, now, person, &new).await?;
    Ok(Begun { affiliation, ended })
}

/// The transaction in which a person's affiliation changes: permitted, and counted as a change of
/// the person.
async fn begin(
    state: &AppState,
    viewer: &Viewer,
    person: PersonId,
    version: i64,
) -> Result<(WriteTx, Permit<ManagePerson>), AppError> {
    let mut tx = state.database.write().await?;
    let permit = permit_on_person(&mut tx, viewer, ManagePerson(person)).await?;
    if !queries::touch_person(&mut tx, person, version).await? {
        return Err(Reason::ChangedMeanwhile.into());
    }
    Ok((tx, permit))
}

/// Refuses a unit or an institution that there is not, at its field.
pub async fn must_exist(
    connection: &mut SqliteConnection,
    new: &NewAffiliation,
) -> Result<(), AppError> {
    with_institution(connection, new).await.map(drop)
}

/// The affiliation with the institution of its unit; both must exist and belong together.
async fn with_institution(
    connection: &mut SqliteConnection,
    new: &NewAffiliation,
) -> Result<NewAffiliation, AppError> {
    let institution = match new.unit {
        Some(unit) => Some(institution_of(connection, unit, new.institution).await?),
        None => new.institution,
    };
    if let Some(id) = institution
        && queries::institution(connection, id).await?.is_none()
    {
        return Err(AppError::field("institution", Fault::UnknownChoice));
    }
    Ok(NewAffiliation {
        institution,
        ..new.clone()
    })
}

async fn institution_of(
    connection: &mut SqliteConnection,
    unit: UnitId,
    chosen: Option<InstitutionId>,
) -> Result<InstitutionId, AppError> {
    let unit = queries::unit(connection, unit).await?;
    match unit {
        Some(unit) if chosen.is_none_or(|chosen| chosen == unit.institution) => {
            Ok(unit.institution)
        }
        _ => Err(AppError::field("unit", Fault::UnknownChoice)),
    }
}
