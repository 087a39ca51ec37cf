//! What other domains ask.

use sqlx::{SqliteConnection, query_as};

use crate::people::{AffiliationSnapshot, PersonId};

/// A person with the name of their present institution.
#[derive(Debug)]
pub struct HitRow {
    pub id: PersonId,
    pub given_names: String,
    pub paternal_surname: String,
    pub maternal_surname: Option<String>,
    pub institution: Option<String>,
}

pub async fn snapshot(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> sqlx::Result<Option<AffiliationSnapshot>> {
    query_as!(
        AffiliationSnapshot,
        r#"SELECT affiliations.institution_id AS "institution: _", institutions.name AS "institution_name?",
                  institutions.sector AS "sector: _", institution_units.name AS "unit_name?",
                  affiliations.position AS "position?", affiliations.department AS "department: _",
                  coalesce(affiliations.country, people.nationality) AS "country!: _", people.sex
           FROM people
           LEFT JOIN affiliations
               ON affiliations.person_id = people.id AND affiliations.until IS NULL
           LEFT JOIN institutions ON institutions.id = affiliations.institution_id
           LEFT JOIN institution_units ON institution_units.id = affiliations.unit_id
           WHERE people.id = ?"#,
        person,
    )
    .fetch_optional(connection)
    .await
}

/// `words` is an FTS5 expression.
pub async fn find_by_words(
    connection: &mut SqliteConnection,
    words: &str,
    limit: i64,
) -> sqlx::Result<Vec<HitRow>> {
    query_as!(
        HitRow,
        r#"SELECT people.id, people.given_names, people.paternal_surname, people.maternal_surname,
                  institutions.name AS "institution?"
           FROM people
           LEFT JOIN affiliations
               ON affiliations.person_id = people.id AND affiliations.until IS NULL
           LEFT JOIN institutions ON institutions.id = affiliations.institution_id
           WHERE people.id IN (SELECT rowid FROM people_search WHERE people_search MATCH ?)
             AND people.merged_into IS NULL
           ORDER BY people.sort_name, people.id LIMIT ?"#,
        words,
        limit,
    )
    .fetch_all(connection)
    .await
}

pub async fn find_by_document(
    connection: &mut SqliteConnection,
    hashes: &[Option<[u8; 32]>; 3],
) -> sqlx::Result<Vec<HitRow>> {
    let [dni, card, passport] = hashes
        .each_ref()
        .map(|hash| hash.as_ref().map(<[u8; 32]>::as_slice));
    query_as!(
        HitRow,
        r#"SELECT people.id, people.given_names, people.paternal_surname, people.maternal_surname,
                  institutions.name AS "institution?"
           FROM people
           LEFT JOIN affiliations
               ON affiliations.person_id = people.id AND affiliations.until IS NULL
           LEFT JOIN institutions ON institutions.id = affiliations.institution_id
           WHERE people.id IN (SELECT coalesce(merged_into, id) FROM people
                               WHERE document_hash IN (?, ?, ?))
           ORDER BY people.sort_name, people.id"#,
        dni,
        card,
        passport,
    )
    .fetch_all(connection)
    .await
}

pub async fn hit(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> sqlx::Result<Option<HitRow>> {
    query_as!(
        HitRow,
        r#"SELECT people.id, people.given_names, people.paternal_surname, people.maternal_surname,
                  institutions.name AS "institution?"
           FROM people
           LEFT JOIN affiliations
               ON affiliations.person_id = people.id AND affiliations.until IS NULL
           LEFT JOIN institutions ON institutions.id = affiliations.institution_id
           WHERE people.id = ?"#,
        person,
    )
    .fetch_optional(connection)
    .await
}
