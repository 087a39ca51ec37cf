//! Where a list of others says that somebody in the register serves.
//!
//! Officials rotate, and an institution's list is often the first to know. What it says is written
//! down where somebody chose so, as any new affiliation: from the day the list came in, ending the one
//! before, and never against what the register has learned since.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::SqliteConnection;

use super::affiliation::{present, start_affiliation};
use crate::{
    access::{ManagePerson, Permit},
    audit::{self, Event},
    error::AppError,
    people::{AffiliationId, NewAffiliation, PersonId, queries},
};

/// That somebody is said to serve at another institution than the register says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// Who.
    pub person: PersonId,
    /// The institution that is said.
    pub said: String,
    /// The institution of the register, where it says any.
    pub registered: Option<String>,
    /// What to write down.
    pub affiliation: NewAffiliation,
}

/// An affiliation that began, and the one that ended by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Begun {
    /// The one that began.
    pub affiliation: AffiliationId,
    /// The one that ended.
    pub ended: Option<AffiliationId>,
}

/// Whether what was said of a person on a day is another institution than the register's, and the
/// register knows nothing newer.
pub async fn serves_elsewhere(
    connection: &mut SqliteConnection,
    person: PersonId,
    said: Option<&NewAffiliation>,
    on: NaiveDate,
) -> Result<Option<Elsewhere>, AppError> {
    let Some((said, institution)) = said.and_then(|said| Some((said, said.institution?))) else {
        return Ok(None);
    };
    let all = queries::affiliations(connection, person).await?;
    let present = all.into_iter().find(|one| one.until.is_none());
    let known = present.as_ref().and_then(|one| one.institution);
    let newest = queries::latest_day(connection, person).await?;
    if known == Some(institution) || newest.is_some_and(|newest| newest > on) {
        return Ok(None);
    }
    let Some(named) = queries::institution(connection, institution).await? else {
        return Ok(None);
    };
    Ok(Some(Elsewhere {
        person,
        said: named.name,
        registered: present.and_then(|one| one.institution_name),
        affiliation: NewAffiliation {
            since: on,
            ..said.clone()
        },
    }))
}

/// Begins an affiliation within the caller's transaction, as a change of the person.
pub async fn begin_affiliation(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    permit: &Permit<ManagePerson>,
    new: &NewAffiliation,
) -> Result<Begun, AppError> {
    let person = permit.action().0;
    let before = present(connection, person).await?;
    let begun = start_affiliation(connection, now, person, new).await?;
    changed(connection, person).await?;
    let event = Event::new("affiliation_change", "person", person.get())
        .before(&before)
        .after(new);
    audit::record_permitted(connection, now, permit, event).await?;
    Ok(begun)
}

/// Takes an affiliation back that nothing has followed: the one that ended by it goes on.
pub async fn take_back_affiliation(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    permit: &Permit<ManagePerson>,
    begun: Begun,
) -> Result<(), AppError> {
    let person = permit.action().0;
    let before = present(connection, person).await?;
    queries::delete_affiliation(connection, person, begun.affiliation).await?;
    if let Some(ended) = begun.ended {
        queries::resume_affiliation(connection, person, ended).await?;
    }
    changed(connection, person).await?;
    let after = present(connection, person).await?;
    let event = Event::new("affiliation_change", "person", person.get())
        .before(&before)
        .after(&after);
    audit::record_permitted(connection, now, permit, event).await
}

async fn changed(connection: &mut SqliteConnection, person: PersonId) -> Result<(), AppError> {
    queries::count_change(connection, person).await?;
    Ok(queries::refresh_search(connection, person).await?)
}
