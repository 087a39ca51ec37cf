//! Server functions of checking in.

mod walk_in;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

pub use self::walk_in::*;
use super::{operations, personal_code::Claimed, words};
use crate::{
    access::viewer,
    courses::actions::hidden_id,
    error::AppError,
    paths,
    server::{
        go_to_with_notice, services,
        words::{fault_sentence, sentence},
    },
    sessions::SessionId,
    t,
};

/// Checks the viewer in with the code they scanned.
#[server(endpoint = "check_in/check_in")]
pub async fn check_in(session: String, #[server(default)] code: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let session: SessionId = hidden_id(&session)?;
    let done = operations::check_in(&state, &viewer, session, &code).await?;
    let notice = if done.before {
        t!(check_in.nothing_changed)
    } else {
        t!(check_in.recorded)
    };
    go_to_with_notice(paths::check_in(), notice);
    Ok(())
}

/// Checks the viewer in with the code they typed.
#[server(endpoint = "check_in/type_code")]
pub async fn type_code(#[server(default)] code: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let (session, done) = operations::type_code(&state, &viewer, &code).await?;
    go_to_with_notice(paths::check_in(), words::own(&session.title, &done));
    Ok(())
}

/// Renews the viewer's own code.
#[server(endpoint = "check_in/renew_code")]
pub async fn renew_code() -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    operations::renew_code(&state, &viewer).await?;
    go_to_with_notice(paths::my_code(), t!(check_in.renewed));
    Ok(())
}

/// Checks in whose code was scanned or typed; with `then` "scan" the next one follows.
#[server(endpoint = "check_in/check_in_person")]
pub async fn check_in_person(
    session: String,
    #[server(default)] token: String,
    #[server(default)] then: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let session: SessionId = hidden_id(&session)?;
    let (person, done) = operations::check_in_scanned(&state, &viewer, session, &token).await?;
    let back = match Claimed::parse(&token) {
        Some(claimed) if then != "scan" => paths::check_in_person(&claimed.token()),
        _ => paths::scan(session),
    };
    go_to_with_notice(back, words::scanned(&person.name, &done));
    Ok(())
}

/// What became of a scan, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Whether the person is checked in.
    pub good: bool,
    /// What is shown and read out.
    pub words: String,
}

/// The same for the page that scans one code after another.
#[server(endpoint = "check_in/scan")]
pub async fn scan(session: String, #[server(default)] token: String) -> Result<Said, AppError> {
    let (state, viewer) = (services(), viewer()?);
    let session: SessionId = hidden_id(&session)?;
    match operations::check_in_scanned(&state, &viewer, session, &token).await {
        Ok((person, done)) => Ok(Said {
            good: true,
            words: words::scanned(&person.name, &done),
        }),
        Err(AppError::Invalid(faults)) => Ok(Said {
            good: false,
            words: faults
                .iter()
                .map(|found| fault_sentence(&found.fault))
                .collect(),
        }),
        Err(error @ AppError::Conflict(_)) => Ok(Said {
            good: false,
            words: sentence(&error),
        }),
        Err(error) => Err(error),
    }
}
