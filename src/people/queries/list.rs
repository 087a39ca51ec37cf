//! The register, one page at a time, and how many it holds.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use crate::{
    people::{Department, DocumentKind, InstitutionId, PersonId, RegisterColumn, Sector},
    values::Order,
};

/// One line of the register.
#[derive(Clone, Debug)]
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
    pub recorded_at: DateTime<Utc>,
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
}

/// Which lines of that part.
#[derive(Clone, Copy, Debug)]
pub struct ListPage {
    /// By which column.
    pub order: Order<RegisterColumn>,
    /// Only people behind this one.
    pub after: Option<PersonId>,
    /// Lines at most.
    pub limit: i64,
}

/// People who pass the filter: `$before` begins the statement, `$after` ends it and takes its values
/// from `?4` on.
macro_rules! people {
    ($query:ident, [$($row:ident)?], $before:tt, [$($after:tt),+], $filter:expr $(, $value:expr)*) => {
        $query!(
            $($row,)?
            $before + r#" FROM people
               LEFT JOIN affiliations
                   ON affiliations.person_id = people.id AND affiliations.until IS NULL
               LEFT JOIN institutions ON institutions.id = affiliations.institution_id
               LEFT JOIN accounts ON accounts.person_id = people.id
               WHERE people.merged_into IS NULL
                 AND (?1 IS NULL OR institutions.sector = ?1)
                 AND (?2 IS NULL OR affiliations.department = ?2)
                 AND (?3 IS NULL OR affiliations.institution_id = ?3) "#
                $(+ $after)+,
            $filter.sector,
            $filter.department,
            $filter.institution
            $(, $value)*
        )
    };
}

/// Their lines in an order; `?4` is how many at most.
macro_rules! lines {
    ([$($after:tt),+], $filter:expr, $($value:expr),+) => {
        people!(
            query_as,
            [ListRow],
            r#"SELECT people.id, people.given_names, people.paternal_surname,
                      people.maternal_surname, people.document_kind, people.document_sealed,
                      institutions.name AS "institution?", affiliations.position AS "position?",
                      affiliations.department AS "department: _",
                      accounts.id IS NOT NULL AS "has_account!: bool",
                      people.created_at AS recorded_at"#,
            [$($after),+],
            $filter,
            $($value),+
        )
    };
}

/// One page. The condition takes its values from `?5` on; the two placeholders behind them are for
/// the place of the last person of the page before, by the column and by number.
macro_rules! page {
    ($connection:expr, $filter:expr, $page:expr, $condition:tt, $key:tt, $id:tt $(, $value:expr)*) => {{
        let (filter, page): (ListFilter, ListPage) = ($filter, $page);
        let (key, id) = place_in_list(&mut *$connection, page).await?;
        match (page.order.by, page.order.descending) {
            (RegisterColumn::Name, false) => {
                lines!(
                    [$condition, " AND (people.sort_name, people.id) > (", $key, ", ", $id,
                     ") ORDER BY people.sort_name, people.id LIMIT ?4"],
                    filter, page.limit $(, $value)*, key, id
                )
                .fetch_all($connection)
                .await
            }
            (RegisterColumn::Name, true) => {
                lines!(
                    [$condition, " AND (people.sort_name, people.id) < (", $key, ", ", $id,
                     ") ORDER BY people.sort_name DESC, people.id DESC LIMIT ?4"],
                    filter, page.limit $(, $value)*, key, id
                )
                .fetch_all($connection)
                .await
            }
            (RegisterColumn::Recorded, false) => {
                lines!(
                    [$condition, " AND (people.created_at, people.id) > (", $key, ", ", $id,
                     ") ORDER BY people.created_at, people.id LIMIT ?4"],
                    filter, page.limit $(, $value)*, key, id
                )
                .fetch_all($connection)
                .await
            }
            (RegisterColumn::Recorded, true) => {
                lines!(
                    [$condition, " AND (people.created_at, people.id) < (", $key, ", ", $id,
                     ") ORDER BY people.created_at DESC, people.id DESC LIMIT ?4"],
                    filter, page.limit $(, $value)*, key, id
                )
                .fetch_all($connection)
                .await
            }
        }
    }};
}

/// How many there are, `limit` at most.
macro_rules! count {
    ($connection:expr, $filter:expr, $limit:expr, $condition:tt $(, $value:expr)*) => {
        people!(
            query_scalar,
            [],
            r#"SELECT count(*) AS "n!: i64" FROM (SELECT 1"#,
            [$condition, " LIMIT ?4)"],
            $filter,
            $limit
            $(, $value)*
        )
        .fetch_one($connection)
        .await
    };
}

pub async fn page_of_all(
    connection: &mut SqliteConnection,
    filter: ListFilter,
    page: ListPage,
) -> sqlx::Result<Vec<ListRow>> {
    page!(connection, filter, page, "", "?5", "?6")
}

pub async fn count_of_all(
    connection: &mut SqliteConnection,
    filter: ListFilter,
    limit: i64,
) -> sqlx::Result<i64> {
    count!(connection, filter, limit, "")
}

/// How many people the whole register holds, `limit` at most. Counts along an index and takes off
/// who was merged, for reading every row would take several times as long as a page.
pub async fn count_of_register(connection: &mut SqliteConnection, limit: i64) -> sqlx::Result<i64> {
    query_scalar!(
        r#"WITH merged AS (SELECT count(*) AS n FROM people WHERE merged_into IS NOT NULL)
           SELECT (SELECT count(*) FROM (SELECT 1 FROM people LIMIT ? + (SELECT n FROM merged)))
                  - (SELECT n FROM merged) AS "n!: i64""#,
        limit,
    )
    .fetch_one(connection)
    .await
}

/// Only those who serve in the filter's institution: begins with them, so that a small
/// institution is found quickly in a large register.
pub async fn page_of_members(
    connection: &mut SqliteConnection,
    filter: ListFilter,
    page: ListPage,
) -> sqlx::Result<Vec<ListRow>> {
    page!(
        connection,
        filter,
        page,
        "AND people.id IN (SELECT person_id FROM affiliations WHERE institution_id = ?3 AND until IS NULL)",
        "?5",
        "?6"
    )
}

pub async fn count_of_members(
    connection: &mut SqliteConnection,
    filter: ListFilter,
    limit: i64,
) -> sqlx::Result<i64> {
    count!(
        connection,
        filter,
        limit,
        "AND people.id IN (SELECT person_id FROM affiliations WHERE institution_id = ?3 AND until IS NULL)"
    )
}

/// `words` is an FTS5 expression.
pub async fn page_by_words(
    connection: &mut SqliteConnection,
    filter: ListFilter,
    page: ListPage,
    words: &str,
) -> sqlx::Result<Vec<ListRow>> {
    page!(
        connection,
        filter,
        page,
        "AND people.id IN (SELECT rowid FROM people_search WHERE people_search MATCH ?5)",
        "?6",
        "?7",
        words
    )
}

pub async fn count_by_words(
    connection: &mut SqliteConnection,
    filter: ListFilter,
    limit: i64,
    words: &str,
) -> sqlx::Result<i64> {
    count!(
        connection,
        filter,
        limit,
        "AND people.id IN (SELECT rowid FROM people_search WHERE people_search MATCH ?5)",
        words
    )
}

/// The holders of a document, three at most.
pub async fn by_document(
    connection: &mut SqliteConnection,
    filter: ListFilter,
    hashes: &[Option<[u8; 32]>; 3],
) -> sqlx::Result<Vec<ListRow>> {
    let [dni, card, passport] = hashes
        .each_ref()
        .map(|hash| hash.as_ref().map(<[u8; 32]>::as_slice));
    lines!(
        ["AND people.id IN (SELECT coalesce(merged_into, id) FROM people WHERE document_hash IN (?4, ?5, ?6))
          ORDER BY people.sort_name, people.id"],
        filter,
        dni,
        card,
        passport
    )
    .fetch_all(connection)
    .await
}

/// Where the last person of the page before stands: by the column of the order, and by number;
/// without one, before everybody in that order.
async fn place_in_list(
    connection: &mut SqliteConnection,
    page: ListPage,
) -> sqlx::Result<(String, PersonId)> {
    let row = match page.after {
        None => None,
        Some(after) => {
            query!(
                r#"SELECT CASE ?2 WHEN 'recorded' THEN created_at ELSE sort_name END
                          AS "key!: String", id
                   FROM people WHERE id = ?1"#,
                after,
                page.order.by,
            )
            .fetch_optional(connection)
            .await?
        }
    };
    let before_everybody = if page.order.descending {
        (char::MAX.to_string(), PersonId::new(i64::MAX))
    } else {
        (String::new(), PersonId::new(0))
    };
    Ok(row.map_or(before_everybody, |row| (row.key, row.id)))
}
