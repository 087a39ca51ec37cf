//! What is in the columns, and which lines are to be enrolled.

use serde_json::json;

use super::{check_lines, open};
use crate::{
    access::{ManagePerson, Viewer, permit_on_person},
    audit,
    error::{AppError, Reason},
    nomination::{
        Decision, NominationId, NominationState,
        columns::Columns,
        queries::{self, Nomination},
    },
    people::PersonId,
    server::{AppState, WriteTx},
    values::fold,
};

/// What somebody decided about a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Enrol, or do not.
    Plain(Decision),
    /// It is this person of the same names.
    Same(PersonId),
    /// This person serves where the list says now; for nobody, the register's word stands.
    Moves(Option<PersonId>),
}

/// Says what the columns hold, remembers it for the institution, and gives every line its verdict
/// anew: decisions are taken again.
pub async fn set_columns(
    state: &AppState,
    viewer: &Viewer,
    id: NominationId,
    columns: Columns,
) -> Result<(), AppError> {
    let mut tx = state.database.write().await?;
    let (nomination, permit) = open(&mut tx, viewer, id).await?;
    still_open(&nomination)?;
    refuse_unusable(&columns)?;
    queries::set_columns(&mut tx, id, &columns).await?;
    remember(state, &mut tx, &nomination, &columns).await?;
    let to = (nomination.state, NominationState::Checked);
    let now = state.clock.now();
    queries::change_state(&mut tx, id, to, now).await?;
    let before = json!({ "columns": nomination.columns });
    let after = json!({ "columns": columns });
    let nomination = Nomination {
        columns,
        ..nomination
    };
    check_lines(state, &mut tx, &nomination).await?;
    let event = audit::Event::new("nomination_columns", "nomination", id.get())
        .before(&before)
        .after(&after);
    audit::record_permitted(&mut tx, now, &permit, event).await?;
    tx.commit().await
}

/// Gives every line its verdict anew: an institution was added to the register, or a person mended.
pub async fn check_again(
    state: &AppState,
    viewer: &Viewer,
    id: NominationId,
) -> Result<(), AppError> {
    let mut tx = state.database.write().await?;
    let (nomination, permit) = open(&mut tx, viewer, id).await?;
    if nomination.state != NominationState::Checked {
        return Err(Reason::NominationClosed.into());
    }
    check_lines(state, &mut tx, &nomination).await?;
    let state_of = json!({ "state": nomination.state });
    let event = audit::Event::new("nomination_check", "nomination", id.get())
        .before(&state_of)
        .after(&state_of);
    audit::record_permitted(&mut tx, state.clock.now(), &permit, event).await?;
    tx.commit().await
}

/// Keeps what was decided about lines of a page.
pub async fn decide(
    state: &AppState,
    viewer: &Viewer,
    id: NominationId,
    choices: &[(u32, Choice)],
) -> Result<(), AppError> {
    let mut tx = state.database.write().await?;
    let (nomination, permit) = open(&mut tx, viewer, id).await?;
    if nomination.state != NominationState::Checked {
        return Err(Reason::NominationClosed.into());
    }
    let before = taken(&mut tx, id).await?;
    for &(line, choice) in choices {
        let done = match choice {
            Choice::Plain(decision) => {
                queries::set_decision(&mut tx, id, line, (decision, None)).await?
            }
            Choice::Same(person) => {
                let same = (Decision::Take, Some(person));
                queries::set_decision(&mut tx, id, line, same).await?
            }
            Choice::Moves(person) => {
                if let Some(person) = person {
                    permit_on_person(&mut tx, viewer, ManagePerson(person)).await?;
                }
                queries::set_moves(&mut tx, id, line, person).await?
            }
        };
        if !done {
            return Err(Reason::ChangedMeanwhile.into());
        }
    }
    let after = taken(&mut tx, id).await?;
    let event = audit::Event::new("nomination_decide", "nomination", id.get())
        .before(&json!({ "taken": before }))
        .after(&json!({ "taken": after }));
    audit::record_permitted(&mut tx, state.clock.now(), &permit, event).await?;
    tx.commit().await
}

/// How many lines are to be enrolled.
async fn taken(tx: &mut WriteTx, id: NominationId) -> Result<i64, AppError> {
    let verdicts = queries::verdicts(tx, id).await?;
    Ok(verdicts.iter().map(|(_, _, taken)| taken).sum())
}

fn still_open(nomination: &Nomination) -> Result<(), Reason> {
    match nomination.state {
        NominationState::Columns | NominationState::Checked => Ok(()),
        _ => Err(Reason::NominationClosed),
    }
}

fn refuse_unusable(columns: &Columns) -> Result<(), AppError> {
    if columns.doubled().is_some() {
        return Err(Reason::ColumnDoubled.into());
    }
    if columns.missing().is_empty() {
        Ok(())
    } else {
        Err(Reason::ColumnsMissing.into())
    }
}

/// Keeps what an institution's headings mean, for its next list.
async fn remember(
    state: &AppState,
    tx: &mut WriteTx,
    nomination: &Nomination,
    columns: &Columns,
) -> Result<(), AppError> {
    let Some(institution) = nomination.institution else {
        return Ok(());
    };
    let row = super::opened(&state.secrets, 1, nomination.headings.as_deref());
    for (heading, field) in row.iter().flat_map(|row| &row.cells).zip(&columns.0) {
        let heading: String = fold(heading).chars().take(200).collect();
        if let (Some(field), false) = (field, heading.is_empty()) {
            queries::remember_heading(tx, institution, &heading, *field).await?;
        }
    }
    Ok(())
}
