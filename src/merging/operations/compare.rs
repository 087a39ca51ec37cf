//! Looking for pairs, a few people at a time, and dismissing one.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use crate::{
    access::{ManagePerson, Viewer, permit_on_person},
    audit::{self, Event},
    error::{AppError, Reason},
    merging::{
        Likeness, PairId,
        queries::{self, Compared, Like},
        similar::alike,
    },
    people::{PersonId, possible_hashes},
    server::{AppState, Secrets, secrets::hexadecimal},
};

/// How many people are compared at a time: little enough to keep nobody waiting.
const AT_A_TIME: i64 = 200;

/// How many letters of a name its likes begin with: whoever errs in the first ones is not found.
const LETTERS: usize = 2;

/// Compares some of those who were added or changed since with everybody else, and keeps the pairs
/// that may be one person. Gives how many were compared.
pub async fn compare_some(state: &AppState) -> Result<usize, AppError> {
    let mut connection = state.database.read().await?;
    if !queries::is_comparing(&mut connection).await? {
        return Ok(0);
    }
    drop(connection);
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let people = queries::to_compare(&mut tx, AT_A_TIME).await?;
    for one in &people {
        compare(&mut tx, &state.secrets, now, one).await?;
    }
    tx.commit().await?;
    Ok(people.len())
}

async fn compare(
    connection: &mut SqliteConnection,
    secrets: &Secrets,
    now: DateTime<Utc>,
    one: &Compared,
) -> Result<(), AppError> {
    queries::forget_pairs(connection, one.id).await?;
    let mut found: Vec<(PersonId, Vec<Likeness>)> = Vec::new();
    let documents = documents(secrets, one);
    for like in queries::like(connection, one, &documents).await? {
        let likenesses = likenesses(one, &like);
        if !likenesses.is_empty() {
            found.push((like.id, likenesses));
        }
    }
    for (other, name) in colleagues(connection, one).await? {
        if alike(&one.sort_name, &name) {
            match found.iter_mut().find(|(id, _)| *id == other) {
                Some((_, likenesses)) => likenesses.push(Likeness::SimilarName),
                None => found.push((other, vec![Likeness::SimilarName])),
            }
        }
    }
    for (other, likenesses) in found {
        let weight = likenesses.iter().map(|likeness| likeness.weight()).sum();
        let reasons = serde_json::to_string(&likenesses).expect("words become JSON");
        queries::keep_pair(connection, (one.id, other), &reasons, weight, now).await?;
    }
    queries::set_compared(connection, one.id).await?;
    Ok(())
}

/// The hashes of somebody's number under every kind of document, as a JSON list.
fn documents(secrets: &Secrets, one: &Compared) -> String {
    let sealed = one.document_sealed.as_deref();
    let number = sealed.and_then(|sealed| secrets.open(sealed));
    let hashes = number.map_or([None; 3], |number| possible_hashes(secrets, &number));
    let own = one.document_hash.as_deref();
    let others = hashes
        .iter()
        .flatten()
        .filter(|hash| Some(&hash[..]) != own);
    let printed: Vec<String> = others.map(|hash| hexadecimal(hash)).collect();
    serde_json::to_string(&printed).expect("text becomes JSON")
}

fn likenesses(one: &Compared, like: &Like) -> Vec<Likeness> {
    let same_name = one.sort_name == like.sort_name;
    let years = one.birth_year.zip(like.birth_year);
    let found = [
        (Likeness::Document, like.same_document),
        (
            Likeness::NameAndYear,
            same_name && years.is_some_and(|(one, other)| one == other),
        ),
        (Likeness::Email, like.same_email),
        (Likeness::Phone, like.same_phone),
        (Likeness::Name, same_name && years.is_none()),
    ];
    let found = found.into_iter().filter(|(_, is)| *is);
    found.map(|(likeness, _)| likeness).collect()
}

/// Who serves in the same institution and whose names begin alike.
async fn colleagues(
    connection: &mut SqliteConnection,
    one: &Compared,
) -> Result<Vec<(PersonId, String)>, AppError> {
    let Some(institution) = one.institution else {
        return Ok(Vec::new());
    };
    let from: String = one.sort_name.chars().take(LETTERS).collect();
    let to = format!("{from}\u{10ffff}");
    Ok(queries::colleagues(connection, one, institution, &from, &to).await?)
}

/// Says for good that the people of a pair are two. `ChangedMeanwhile` where it was decided already.
pub async fn dismiss(state: &AppState, viewer: &Viewer, pair: PairId) -> Result<(), AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    crate::access::permit(&mut tx, viewer, crate::access::ManagePeople).await?;
    let found = queries::open_pair(&mut tx, pair).await?;
    let (one, other) = found.ok_or(Reason::ChangedMeanwhile)?;
    let permit = permit_on_person(&mut tx, viewer, ManagePerson(one)).await?;
    permit_on_person(&mut tx, viewer, ManagePerson(other)).await?;
    queries::dismiss(&mut tx, pair, permit.account(), now).await?;
    let event = Event::new("duplicate_dismiss", "person", one.get())
        .before(&serde_json::json!({ "person": null }))
        .after(&serde_json::json!({ "person": other }));
    audit::record_permitted(&mut tx, now, &permit, event).await?;
    tx.commit().await
}
