//! Institutions and their units.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use crate::{
    people::{Country, InstitutionData, InstitutionId, Sector, UnitId, words},
    values::Text,
};

/// An institution.
#[derive(Clone, Debug)]
pub struct InstitutionRow {
    pub id: InstitutionId,
    pub name: String,
    pub short_name: Option<String>,
    pub sector: Sector,
    pub country: Country,
    pub version: i64,
}

impl InstitutionRow {
    /// As selects name it: "Policía Nacional del Perú (PNP)", abroad with the country.
    pub fn label(&self) -> String {
        let mut label = self.name.clone();
        if let Some(short_name) = &self.short_name {
            label = format!("{label} ({short_name})");
        }
        if self.country != Country::Peru {
            label = format!("{label} · {}", words::country(self.country));
        }
        label
    }
}

/// A unit of an institution.
#[derive(Debug)]
pub struct UnitRow {
    pub id: UnitId,
    pub institution: InstitutionId,
    pub name: String,
}

pub async fn institution(
    connection: &mut SqliteConnection,
    id: InstitutionId,
) -> sqlx::Result<Option<InstitutionRow>> {
    query_as!(
        InstitutionRow,
        "SELECT id, name, short_name, sector, country, version FROM institutions WHERE id = ?",
        id,
    )
    .fetch_optional(connection)
    .await
}

/// Every institution, by country and name: what selects offer.
pub async fn institutions(connection: &mut SqliteConnection) -> sqlx::Result<Vec<InstitutionRow>> {
    query_as!(
        InstitutionRow,
        "SELECT id, name, short_name, sector, country, version FROM institutions
         ORDER BY folded_name, country",
    )
    .fetch_all(connection)
    .await
}

/// One page of institutions by name, after a folded name and a country.
///
/// `text` is folded and may stand anywhere in the name or short name; empty finds all.
pub async fn institutions_page(
    connection: &mut SqliteConnection,
    after: Option<InstitutionId>,
    text: &str,
    sector: Option<Sector>,
    limit: i64,
) -> sqlx::Result<Vec<InstitutionRow>> {
    let (name, country) = match after {
        Some(after) => place_in_list(connection, after).await?,
        None => (String::new(), String::new()),
    };
    query_as!(
        InstitutionRow,
        "SELECT id, name, short_name, sector, country, version FROM institutions
         WHERE (folded_name, country) > (?1, ?2)
           AND (?3 = '' OR instr(folded_name, ?3) > 0 OR instr(lower(short_name), ?3) > 0)
           AND (?4 IS NULL OR sector = ?4)
         ORDER BY folded_name, country LIMIT ?5",
        name,
        country,
        text,
        sector,
        limit,
    )
    .fetch_all(connection)
    .await
}

async fn place_in_list(
    connection: &mut SqliteConnection,
    id: InstitutionId,
) -> sqlx::Result<(String, String)> {
    let row = query!(
        r#"SELECT folded_name, country AS "country!: String" FROM institutions WHERE id = ?"#,
        id,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row
        .map(|row| (row.folded_name, row.country))
        .unwrap_or_default())
}

pub async fn insert_institution(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    data: &InstitutionData,
) -> sqlx::Result<InstitutionId> {
    let (name, folded) = (data.name.as_str(), data.folded_name());
    let short_name = data.short_name.as_ref().map(Text::as_str);
    query_scalar!(
        r#"INSERT INTO institutions (name, short_name, sector, country, folded_name, created_at)
           VALUES (?, ?, ?, ?, ?, ?) RETURNING id AS "id!: InstitutionId""#,
        name,
        short_name,
        data.sector,
        data.country,
        folded,
        now,
    )
    .fetch_one(connection)
    .await
}

pub async fn update_institution(
    connection: &mut SqliteConnection,
    (id, version): (InstitutionId, i64),
    data: &InstitutionData,
) -> sqlx::Result<bool> {
    let (name, folded) = (data.name.as_str(), data.folded_name());
    let short_name = data.short_name.as_ref().map(Text::as_str);
    let done = query!(
        "UPDATE institutions SET name = ?, short_name = ?, sector = ?, country = ?,
             folded_name = ?, version = version + 1
         WHERE id = ? AND version = ?",
        name,
        short_name,
        data.sector,
        data.country,
        folded,
        id,
        version,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Every unit of every institution, by name: what selects offer.
pub async fn all_units(connection: &mut SqliteConnection) -> sqlx::Result<Vec<UnitRow>> {
    query_as!(
        UnitRow,
        "SELECT id, institution_id AS institution, name FROM institution_units ORDER BY name, id",
    )
    .fetch_all(connection)
    .await
}

/// The units of one institution, by name.
pub async fn units(
    connection: &mut SqliteConnection,
    institution: InstitutionId,
) -> sqlx::Result<Vec<UnitRow>> {
    query_as!(
        UnitRow,
        "SELECT id, institution_id AS institution, name FROM institution_units
         WHERE institution_id = ? ORDER BY name, id",
        institution,
    )
    .fetch_all(connection)
    .await
}

pub async fn unit(
    connection: &mut SqliteConnection,
    unit: UnitId,
) -> sqlx::Result<Option<UnitRow>> {
    query_as!(
        UnitRow,
        "SELECT id, institution_id AS institution, name FROM institution_units WHERE id = ?",
        unit,
    )
    .fetch_optional(connection)
    .await
}

pub async fn insert_unit(
    connection: &mut SqliteConnection,
    institution: InstitutionId,
    name: &str,
) -> sqlx::Result<UnitId> {
    query_scalar!(
        r#"INSERT INTO institution_units (institution_id, name) VALUES (?, ?)
           RETURNING id AS "id!: UnitId""#,
        institution,
        name,
    )
    .fetch_one(connection)
    .await
}

pub async fn rename_unit(
    connection: &mut SqliteConnection,
    unit: UnitId,
    name: &str,
) -> sqlx::Result<()> {
    query!(
        "UPDATE institution_units SET name = ? WHERE id = ?",
        name,
        unit
    )
    .execute(connection)
    .await?;
    Ok(())
}
