//! What other domains ask about people: who is meant, and where they serve at present.

use sqlx::SqliteConnection;

use super::{
    Country, Department, InstitutionId, PersonId, Sector, Sex,
    name::listed_name,
    queries::{self, InstitutionRow},
    words,
};
use crate::{error::AppError, server::Secrets, ui::Choices};

/// A person as they may be picked: for enrolling somebody or assigning a facilitator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonHit {
    /// Who.
    pub id: PersonId,
    /// "Núñez Quispe, Rosa".
    pub name: String,
    /// The institution they serve in at present.
    pub institution: Option<String>,
}

impl PersonHit {
    /// "Núñez Quispe, Rosa (Defensa Pública)".
    pub fn name_and_institution(&self) -> String {
        match &self.institution {
            Some(institution) => format!("{} ({institution})", self.name),
            None => self.name.clone(),
        }
    }
}

/// Where a person serves at one moment: what an enrolment keeps of them, for officials rotate and
/// last year's report must not change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AffiliationSnapshot {
    /// The institution.
    pub institution: Option<InstitutionId>,
    /// Its name.
    pub institution_name: Option<String>,
    /// Its sector.
    pub sector: Option<Sector>,
    /// The unit's name.
    pub unit_name: Option<String>,
    /// Position or rank.
    pub position: Option<String>,
    /// The department of Peru where they serve.
    pub department: Option<Department>,
    /// The country where they serve; without an affiliation, their nationality.
    pub country: Country,
    /// The person's sex.
    pub sex: Sex,
}

/// The present affiliation of a person. `None`: there is no such person. A person without an
/// affiliation has a snapshot without an institution.
pub async fn snapshot(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> Result<Option<AffiliationSnapshot>, AppError> {
    Ok(queries::snapshot(connection, person).await?)
}

/// Whoever a record stands for: itself, or the one that it went into.
pub(crate) async fn stands_for(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> Result<PersonId, AppError> {
    Ok(queries::merged_into(connection, person)
        .await?
        .unwrap_or(person))
}

/// Writes the words anew by which a person is found; a record that went into another one has none.
pub(crate) async fn refresh_words(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> Result<(), AppError> {
    Ok(queries::refresh_search(connection, person).await?)
}

/// People whose names or present institution hold words that begin with every word of `text`, in
/// the order of their names. Nobody for a text without letters or digits.
pub async fn find(
    connection: &mut SqliteConnection,
    text: &str,
    limit: i64,
) -> Result<Vec<PersonHit>, AppError> {
    let Some(words) = search_words(text) else {
        return Ok(Vec::new());
    };
    let rows = queries::find_by_words(connection, &words, limit).await?;
    Ok(rows.into_iter().map(PersonHit::from).collect())
}

/// Like [`find`], but a complete document number, of any kind, finds its holder.
pub async fn find_with_document(
    connection: &mut SqliteConnection,
    secrets: &Secrets,
    text: &str,
    limit: i64,
) -> Result<Vec<PersonHit>, AppError> {
    let hashes = super::document::possible_hashes(secrets, text);
    let rows = queries::find_by_document(connection, &hashes).await?;
    if rows.is_empty() {
        return find(connection, text, limit).await;
    }
    Ok(rows.into_iter().map(PersonHit::from).collect())
}

/// Every institution by name, under the heading of its sector: what a form offers to choose from.
pub async fn institution_choices(
    connection: &mut SqliteConnection,
) -> Result<Vec<(String, Choices)>, AppError> {
    let institutions = queries::institutions(connection).await?;
    Ok(institutions_by_sector(&institutions))
}

/// An institution as selects name it; `None`: there is no such institution.
pub async fn institution_label(
    connection: &mut SqliteConnection,
    institution: InstitutionId,
) -> Result<Option<String>, AppError> {
    let row = queries::institution(connection, institution).await?;
    Ok(row.map(|row| row.label()))
}

/// The same for institutions that were read already.
pub(super) fn institutions_by_sector(institutions: &[InstitutionRow]) -> Vec<(String, Choices)> {
    let of = |sector: Sector| {
        let members = institutions.iter().filter(|row| row.sector == sector);
        let choices: Vec<(String, String)> = members
            .map(|row| (row.id.to_string(), row.label()))
            .collect();
        (!choices.is_empty()).then(|| (words::sector(sector), choices.into()))
    };
    Sector::ALL
        .iter()
        .filter_map(|&sector| of(sector))
        .collect()
}

/// One person as they may be picked; `None`: there is no such person.
pub async fn hit(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> Result<Option<PersonHit>, AppError> {
    let row = queries::hit(connection, person).await?;
    Ok(row.map(PersonHit::from))
}

impl From<queries::HitRow> for PersonHit {
    fn from(row: queries::HitRow) -> Self {
        Self {
            id: row.id,
            name: listed_name(
                &row.given_names,
                &row.paternal_surname,
                row.maternal_surname.as_deref(),
            ),
            institution: row.institution,
        }
    }
}

impl From<queries::HolderRow> for PersonHit {
    fn from(row: queries::HolderRow) -> Self {
        Self::from(queries::HitRow {
            id: row.id,
            given_names: row.given_names,
            paternal_surname: row.paternal_surname,
            maternal_surname: row.maternal_surname,
            institution: row.institution,
        })
    }
}

/// What is typed as an FTS5 expression: every word is the beginning of one in the index.
///
/// Words are quoted, so nothing that is typed is an operator.
pub(crate) fn search_words(text: &str) -> Option<String> {
    let folded = crate::values::fold(text);
    let words: Vec<String> = folded
        .split(' ')
        .filter(|word| !word.is_empty())
        .take(8)
        .map(|word| format!("\"{word}\"*"))
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_typed_is_an_operator() {
        let cases = [
            ("Núñez", Some("\"nunez\"*")),
            ("nun ros", Some("\"nun\"* \"ros\"*")),
            ("a\" OR b*", Some("\"a\"* \"or\"* \"b\"*")),
            ("Ch'aska", Some("\"chaska\"*")),
            ("words:x", Some("\"words\"* \"x\"*")),
            ("", None),
            (" \"-* ", None),
        ];
        for (typed, expected) in cases {
            assert_eq!(search_words(typed).as_deref(), expected, "{typed}");
        }
    }
}
