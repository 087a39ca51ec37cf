//! The register, one page at a time in the order of names.

use sqlx::{SqliteConnection, query, query_as};

use crate::people::{Department, DocumentKind, InstitutionId, PersonId, Sector};

/// One line of the register.
#[derive(Debug)]
pub struct ListRow {
    pub id: PersonId,
    pub given_names: String,
    pub paternal_surname: String,
    pub maternal_surname: Option<String>,
    pub document_kind: DocumentKind,
    pub document_sealed: Option<Vec<u8>>,
    pub institution: Option<String>,
    pub position: Option<String>,
    pub department: Option<Department>,
    pub has_account: bool,
}

/// Which part of the register is looked at.
#[derive(Clone, Copy, Debug, Default)]
pub struct ListFilter {
    /// Of the present institution.
    pub sector: Option<Sector>,
    /// The present institution.
    pub institution: Option<InstitutionId>,
    /// Of the present affiliation.
    pub department: Option<Department>,
    /// Only people after this one.
    pub after: Option<PersonId>,
    /// Lines at most.
    pub limit: i64,
}

/// One page. The condition stands after the filters and takes its values from `?7` on.
macro_rules! page {
    ($connection:expr, $filter:expr, $condition:tt $(, $value:expr)*) => {{
        let filter: ListFilter = $filter;
        let (name, id) = place_in_list(&mut *$connection, filter.after).await?;
        query_as!(
            ListRow,
            r#"SELECT people.id, people.given_names, people.paternal_surname,
                      people.maternal_surname, people.document_kind, people.document_sealed,
                      institutions.name AS "institution?", affiliations.position AS "position?",
                      affiliations.department AS "department: _",
                      accounts.id IS NOT NULL AS "has_account!: bool"
               FROM people
               LEFT JOIN affiliations
                   ON affiliations.person_id = people.id AND affiliations.until IS NULL
               LEFT JOIN institutions ON institutions.id = affiliations.institution_id
               LEFT JOIN accounts ON accounts.person_id = people.id
               WHERE (people.sort_name, people.id) > (?1, ?2) AND people.merged_into IS NULL
                 AND (?3 IS NULL OR institutions.sector = ?3)
                 AND (?4 IS NULL OR affiliations.department = ?4)
                 AND (?5 IS NULL OR affiliations.institution_id = ?5) "#
                + $condition
                + " ORDER BY people.sort_name, people.id LIMIT ?6",
            name,
            id,
            filter.sector,
            filter.department,
            filter.institution,
            filter.limit
            $(, $value)*
        )
        .fetch_all($connection)
        .await
    }};
}

pub async fn page_of_all(
    connection: &mut SqliteConnection,
    filter: ListFilter,
) -> sqlx::Result<Vec<ListRow>> {
    page!(connection, filter, "")
}

/// Only those who serve in the filter's institution: begins with them, so that a small
/// institution is found quickly in a large register.
pub async fn page_of_members(
    connection: &mut SqliteConnection,
    filter: ListFilter,
) -> sqlx::Result<Vec<ListRow>> {
    page!(
        connection,
        filter,
        "AND people.id IN (SELECT person_id FROM affiliations WHERE institution_id = ?5 AND until IS NULL)"
    )
}

/// `words` is an FTS5 expression.
pub async fn page_by_words(
    connection: &mut SqliteConnection,
    filter: ListFilter,
    words: &str,
) -> sqlx::Result<Vec<ListRow>> {
    page!(
        connection,
        filter,
        "AND people.id IN (SELECT rowid FROM people_search WHERE people_search MATCH ?7)",
        words
    )
}

pub async fn page_by_document(
    connection: &mut SqliteConnection,
    filter: ListFilter,
    hashes: &[Option<[u8; 32]>; 3],
) -> sqlx::Result<Vec<ListRow>> {
    let [dni, card, passport] = hashes
        .each_ref()
        .map(|hash| hash.as_ref().map(<[u8; 32]>::as_slice));
    page!(
        connection,
        filter,
        "AND people.id IN (SELECT coalesce(merged_into, id) FROM people WHERE document_hash IN (?7, ?8, ?9))",
        dni,
        card,
        passport
    )
}

/// Where a person stands in the order of the list; its beginning for nobody.
async fn place_in_list(
    connection: &mut SqliteConnection,
    after: Option<PersonId>,
) -> sqlx::Result<(String, PersonId)> {
    let row = query!("SELECT sort_name, id FROM people WHERE id = ?", after)
        .fetch_optional(connection)
        .await?;
    Ok(row.map_or((String::new(), PersonId::new(0)), |row| {
        (row.sort_name, row.id)
    }))
}
