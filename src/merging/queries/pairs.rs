//! Pairs of people who may be one.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use crate::{
    access::AccountId,
    merging::PairId,
    people::{InstitutionId, PersonId},
};

/// Somebody who is compared with everybody else.
#[derive(Debug)]
pub struct Compared {
    pub id: PersonId,
    pub document_sealed: Option<Vec<u8>>,
    pub document_hash: Option<Vec<u8>>,
    pub sort_name: String,
    pub birth_year: Option<i64>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub institution: Option<InstitutionId>,
}

/// Some of those who have not been compared since they changed.
pub async fn to_compare(
    connection: &mut SqliteConnection,
    limit: i64,
) -> sqlx::Result<Vec<Compared>> {
    query_as!(
        Compared,
        r#"SELECT people.id, people.document_sealed, people.document_hash, people.sort_name,
                  people.birth_year, people.email, people.phone,
                  affiliations.institution_id AS "institution?"
           FROM people
           LEFT JOIN affiliations
               ON affiliations.person_id = people.id AND affiliations.until IS NULL
           WHERE people.compared_version IS NULL AND people.merged_into IS NULL
           ORDER BY people.id LIMIT ?"#,
        limit,
    )
    .fetch_all(connection)
    .await
}

/// Whether anybody has not been compared yet.
pub async fn is_comparing(connection: &mut SqliteConnection) -> sqlx::Result<bool> {
    query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM people WHERE compared_version IS NULL AND merged_into IS NULL)
               AS "any!: bool""#
    )
    .fetch_one(connection)
    .await
}

pub async fn set_compared(connection: &mut SqliteConnection, person: PersonId) -> sqlx::Result<()> {
    query!(
        "UPDATE people SET compared_version = version WHERE id = ?",
        person
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Somebody who is like the one compared in some way.
#[derive(Debug)]
pub struct Like {
    pub id: PersonId,
    pub sort_name: String,
    pub birth_year: Option<i64>,
    pub same_email: bool,
    pub same_phone: bool,
    pub same_document: bool,
}

/// Everybody else of the same names, address, telephone, or with one of these documents.
pub async fn like(
    connection: &mut SqliteConnection,
    one: &Compared,
    documents: &str,
) -> sqlx::Result<Vec<Like>> {
    query_as!(
        Like,
        r#"SELECT people.id, people.sort_name, people.birth_year,
                  people.email IS ?3 AND people.email IS NOT NULL AS "same_email!: bool",
                  people.phone IS ?4 AND people.phone IS NOT NULL AS "same_phone!: bool",
                  people.document_hash IN (SELECT unhex(value) FROM json_each(?5))
                      AND people.document_hash IS NOT NULL AS "same_document!: bool"
           FROM people
           WHERE people.merged_into IS NULL AND people.id <> ?1 AND people.id IN (
               SELECT id FROM people WHERE sort_name = ?2
               UNION SELECT id FROM people WHERE email = ?3
               UNION SELECT id FROM people WHERE phone = ?4
               UNION SELECT id FROM people
                     WHERE document_hash IN (SELECT unhex(value) FROM json_each(?5)))
           ORDER BY people.id LIMIT 100"#,
        one.id,
        one.sort_name,
        one.email,
        one.phone,
        documents,
    )
    .fetch_all(connection)
    .await
}

/// Everybody else in an institution whose folded names begin with these letters, and of whom no year
/// of birth says that they are another.
pub async fn colleagues(
    connection: &mut SqliteConnection,
    one: &Compared,
    institution: InstitutionId,
    from: &str,
    to: &str,
) -> sqlx::Result<Vec<(PersonId, String)>> {
    let rows = query!(
        "SELECT people.id, people.sort_name
         FROM people JOIN affiliations
             ON affiliations.person_id = people.id AND affiliations.until IS NULL
         WHERE people.sort_name >= ?1 AND people.sort_name < ?2 AND people.merged_into IS NULL
           AND people.id <> ?3 AND affiliations.institution_id = ?4
           AND (people.birth_year IS NULL OR ?5 IS NULL OR people.birth_year = ?5)
         ORDER BY people.sort_name, people.id LIMIT 500",
        from,
        to,
        one.id,
        institution,
        one.birth_year,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id, row.sort_name))
        .collect())
}

/// Forgets what was found about somebody, but not what was decided.
pub async fn forget_pairs(connection: &mut SqliteConnection, person: PersonId) -> sqlx::Result<()> {
    query!(
        "DELETE FROM duplicate_pairs WHERE dismissed_at IS NULL AND person_id = ?",
        person
    )
    .execute(&mut *connection)
    .await?;
    query!(
        "DELETE FROM duplicate_pairs WHERE dismissed_at IS NULL AND other_id = ?",
        person
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Keeps a pair, unless it was dismissed.
pub async fn keep_pair(
    connection: &mut SqliteConnection,
    (one, other): (PersonId, PersonId),
    reasons: &str,
    weight: i64,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "INSERT INTO duplicate_pairs (person_id, other_id, reasons, weight, found_at)
         VALUES (min(?1, ?2), max(?1, ?2), ?3, ?4, ?5)
         ON CONFLICT (person_id, other_id) DO UPDATE SET reasons = ?3, weight = ?4
         WHERE dismissed_at IS NULL",
        one,
        other,
        reasons,
        weight,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A pair as the list shows it.
#[derive(Debug)]
pub struct PairRow {
    pub id: PairId,
    pub reasons: String,
    pub person: PersonId,
    pub given_names: String,
    pub paternal_surname: String,
    pub maternal_surname: Option<String>,
    pub institution: Option<String>,
    pub other: PersonId,
    pub other_given_names: String,
    pub other_paternal_surname: String,
    pub other_maternal_surname: Option<String>,
    pub other_institution: Option<String>,
}

/// The pairs that nobody decided on, what says most first, from the one behind these.
pub async fn pairs(
    connection: &mut SqliteConnection,
    after: Option<PairId>,
    limit: i64,
) -> sqlx::Result<Vec<PairRow>> {
    let place = query!("SELECT weight, id FROM duplicate_pairs WHERE id = ?", after)
        .fetch_optional(&mut *connection)
        .await?;
    let (weight, id) = place.map_or((i64::MAX, PairId::new(0)), |row| (row.weight, row.id));
    query_as!(
        PairRow,
        r#"SELECT pairs.id, pairs.reasons,
                  one.id AS person, one.given_names, one.paternal_surname, one.maternal_surname,
                  serves.name AS "institution?",
                  other.id AS other, other.given_names AS other_given_names,
                  other.paternal_surname AS other_paternal_surname,
                  other.maternal_surname AS other_maternal_surname,
                  other_serves.name AS "other_institution?"
           FROM duplicate_pairs AS pairs
           JOIN people AS one ON one.id = pairs.person_id AND one.merged_into IS NULL
           JOIN people AS other ON other.id = pairs.other_id AND other.merged_into IS NULL
           LEFT JOIN affiliations AS at ON at.person_id = one.id AND at.until IS NULL
           LEFT JOIN institutions AS serves ON serves.id = at.institution_id
           LEFT JOIN affiliations AS other_at ON other_at.person_id = other.id AND other_at.until IS NULL
           LEFT JOIN institutions AS other_serves ON other_serves.id = other_at.institution_id
           WHERE pairs.dismissed_at IS NULL
             AND (pairs.weight < ?1 OR (pairs.weight = ?1 AND pairs.id > ?2))
           ORDER BY pairs.weight DESC, pairs.id LIMIT ?3"#,
        weight,
        id,
        limit,
    )
    .fetch_all(connection)
    .await
}

/// The people of a pair that nobody decided on.
pub async fn open_pair(
    connection: &mut SqliteConnection,
    pair: PairId,
) -> sqlx::Result<Option<(PersonId, PersonId)>> {
    let row = query!(
        "SELECT person_id, other_id FROM duplicate_pairs WHERE id = ? AND dismissed_at IS NULL",
        pair
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| (row.person_id, row.other_id)))
}

pub async fn dismiss(
    connection: &mut SqliteConnection,
    pair: PairId,
    account: Option<AccountId>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "UPDATE duplicate_pairs SET dismissed_at = ?, dismissed_by = ? WHERE id = ?",
        now,
        account,
        pair,
    )
    .execute(connection)
    .await?;
    Ok(())
}
