//! Who may be the person that somebody is about to add, or that a list names.

use sqlx::SqliteConnection;

use super::{
    DocumentNumber, PersonData, PersonHit, Sex,
    likeness::{Names, may_be_one},
    queries::{self, HolderRow},
};
use crate::{
    error::AppError,
    server::Secrets,
    values::{Text, chosen, fold, whole_number},
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
    /// The holder of the document, whose names are alike; without a document, the only person of the
    /// same folded names and the same year of birth.
    Known(PersonHit),
    /// The holder of the document, of whom the register says something else: a wrong digit names
    /// another person. Nobody else can have the document.
    Conflict(PersonHit, Vec<Difference>),
    /// People of the same folded names of whom nothing says that they are others.
    Possible(Vec<PersonHit>),
    /// Nobody in the register.
    Nobody,
}

/// In what something written of a person contradicts the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The names are not those of one person.
    Names,
    /// Another year of birth.
    BirthYear,
    /// Another sex.
    Sex,
}

/// Finds who is meant: by the document first, then by folded surnames and given names with the
/// year of birth. Equal names alone decide nothing, and neither does a document against the names:
/// somebody has to.
pub async fn match_person(
    connection: &mut SqliteConnection,
    secrets: &Secrets,
    data: &PersonData,
) -> Result<Match, AppError> {
    let number = data.document.number();
    if let Some(number) = number {
        let holders = queries::holders(connection, &number.hash(secrets)).await?;
        if let Some(found) = holder(data, holders) {
            return Ok(found);
        }
    }
    let sort_name = data.name.sort_name();
    let rows = queries::same_names(connection, &sort_name, data.birth_year).await?;
    if rows.is_empty() {
        return Ok(Match::Nobody);
    }
    let mut hits: Vec<PersonHit> = rows.into_iter().map(PersonHit::from).collect();
    if let (None, Some(year), 1) = (number, data.birth_year, hits.len()) {
        let same = queries::same_names_and_year(connection, &sort_name, year, data.sex).await?;
        if same == [hits[0].id] {
            return Ok(Match::Known(hits.remove(0)));
        }
    }
    Ok(Match::Possible(hits))
}

/// The holder of a document, who may have been recorded twice: either record may agree.
fn holder(data: &PersonData, rows: Vec<HolderRow>) -> Option<Match> {
    let agrees = rows.iter().any(|row| differences(data, row).is_empty());
    let stands = rows.into_iter().find(|row| row.stands)?;
    let differences = differences(data, &stands);
    let hit = PersonHit::from(stands);
    Some(if agrees {
        Match::Known(hit)
    } else {
        Match::Conflict(hit, differences)
    })
}

/// Whether two that were written beside one document number may be one person.
pub fn written_alike(one: &PersonData, other: &PersonData) -> bool {
    contradictions(&written(one), &written(other)).is_empty()
}

fn differences(data: &PersonData, row: &HolderRow) -> Vec<Difference> {
    let registered = Said {
        names: Names {
            given: &row.given_names,
            paternal: &row.paternal_surname,
            maternal: row.maternal_surname.as_deref(),
        },
        birth_year: row.birth_year,
        sex: row.sex,
    };
    contradictions(&written(data), &registered)
}

/// What is said of somebody, in a list or in the register.
struct Said<'a> {
    names: Names<'a>,
    birth_year: Option<i64>,
    sex: Sex,
}

fn contradictions(one: &Said<'_>, other: &Said<'_>) -> Vec<Difference> {
    let years = one.birth_year.zip(other.birth_year);
    let sexes = [one.sex, other.sex];
    let found = [
        (!may_be_one(one.names, other.names)).then_some(Difference::Names),
        years
            .is_some_and(|(one, other)| one != other)
            .then_some(Difference::BirthYear),
        (!sexes.contains(&Sex::Unstated) && sexes[0] != sexes[1]).then_some(Difference::Sex),
    ];
    found.into_iter().flatten().collect()
}

fn written(data: &PersonData) -> Said<'_> {
    let name = &data.name;
    Said {
        names: Names {
            given: name.given_names.as_str(),
            paternal: name.paternal_surname.as_str(),
            maternal: name.maternal_surname.as_ref().map(Text::as_str),
        },
        birth_year: data.birth_year,
        sex: data.sex,
    }
}
