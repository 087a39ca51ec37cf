//! The register as a list: what is looked for, and one page of what is found.

use sqlx::SqliteConnection;

use super::{
    Department, InstitutionId, PersonId, Sector, document, lookup,
    queries::{self, ListFilter, ListPage, ListRow},
};
use crate::{
    access::{Viewer, readable_people},
    error::AppError,
    paths::{self, Path},
    server::Secrets,
    values::{Order, choice},
};

/// Lines of a page.
pub const PAGE: usize = 50;

/// People are counted up to here; of more it is told that there are more.
pub const COUNTED: i64 = 5_000;

choice! {
    /// What the register can be ordered by.
    RegisterColumn {
        /// Surnames, then given names.
        Name => "name",
        /// When they were written into the register.
        Recorded => "recorded",
    }
}

impl RegisterColumn {
    /// The order with which a column begins: names from A, records from the newest.
    pub const fn natural(self) -> Order<Self> {
        match self {
            Self::Name => Order::ascending(self),
            Self::Recorded => Order::descending(self),
        }
    }
}

/// What is looked for in the register; all of it stands in the address of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterQuery {
    /// Words of names or institutions, or a complete document number.
    pub text: String,
    /// Sector of the present institution.
    pub sector: Option<Sector>,
    /// The present institution.
    pub institution: Option<InstitutionId>,
    /// Department of the present affiliation.
    pub department: Option<Department>,
    /// By which column.
    pub order: Order<RegisterColumn>,
    /// The last person of the page before.
    pub after: Option<PersonId>,
}

impl Default for RegisterQuery {
    fn default() -> Self {
        Self {
            text: String::new(),
            sector: None,
            institution: None,
            department: None,
            order: RegisterColumn::Name.natural(),
            after: None,
        }
    }
}

impl RegisterQuery {
    /// Reads the parameters of an address, given by name. A filter that does not exist is none.
    pub fn read(value: impl Fn(&'static str) -> String) -> Self {
        let order = value(Order::<RegisterColumn>::PARAMETER).parse();
        Self {
            text: value("q").chars().take(200).collect(),
            sector: value("sector").parse().ok(),
            institution: value("institution").parse().ok(),
            department: value("department").parse().ok(),
            order: order.unwrap_or(RegisterColumn::Name.natural()),
            after: value("after").parse().ok(),
        }
    }

    /// Whether anything narrows the list.
    pub fn is_narrow(&self) -> bool {
        let all = Self {
            order: self.order,
            after: self.after,
            ..Self::default()
        };
        *self != all
    }

    /// The same list in another order, from its beginning.
    pub fn ordered(&self, order: Order<RegisterColumn>) -> Self {
        Self {
            order,
            after: None,
            ..self.clone()
        }
    }

    /// The address of the page of this query that begins after somebody.
    pub fn address(&self, after: Option<PersonId>) -> Path {
        let path = self.narrowed(paths::people());
        match after {
            Some(after) => path.with("after", &after.to_string()),
            None => path,
        }
    }

    /// The address of the file with everybody whom the query finds.
    pub fn file(&self) -> Path {
        self.narrowed(paths::people_csv())
    }

    /// The order, unless it is the one that nobody has to ask for.
    pub fn unusual_order(&self) -> Option<String> {
        let usual = Self::default().order;
        (self.order != usual).then(|| self.order.to_string())
    }

    fn narrowed(&self, path: Path) -> Path {
        let parameters = [
            ("q", Some(self.text.clone()).filter(|text| !text.is_empty())),
            ("sector", self.sector.map(|sector| sector.to_string())),
            ("institution", self.institution.map(|one| one.to_string())),
            ("department", self.department.map(|one| one.to_string())),
            (Order::<RegisterColumn>::PARAMETER, self.unusual_order()),
        ];
        parameters
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .fold(path, |path, (name, value)| path.with(name, &value))
    }

    const fn filter(&self) -> ListFilter {
        ListFilter {
            sector: self.sector,
            institution: self.institution,
            department: self.department,
        }
    }
}

/// One page of the register.
#[derive(Debug)]
pub struct RegisterPage {
    /// The lines, in the order asked for.
    pub rows: Vec<ListRow>,
    /// Those of them whose records whoever looks may read.
    pub readable: Vec<PersonId>,
    /// Where the next page begins, if there is one.
    pub next: Option<PersonId>,
}

/// Reads one page of so many lines. A complete document number finds its holder alone.
pub async fn read_page(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    query: &RegisterQuery,
    sought: &Sought,
    lines: usize,
) -> Result<RegisterPage, AppError> {
    let page = ListPage {
        order: query.order,
        after: query.after,
        limit: i64::try_from(lines).unwrap_or(i64::MAX - 1) + 1,
    };
    let filter = query.filter();
    let mut rows = match sought {
        Sought::Everybody => queries::page_of_all(connection, filter, page).await?,
        Sought::Members => queries::page_of_members(connection, filter, page).await?,
        Sought::Named(words) => queries::page_by_words(connection, filter, page, words).await?,
        Sought::Holders(rows) => rows.clone(),
    };
    let is_more = rows.len() > lines;
    rows.truncate(lines);
    let next = rows.last().filter(|_| is_more).map(|row| row.id);
    let shown: Vec<PersonId> = rows.iter().map(|row| row.id).collect();
    let readable = readable_people(connection, viewer, &shown).await?;
    Ok(RegisterPage {
        rows,
        readable,
        next,
    })
}

/// How many people a query finds; one more than [`COUNTED`] for any larger number.
pub async fn count(
    connection: &mut SqliteConnection,
    query: &RegisterQuery,
    sought: &Sought,
) -> Result<i64, AppError> {
    let (filter, limit) = (query.filter(), COUNTED + 1);
    Ok(match sought {
        Sought::Everybody if query.is_narrow() => {
            queries::count_of_all(connection, filter, limit).await?
        }
        Sought::Everybody => queries::count_of_register(connection, limit).await?,
        Sought::Members => queries::count_of_members(connection, filter, limit).await?,
        Sought::Named(words) => queries::count_by_words(connection, filter, limit, words).await?,
        Sought::Holders(rows) => i64::try_from(rows.len()).unwrap_or(i64::MAX),
    })
}

/// Among whom a query looks: found out once, for a page and for the number of all.
#[derive(Debug)]
pub enum Sought {
    /// All of the register.
    Everybody,
    /// Those of the filter's institution.
    Members,
    /// An FTS5 expression.
    Named(String),
    /// Those whose document number was typed; nobody at all where nothing that was typed is a word.
    Holders(Vec<ListRow>),
}

impl Sought {
    /// Looks what was typed up among the document numbers first. Whom it finds so was allowed to be
    /// looked up: the caller has asked.
    pub async fn read(
        connection: &mut SqliteConnection,
        secrets: &Secrets,
        query: &RegisterQuery,
    ) -> Result<Self, AppError> {
        if query.text.trim().is_empty() {
            return Ok(match query.institution {
                Some(_) => Self::Members,
                None => Self::Everybody,
            });
        }
        let hashes = document::possible_hashes(secrets, &query.text);
        let holders = queries::by_document(connection, query.filter(), &hashes).await?;
        if !holders.is_empty() {
            return Ok(Self::Holders(holders));
        }
        let words = lookup::search_words(&query.text);
        Ok(words.map_or_else(|| Self::Holders(Vec::new()), Self::Named))
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
            order: Order::descending(RegisterColumn::Name),
            after: Some(PersonId::new(1)),
        };
        let parameters = "?q=n%C3%BA%C3%B1ez&sector=police&institution=7&department=16&order=-name";
        assert_eq!(
            query.address(Some(PersonId::new(9))).as_str(),
            format!("/people{parameters}&after=9")
        );
        assert_eq!(query.file().as_str(), format!("/people.csv{parameters}"));
        assert!(query.is_narrow());
        let all = RegisterQuery {
            after: Some(PersonId::new(1)),
            ..RegisterQuery::default()
        };
        assert_eq!(all.address(None).as_str(), "/people");
        assert!(!all.is_narrow());
        let newest = all.ordered(RegisterColumn::Recorded.natural());
        assert_eq!(newest.address(None).as_str(), "/people?order=-recorded");
        assert!(!newest.is_narrow());
    }
}
