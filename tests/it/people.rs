//! People, affiliations and institutions: forms, lists, search, and what nobody may see.

mod affiliations;
mod conflicts;
mod countries;
mod forms;
mod institutions;
mod lookup;
mod own_data;
mod privacy;
mod register;
mod register_file;
mod scope;

use axum::http::StatusCode;

use crate::{
    listing::{next_page, row_heads},
    test_app::Client,
};

/// A person's form with the least that is needed.
const ROSA: &[(&str, &str)] = &[
    ("document_kind", "dni"),
    ("document_number", "01234567"),
    ("given_names", "Rosa"),
    ("paternal_surname", "Ñahui"),
    ("maternal_surname", "Ch'aska"),
    ("sex", "f"),
    ("nationality", "PE"),
];

/// A form with other values in some fields; fields that are not there are added.
fn with<'a>(
    form: &[(&'a str, &'a str)],
    changes: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let mut filled: Vec<(&str, &str)> = form
        .iter()
        .filter(|(name, _)| changes.iter().all(|(other, _)| other != name))
        .copied()
        .collect();
    filled.extend(changes);
    filled
}

/// Adds a person, and gives their number.
async fn create(client: &Client, form: &[(&str, &str)]) -> i64 {
    let answer = client
        .post_form("/people/new", "people/create_person", form)
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let location = answer.location();
    let path = location.split('?').next().expect("a path");
    let id = path.strip_prefix("/people/").expect("a person's page");
    id.parse().unwrap_or_else(|_| panic!("refused: {location}"))
}

/// Stands in the name of the person whom nobody without business may see.
const MARK: &str = "SECRETO";

/// The form of one's own data.
fn own<'a>(version: &'a str, changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    with(&[("version", version)], changes)
}
