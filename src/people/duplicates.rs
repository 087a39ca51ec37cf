//! Who may be the person that somebody is about to add, or that a list names.

use sqlx::SqliteConnection;

use super::{DocumentNumber, PersonData, PersonHit, PersonId, queries};
use crate::{
    error::AppError,
    server::Secrets,
    values::{chosen, fold, whole_number},
};

/// The holder of the typed document; without one, people of the same folded names and, where both
/// are known, the same year of birth. `typed` gives a field of the person's form.
pub async fn possible_duplicates<'a>(
    connection: &mut SqliteConnection,
    secrets: &Secrets,
    typed: impl Fn(&'static str) -> &'a str,
) -> Result<Vec<PersonHit>, AppError> {
    let kind = chosen(typed("document_kind"));
    let number = kind.and_then(|kind| DocumentNumber::parse(kind, typed("document_number")));
    if let Ok(number) = number {
        let hash = [Some(number.hash(secrets)), None, None];
        let holder = queries::find_by_document(connection, &hash).await?;
        if !holder.is_empty() {
            return Ok(holder.into_iter().map(PersonHit::from).collect());
        }
    }
    let (paternal, maternal) = (typed("paternal_surname"), typed("maternal_surname"));
    let sort_name = fold(&format!("{paternal} {maternal} {}", typed("given_names")));
    let birth_year = whole_number(typed("birth_year"), 1900, 2100).ok();
    let rows = queries::same_names(connection, &sort_name, birth_year).await?;
    Ok(rows.into_iter().map(PersonHit::from).collect())
}

/// Who somebody on a list is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match {
    /// The holder of the document; without one, the only person of the same folded names and the
    /// same year of birth.
    Known(PersonId),
    /// People of the same folded names of whom nothing says that they are others.
    Possible(Vec<PersonHit>),
    /// Nobody in the register.
    Nobody,
}

/// Finds who is meant: by the document first, then by folded surnames and given names with the
/// year of birth. Equal names alone decide nothing: somebody has to.
pub async fn match_person(
    connection: &mut SqliteConnection,
    secrets: &Secrets,
    data: &PersonData,
) -> Result<Match, AppError> {
    let number = data.document.number();
    if let Some(number) = number
        && let Some(holder) = queries::holder(connection, &number.hash(secrets)).await?
    {
        return Ok(Match::Known(holder));
    }
    let sort_name = data.name.sort_name();
    let rows = queries::same_names(connection, &sort_name, data.birth_year).await?;
    if rows.is_empty() {
        return Ok(Match::Nobody);
    }
    if let (None, Some(year)) = (number, data.birth_year)
        && let [only] = queries::same_names_and_year(connection, &sort_name, year).await?[..]
        && rows.len() == 1
    {
        return Ok(Match::Known(only));
    }
    Ok(Match::Possible(
        rows.into_iter().map(PersonHit::from).collect(),
    ))
}
