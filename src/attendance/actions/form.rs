//! Forms of attendance: one session's list, and settling a conflict.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::{
    access::viewer,
    attendance::{
        Cell,
        form::{CellForm, hidden_id, statements},
        operations::{self, MarkReason},
        words,
    },
    error::AppError,
    paths, plural,
    server::{go_to, go_to_with_notice, services},
    t,
    values::optional,
};

/// Takes a session's list, one person a line: `mark-17=present`, `minutes-17=`, `seen-17=123`.
///
/// Minutes newly typed beside a choice that the page showed say partial attendance; beside another
/// choice they are refused.
///
/// Fields bear the enrolment in their names, because a plain form has no other way to send a table;
/// `lines` takes them all. `then` says what follows: `rest_present` marks everybody present who is
/// not marked yet (`reason` says why in a self-paced session), `find` goes on to those whose surname
/// holds `q`, `all` to the whole list.
#[server(endpoint = "attendance/mark_session")]
pub async fn mark_session(
    session: String,
    #[server(default)] then: String,
    #[server(default)] q: String,
    #[server(default)] reason: String,
    #[server(flatten)] lines: BTreeMap<String, String>,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let session = hidden_id(&session)?;
    let lines = statements(&lines)?;
    let rest = then == "rest_present";
    let reason = optional(&reason, MarkReason::parse);
    let reason = reason.map_err(|fault| AppError::field("reason", fault))?;
    let reason = reason.as_ref();
    let cells = operations::mark_session_as(&state, &viewer, session, &lines, rest, reason).await?;
    let list = paths::session_attendance(session);
    let found = list.clone().with("q", &q);
    match then.as_str() {
        "find" if q.trim().is_empty() && cells.is_empty() => go_to(&list),
        "find" if cells.is_empty() => go_to(&found),
        "find" => go_to_with_notice(found, saved(&cells)),
        "all" if cells.is_empty() => go_to(&list),
        _ => go_to_with_notice(list, saved(&cells)),
    }
    Ok(())
}

/// Settles a conflict, or corrects a mark: whoever has seen the newest mark has the last word.
#[server(endpoint = "attendance/settle")]
pub async fn settle(
    enrolment: String,
    session: String,
    #[server(default)] status: String,
    #[server(default)] minutes: String,
    #[server(default)] seen: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let form = CellForm {
        enrolment: &enrolment,
        session: &session,
        status: &status,
        minutes: &minutes,
        seen: &seen,
        reason: &reason,
    };
    let new = form.parse()?;
    let cell = operations::mark_as(&state, &viewer, &new).await?;
    let notice = if cell.conflict {
        t!(attendance.history.still_in_conflict)
    } else {
        t!(attendance.history.settled, what = words::cell(&cell))
    };
    go_to_with_notice(paths::mark_history(new.enrolment, new.session), notice);
    Ok(())
}

/// How many marks were saved, and whether any of them is in conflict.
fn saved(cells: &[Cell]) -> String {
    if cells.is_empty() {
        return t!(attendance.roll.nothing_new);
    }
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let saved = plural!(count(cells.len()), attendance.roll.saved);
    match cells.iter().filter(|cell| cell.conflict).count() {
        0 => saved,
        conflicts => format!(
            "{saved} {}",
            plural!(count(conflicts), attendance.roll.conflicts)
        ),
    }
}
