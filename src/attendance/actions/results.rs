//! The form of grades and tests.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::{
    access::viewer,
    attendance::{form::hidden_id, operations, results::changed_lines},
    error::AppError,
    paths, plural,
    server::{go_to_with_notice, services},
    t,
};

/// Records the results of an edition, one person a line: `grade-17=14.5`, `pre-17=`, `post-17=16`,
/// `materials-17=1`, and what was seen in `was-17` and `version-17`. Lines left as they were seen
/// are passed over, so two people may fill in different lines at the same time.
#[server(endpoint = "attendance/record_results")]
pub async fn record_results(
    edition: String,
    #[server(flatten)] lines: BTreeMap<String, String>,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let edition = hidden_id(&edition)?;
    let lines = changed_lines(&lines)?;
    let saved = operations::record_results_as(&state, &viewer, edition, &lines).await?;
    let notice = match saved {
        0 => t!(attendance.results.nothing_new),
        n => plural!(
            i64::try_from(n).unwrap_or(i64::MAX),
            attendance.results.saved
        ),
    };
    go_to_with_notice(paths::edition_results(edition), notice);
    Ok(())
}
