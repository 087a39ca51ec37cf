//! The server function of kept files. The one that takes them is in [`super::files`].

use std::str::FromStr;

use leptos::prelude::*;

use super::{
    Owner,
    operations::{self, RemovalReason},
};
use crate::{
    access::viewer,
    error::{AppError, Fault},
    paths::{self, Path},
    server::{go_to_with_notice, services},
    t,
    values::chosen,
};

/// Removes a file, with a reason.
#[server(endpoint = "attachments/remove")]
pub async fn remove(attachment: String, #[server(default)] reason: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let id = hidden(&attachment)?;
    let reason = RemovalReason::parse(&reason).map_err(|fault| match fault {
        Fault::Missing => AppError::field("reason", Fault::ReasonNeeded),
        fault => AppError::field("reason", fault),
    })?;
    let owner = operations::remove(&state, &viewer, id, &reason).await?;
    go_to_with_notice(page_of(owner), t!(attachments.removed_notice));
    Ok(())
}

/// The page that shows an owner's files.
pub(super) fn page_of(owner: Owner) -> Path {
    match owner {
        Owner::Session(id) => paths::paper(id),
        Owner::Nomination(id) => paths::nomination(id),
    }
}

/// An id that a form or an address carries: anything else is nothing that could be found.
pub(super) fn hidden<T: FromStr<Err = Fault>>(typed: &str) -> Result<T, AppError> {
    chosen(typed).map_err(|_| AppError::NotFound)
}
