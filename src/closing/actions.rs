//! Server functions of closing an edition.

use leptos::prelude::*;

use super::{
    Explanations, Outcomes,
    checklist::Item,
    operations::{close, reopen},
};
use crate::{
    access::viewer,
    courses::{EditionId, actions::hidden_id, operations::StateReason},
    error::{AppError, Fault},
    paths,
    server::{go_to_with_notice, services},
    t,
};

/// Closes an edition and says of everybody what became of them; what is missing takes a written
/// explanation at its item.
#[server(endpoint = "closing/close")]
pub async fn close_edition(
    edition: String,
    #[server(default)] explain_marks: String,
    #[server(default)] explain_results: String,
    #[server(default)] explain_pending: String,
    #[server(default)] explain_self_paced: String,
    #[server(default)] explain_headcount: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let edition: EditionId = hidden_id(&edition)?;
    let explanations = Explanations::parse(&[
        (Item::Marks, explain_marks),
        (Item::Results, explain_results),
        (Item::Pending, explain_pending),
        (Item::SelfPaced, explain_self_paced),
        (Item::Headcount, explain_headcount),
    ])?;
    let outcomes = close(&state, &viewer, edition, &explanations).await?;
    go_to_with_notice(paths::edition_closing(edition), closed_notice(outcomes));
    Ok(())
}

/// Opens a closed edition again, with a reason.
#[server(endpoint = "closing/reopen")]
pub async fn reopen_edition(
    edition: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let edition: EditionId = hidden_id(&edition)?;
    let reason = StateReason::parse(&reason).map_err(|fault| match fault {
        Fault::Missing => AppError::field("reason", Fault::ReasonNeeded),
        fault => AppError::field("reason", fault),
    })?;
    reopen(&state, &viewer, edition, &reason).await?;
    go_to_with_notice(paths::edition_closing(edition), t!(closing.done.reopened));
    Ok(())
}

fn closed_notice(outcomes: Outcomes) -> String {
    t!(
        closing.done.closed,
        completed = outcomes.completed,
        not_completed = outcomes.not_completed,
        no_show = outcomes.no_show
    )
}
