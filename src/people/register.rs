//! The register as a list: what is looked for, and one page of what is found.

use sqlx::SqliteConnection;

use super::{
    Department, InstitutionId, PersonId, Sector, document, lookup,
    queries::{self, ListFilter, ListRow},
};
use crate::{
    access::{Viewer, readable_people},
    error::AppError,
    paths,
    server::Secrets,
};

/// Lines of a page.
pub const PAGE: usize = 50;

/// What is looked for in the register; all of it stands in the address of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegisterQuery {
    /// Words of names or institutions, or a complete document number.
    pub text: String,
    /// Sector of the present institution.
    pub sector: Option<Sector>,
    /// The present institution.
    pub institution: Option<InstitutionId>,
    /// Department of the present affiliation.
    pub department: Option<Department>,
    /// The last person of the page before.
    pub after: Option<PersonId>,
}

impl RegisterQuery {
    /// Whether anything narrows the list.
    pub fn is_narrow(&self) -> bool {
        let all = Self {
            after: self.after,
            ..Self::default()
        };
        *self != all
    }

    /// The address of the page of this query that begins after somebody.
    pub fn address(&self, after: Option<PersonId>) -> paths::Path {
        let id = |id: i64| id.to_string();
        let parameters = [
            ("q", Some(self.text.clone()).filter(|text| !text.is_empty())),
            ("sector", self.sector.map(|sector| sector.to_string())),
            ("institution", self.institution.map(|one| id(one.get()))),
            ("department", self.department.map(|one| one.to_string())),
            ("after", after.map(|one| id(one.get()))),
        ];
        parameters
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .fold(paths::people(), |path, (name, value)| {
                path.with(name, &value)
            })
    }

    fn filter(&self) -> ListFilter {
        ListFilter {
            sector: self.sector,
            institution: self.institution,
            department: self.department,
            after: self.after,
            limit: i64::try_from(PAGE).unwrap_or(i64::MAX) + 1,
        }
    }
}

/// One page of the register.
#[derive(Debug)]
pub struct RegisterPage {
    /// The lines, in the order of names.
    pub rows: Vec<ListRow>,
    /// Those of them whose records whoever looks may read.
    pub readable: Vec<PersonId>,
    /// Where the next page begins, if there is one.
    pub next: Option<PersonId>,
}

/// Reads one page. A complete document number finds its holder alone.
pub async fn read_page(
    connection: &mut SqliteConnection,
    secrets: &Secrets,
    viewer: &Viewer,
    query: &RegisterQuery,
) -> Result<RegisterPage, AppError> {
    let mut rows = read_rows(connection, secrets, query).await?;
    let is_more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| is_more).map(|row| row.id);
    let shown: Vec<PersonId> = rows.iter().map(|row| row.id).collect();
    let readable = readable_people(connection, viewer, &shown).await?;
    Ok(RegisterPage {
        rows,
        readable,
        next,
    })
}

async fn read_rows(
    connection: &mut SqliteConnection,
    secrets: &Secrets,
    query: &RegisterQuery,
) -> Result<Vec<ListRow>, AppError> {
    let filter = query.filter();
    if query.text.trim().is_empty() {
        let rows = match query.institution {
            Some(_) => queries::page_of_members(connection, filter).await?,
            None => queries::page_of_all(connection, filter).await?,
        };
        return Ok(rows);
    }
    let hashes = document::possible_hashes(secrets, &query.text);
    let holder = queries::page_by_document(connection, filter, &hashes).await?;
    if !holder.is_empty() {
        return Ok(holder);
    }
    match lookup::search_words(&query.text) {
        Some(words) => Ok(queries::page_by_words(connection, filter, &words).await?),
        None => Ok(Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_holds_the_whole_query() {
        let query = RegisterQuery {
            text: "núñez".into(),
            sector: Some(Sector::Police),
            institution: Some(InstitutionId::new(7)),
            department: Some(Department::Loreto),
            after: Some(PersonId::new(1)),
        };
        assert_eq!(
            query.address(Some(PersonId::new(9))).as_str(),
            "/people?q=n%C3%BA%C3%B1ez&sector=police&institution=7&department=16&after=9"
        );
        assert!(query.is_narrow());
        let all = RegisterQuery {
            after: Some(PersonId::new(1)),
            ..RegisterQuery::default()
        };
        assert_eq!(all.address(None).as_str(), "/people");
        assert!(!all.is_narrow());
    }
}
