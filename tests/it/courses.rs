//! Programs, courses and editions: planning them, and what everybody sees of them.

mod catalogue;
mod course_pages;
mod editions;
mod facilitators;
mod programs;
mod states;

use axum::http::StatusCode;
use capacita::error::{AppError, Fault};

use crate::test_app::{Answer, Client};

/// A form as it is posted.
pub type Form<'a> = Vec<(&'a str, &'a str)>;

/// The same form with other values in some fields; an absent field is left out with `"-"`.
pub fn with<'a>(form: &[(&'a str, &'a str)], changes: &[(&'a str, &'a str)]) -> Form<'a> {
    let kept = form
        .iter()
        .filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    kept.chain(changes.iter().filter(|(_, value)| *value != "-"))
        .copied()
        .collect()
}

/// Posts the form with each change, and expects exactly that fault at that field.
pub async fn refuses(
    client: &Client,
    endpoint: &str,
    form: &[(&str, &str)],
    cases: &[(&[(&str, &str)], &str, Fault)],
) {
    for (changes, field, fault) in cases {
        let answer = client.post(endpoint, &with(form, changes)).await;
        assert_eq!(
            answer.error(),
            AppError::field(field, fault.clone()),
            "{changes:?}"
        );
    }
}

pub fn done(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}
