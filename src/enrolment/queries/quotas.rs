//! Quotas of an edition, and who of which kind holds a seat in it.

use sqlx::{SqliteConnection, query, query_scalar};

use crate::{
    courses::EditionId,
    enrolment::quota::{Quota, QuotaGroup, QuotaId, Traits},
    people::{Department, InstitutionId, Sector, Sex},
};

/// A quota with its number, and the institution's name where it is one's.
#[derive(Clone, Debug)]
pub(in crate::enrolment) struct QuotaRow {
    pub id: QuotaId,
    pub quota: Quota,
    pub institution_name: Option<String>,
}

/// The quotas of an edition, in the order in which they were set.
pub(in crate::enrolment) async fn quotas(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<Vec<QuotaRow>> {
    let rows = query!(
        r#"SELECT quotas.id AS "id: QuotaId", quotas.sector,
                  quotas.institution_id AS institution, quotas.department, quotas.sex,
                  quotas.reserved, quotas.at_most, institutions.name AS "institution_name?"
           FROM edition_quotas AS quotas
           LEFT JOIN institutions ON institutions.id = quotas.institution_id
           WHERE quotas.edition_id = ? ORDER BY quotas.id"#,
        edition,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| QuotaRow {
            id: row.id,
            quota: Quota {
                group: group((row.sector, row.institution, row.department, row.sex)),
                reserved: row.reserved,
                at_most: row.at_most,
            },
            institution_name: row.institution_name,
        })
        .collect())
}

/// How many people of which kind hold a seat, or are offered one.
pub(in crate::enrolment) async fn seated(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<Vec<(Traits, i64)>> {
    let rows = query!(
        r#"SELECT institution_id, sector, department, sex, count(*) AS "people!: i64"
           FROM enrolments
           WHERE edition_id = ?
             AND (state IN ('enrolled', 'completed', 'not_completed', 'no_show')
                  OR state = 'waiting' AND offered_until IS NOT NULL)
           GROUP BY institution_id, sector, department, sex"#,
        edition,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let who = Traits {
                institution: row.institution_id,
                sector: row.sector,
                department: row.department,
                sex: row.sex,
            };
            (who, row.people)
        })
        .collect())
}

/// Sets the quota of a group, in place of the one it had.
pub(in crate::enrolment) async fn set_quota(
    connection: &mut SqliteConnection,
    edition: EditionId,
    quota: &Quota,
) -> sqlx::Result<()> {
    let (sector, institution, department, sex) = columns(quota.group);
    query!(
        "INSERT INTO edition_quotas (edition_id, sector, institution_id, department, sex, reserved,
                                     at_most)
         VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (edition_id, coalesce(sector, ''), coalesce(institution_id, 0),
                      coalesce(department, ''), coalesce(sex, ''))
         DO UPDATE SET reserved = excluded.reserved, at_most = excluded.at_most",
        edition,
        sector,
        institution,
        department,
        sex,
        quota.reserved,
        quota.at_most,
    )
    .execute(connection)
    .await?;
    Ok(())
}

type Columns = (
    Option<Sector>,
    Option<InstitutionId>,
    Option<Department>,
    Option<Sex>,
);

fn group((sector, institution, department, sex): Columns) -> QuotaGroup {
    sector
        .map(QuotaGroup::Sector)
        .or(institution.map(QuotaGroup::Institution))
        .or(department.map(QuotaGroup::Department))
        .or(sex.map(QuotaGroup::Sex))
        .expect("the table checks that a quota has a group")
}

const fn columns(group: QuotaGroup) -> Columns {
    match group {
        QuotaGroup::Sector(sector) => (Some(sector), None, None, None),
        QuotaGroup::Institution(institution) => (None, Some(institution), None, None),
        QuotaGroup::Department(department) => (None, None, Some(department), None),
        QuotaGroup::Sex(sex) => (None, None, None, Some(sex)),
    }
}

/// Removes a quota.
pub(in crate::enrolment) async fn remove_quota(
    connection: &mut SqliteConnection,
    quota: QuotaId,
) -> sqlx::Result<()> {
    query!("DELETE FROM edition_quotas WHERE id = ?", quota)
        .execute(connection)
        .await?;
    Ok(())
}

/// The sector of an institution.
pub(in crate::enrolment) async fn sector_of(
    connection: &mut SqliteConnection,
    institution: InstitutionId,
) -> sqlx::Result<Option<Sector>> {
    query_scalar!("SELECT sector FROM institutions WHERE id = ?", institution)
        .fetch_optional(connection)
        .await
}
