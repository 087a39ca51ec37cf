//! Server functions of merging.

use leptos::prelude::*;

use super::{
    Field, MergeId, PairId,
    operations::{self, Choices, Seen},
};
use crate::{
    access::viewer,
    courses::actions::hidden_id,
    error::AppError,
    paths,
    people::PersonId,
    server::{go_to_with_notice, services},
    t,
};

/// Says for good that the people of a pair are two.
#[server(endpoint = "merging/dismiss")]
pub async fn dismiss(pair: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let pair: PairId = hidden_id(&pair)?;
    operations::dismiss(&state, &viewer, pair).await?;
    go_to_with_notice(paths::duplicates(), t!(merging.done.dismissed));
    Ok(())
}

/// Puts two records together; `fields` are those of which the value of the record that goes is
/// taken, each said by `gone`.
#[server(endpoint = "merging/merge")]
pub async fn merge_people(
    kept: String,
    gone: String,
    kept_version: i64,
    gone_version: i64,
    #[server(default)] names: String,
    #[server(default)] document: String,
    #[server(default)] sex: String,
    #[server(default)] birth_year: String,
    #[server(default)] nationality: String,
    #[server(default)] email: String,
    #[server(default)] phone: String,
    #[server(default)] self_identification: String,
    #[server(default)] affiliation: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let (kept, gone): (PersonId, PersonId) = (hidden_id(&kept)?, hidden_id(&gone)?);
    let said = [
        (Field::Names, names),
        (Field::Document, document),
        (Field::Sex, sex),
        (Field::BirthYear, birth_year),
        (Field::Nationality, nationality),
        (Field::Email, email),
        (Field::Phone, phone),
        (Field::SelfIdentification, self_identification),
        (Field::Affiliation, affiliation),
    ];
    let taken = said.into_iter().filter(|(_, side)| side == "gone");
    let choices = Choices(taken.map(|(field, _)| field).collect());
    let seen = Seen {
        kept: (kept, kept_version),
        gone: (gone, gone_version),
    };
    operations::merge(&state, &viewer, seen, &choices).await?;
    go_to_with_notice(paths::person(kept), t!(merging.done.merged));
    Ok(())
}

/// Takes a merge back.
#[server(endpoint = "merging/undo")]
pub async fn undo_merge(merge: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let merge: MergeId = hidden_id(&merge)?;
    let kept = operations::undo(&state, &viewer, merge).await?;
    go_to_with_notice(paths::person(kept), t!(merging.done.undone));
    Ok(())
}
