//! Server functions of paper.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::{model::NewCount, operations};
use crate::{
    access::viewer,
    attendance::{Cell, MarkId},
    courses::actions::hidden_id,
    enrolment::EnrolmentId,
    error::{AppError, Fault},
    paths, plural,
    server::{go_to_with_notice, services},
    sessions::SessionId,
    t,
    ui::number,
    values::{chosen, optional},
};

/// Marks those who signed: `signed` holds their enrolments, `shown` the newest mark that the page
/// knew of.
#[server(endpoint = "paper/mark_signed")]
pub async fn mark_signed(
    session: String,
    #[server(default)] signed: Vec<String>,
    #[server(default)] shown: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let session: SessionId = hidden_id(&session)?;
    let shown = optional(&shown, chosen::<MarkId>);
    let shown = shown.map_err(|fault| AppError::field("shown", fault))?;
    let signed: Result<BTreeSet<EnrolmentId>, Fault> = signed.iter().map(|id| chosen(id)).collect();
    let signed = signed.map_err(|fault| AppError::field("signed", fault))?;
    let cells = operations::mark_signed(&state, &viewer, session, &signed, shown).await?;
    go_to_with_notice(paths::paper(session), saved(&cells));
    Ok(())
}

/// Appends a headcount.
#[server(endpoint = "paper/count_heads")]
pub async fn count_heads(
    session: String,
    #[server(default)] women: String,
    #[server(default)] men: String,
    #[server(default)] unstated: String,
    #[server(default)] explanation: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let session: SessionId = hidden_id(&session)?;
    let new = NewCount::parse(&women, &men, &unstated, &explanation)?;
    let written = operations::count_heads(&state, &viewer, session, &new).await?;
    let notice = if written {
        t!(paper.count.saved)
    } else {
        t!(paper.count.nothing_new)
    };
    go_to_with_notice(paths::paper(session), notice);
    Ok(())
}

/// How many marks were made, and whether any of them is in conflict.
fn saved(cells: &[Cell]) -> String {
    if cells.is_empty() {
        return t!(attendance.roll.nothing_new);
    }
    let saved = plural!(number::length(cells), attendance.roll.saved);
    let disputed: Vec<&Cell> = cells.iter().filter(|cell| cell.conflict).collect();
    match number::length(&disputed) {
        0 => saved,
        conflicts => format!("{saved} {}", plural!(conflicts, attendance.roll.conflicts)),
    }
}
