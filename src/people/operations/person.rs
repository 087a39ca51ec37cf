//! Adding people to the register and changing them.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use super::affiliation::first_affiliation;
use crate::{
    access::{AddsPeople, ManagePeople, ManagePerson, Permit, Viewer, permit, permit_on_person},
    audit::{self, Event},
    error::{AppError, Fault, Reason},
    people::{
        Document, NewPerson, PersonData, PersonId,
        queries::{self, SealedDocument},
        record::{audited_new, read_person},
    },
    server::{AppState, Secrets},
    values::Email,
};

/// Adds a person to the register.
///
/// A document that is registered already is refused; then, unless `not_duplicate` says that it is
/// another person, so are names that are.
pub async fn create_person(
    state: &AppState,
    viewer: &Viewer,
    new: NewPerson,
    not_duplicate: bool,
) -> Result<PersonId, AppError> {
    let mut tx = state.database.write().await?;
    let permit = permit(&mut tx, viewer, ManagePeople).await?;
    refuse_same_document(&mut tx, &state.secrets, &new.data.document).await?;
    if !not_duplicate {
        refuse_same_names(&mut tx, &new.data).await?;
    }
    let now = state.clock.now();
    let id = add_person(&mut tx, &state.secrets, now, &permit, &new).await?;
    tx.commit().await?;
    Ok(id)
}

/// Adds a person within a transaction, with their affiliation, search words and audit event.
///
/// Somebody who registers themselves has a permit too (without an account). Refuses a registered
/// document; says nothing about equal names.
pub async fn add_person<A: AddsPeople>(
    connection: &mut SqliteConnection,
    secrets: &Secrets,
    now: DateTime<Utc>,
    permit: &Permit<A>,
    new: &NewPerson,
) -> Result<PersonId, AppError> {
    let document = sealed(secrets, &new.data.document);
    let id = queries::insert_person(connection, now, &new.data, &document).await?;
    if let Some(affiliation) = &new.affiliation {
        first_affiliation(connection, now, id, affiliation).await?;
    }
    queries::add_to_search(connection, id).await?;
    let event = Event::new("person_create", "person", id.get()).after(&audited_new(&new.data));
    audit::record_permitted(connection, now, permit, event).await?;
    Ok(id)
}

/// Changes a person's data, unless somebody else did since `version`.
pub async fn update_person(
    state: &AppState,
    viewer: &Viewer,
    (person, version): (PersonId, i64),
    data: PersonData,
) -> Result<(), AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let permit = permit_on_person(&mut tx, viewer, ManagePerson(person)).await?;
    let before = read_person(&mut tx, &state.secrets, person).await?;
    let recorded = Some(before.nationality);
    data.nationality.check("nationality", recorded)?;
    let document = sealed(&state.secrets, &data.document);
    if !queries::update_person(&mut tx, now, (person, version), &data, &document).await? {
        return Err(Reason::ChangedMeanwhile.into());
    }
    queries::refresh_search(&mut tx, person).await?;
    let after = read_person(&mut tx, &state.secrets, person).await?;
    let event = Event::new("person_update", "person", person.get())
        .before(&before.audited(None))
        .after(&after.audited(Some(&before)));
    audit::record_permitted(&mut tx, now, &permit, event).await?;
    tx.commit().await
}

/// Forgets a person's address, if it is this one: it has turned out to be somebody else's. The
/// caller says so in its own audit event.
pub async fn forget_email(
    connection: &mut SqliteConnection,
    person: PersonId,
    email: &Email,
) -> Result<(), AppError> {
    Ok(queries::forget_email(connection, person, email.as_str()).await?)
}

async fn refuse_same_document(
    connection: &mut SqliteConnection,
    secrets: &Secrets,
    document: &Document,
) -> Result<(), AppError> {
    let Some(number) = document.number() else {
        return Ok(());
    };
    let holder = queries::holder(connection, &number.hash(secrets)).await?;
    if holder.is_some() {
        return Err(AppError::field("document_number", Fault::DuplicateDocument));
    }
    Ok(())
}

async fn refuse_same_names(
    connection: &mut SqliteConnection,
    data: &PersonData,
) -> Result<(), AppError> {
    let same = queries::same_names(connection, &data.name.sort_name(), data.birth_year).await?;
    if same.is_empty() {
        Ok(())
    } else {
        Err(AppError::field("not_duplicate", Fault::PossibleDuplicate))
    }
}

fn sealed(secrets: &Secrets, document: &Document) -> SealedDocument {
    let number = document.number();
    SealedDocument {
        sealed: number.map(|number| secrets.seal(number.as_str())),
        hash: number.map(|number| number.hash(secrets)),
    }
}
