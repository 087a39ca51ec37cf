//! Where people served and serve.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use crate::{
    people::{
        AffiliationId, Country, Department, InstitutionId, NewAffiliation, PersonId, Sector, UnitId,
    },
    values::Text,
};

/// One affiliation with the words for its parts.
#[derive(Debug)]
pub struct AffiliationRow {
    pub institution: Option<InstitutionId>,
    pub institution_name: Option<String>,
    pub sector: Option<Sector>,
    pub unit: Option<UnitId>,
    pub unit_name: Option<String>,
    pub position: Option<String>,
    pub department: Option<Department>,
    pub country: Country,
    pub region: Option<String>,
    pub since: NaiveDate,
    pub until: Option<NaiveDate>,
}

/// All affiliations of a person, the latest first.
pub async fn affiliations(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> sqlx::Result<Vec<AffiliationRow>> {
    query_as!(
        AffiliationRow,
        r#"SELECT affiliations.institution_id AS institution,
                  institutions.name AS "institution_name?", institutions.sector AS "sector: _",
                  affiliations.unit_id AS unit, institution_units.name AS "unit_name?",
                  affiliations.position, affiliations.department, affiliations.country,
                  affiliations.region, affiliations.since, affiliations.until
           FROM affiliations
           LEFT JOIN institutions ON institutions.id = affiliations.institution_id
           LEFT JOIN institution_units ON institution_units.id = affiliations.unit_id
           WHERE affiliations.person_id = ?
           ORDER BY affiliations.since DESC, affiliations.id DESC"#,
        person,
    )
    .fetch_all(connection)
    .await
}

pub async fn insert_affiliation(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    person: PersonId,
    new: &NewAffiliation,
) -> sqlx::Result<AffiliationId> {
    let position = new.position.as_ref().map(Text::as_str);
    let region = new.region.as_ref().map(Text::as_str);
    query_scalar!(
        r#"INSERT INTO affiliations (person_id, institution_id, unit_id, position, department,
                                     country, region, since, created_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id AS "id!: AffiliationId""#,
        person,
        new.institution,
        new.unit,
        position,
        new.department,
        new.country,
        region,
        new.since,
        now,
    )
    .fetch_one(connection)
    .await
}

/// The affiliation without an end, and its first day.
pub async fn current_affiliation(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> sqlx::Result<Option<(AffiliationId, NaiveDate)>> {
    let row = query!(
        "SELECT id, since FROM affiliations WHERE person_id = ? AND until IS NULL",
        person,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| (row.id, row.since)))
}

/// The last day on which an affiliation is known to begin or end: none begins before it.
pub async fn latest_day(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> sqlx::Result<Option<NaiveDate>> {
    query_scalar!(
        r#"SELECT max(coalesce(until, since)) AS "latest: NaiveDate"
           FROM affiliations WHERE person_id = ?"#,
        person,
    )
    .fetch_one(connection)
    .await
}

pub async fn end_affiliation(
    connection: &mut SqliteConnection,
    affiliation: AffiliationId,
    until: NaiveDate,
) -> sqlx::Result<()> {
    query!(
        "UPDATE affiliations SET until = ? WHERE id = ? AND until IS NULL",
        until,
        affiliation,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes an affiliation out of the register, as if it had never begun.
pub async fn delete_affiliation(
    connection: &mut SqliteConnection,
    person: PersonId,
    affiliation: AffiliationId,
) -> sqlx::Result<()> {
    query!(
        "DELETE FROM affiliations WHERE id = ? AND person_id = ? AND until IS NULL",
        affiliation,
        person,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Lets an affiliation go on that had ended.
pub async fn resume_affiliation(
    connection: &mut SqliteConnection,
    person: PersonId,
    affiliation: AffiliationId,
) -> sqlx::Result<()> {
    query!(
        "UPDATE affiliations SET until = NULL WHERE id = ? AND person_id = ?",
        affiliation,
        person,
    )
    .execute(connection)
    .await?;
    Ok(())
}
