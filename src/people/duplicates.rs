//! Who may be the person that somebody is about to add.

use sqlx::SqliteConnection;

use super::{DocumentNumber, PersonHit, queries};
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
