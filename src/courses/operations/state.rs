//! Moving an edition from state to state.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::SqliteConnection;

use super::manage_edition;
use crate::{
    access::{ManageProgram, Permit, Viewer},
    audit::{self, Event},
    courses::{
        EditionId, EditionState, Step, queries,
        state::{self as rules, StepFacts},
    },
    error::{AppError, Reason},
    server::{AppState, clock::lima_date},
    values::Text,
};

/// Why an edition was cancelled or reopened.
pub type StateReason = Text<500>;

/// What the audit trail says of a step.
#[derive(Serialize)]
struct Standing<'a> {
    state: EditionState,
    reason: Option<&'a str>,
}

/// Takes a step with an edition, as its coordinator. Cancelling, closing and reopening change what
/// becomes of people and belong to the domains that keep it.
pub async fn take_step(
    state: &AppState,
    viewer: &Viewer,
    edition: EditionId,
    step: Step,
) -> Result<EditionState, AppError> {
    let mut tx = state.database.write().await?;
    let permit = manage_edition(&mut tx, viewer, edition).await?;
    let after = change_state(&mut tx, state.clock.now(), &permit, edition, step, None).await?;
    tx.commit().await?;
    Ok(after)
}

/// Begins to teach. More than a week before the first day only when it was `confirmed`: it ends
/// enrolling by oneself, and `StartsLater` says so.
pub async fn start_edition(
    state: &AppState,
    viewer: &Viewer,
    edition: EditionId,
    confirmed: bool,
) -> Result<(), AppError> {
    let mut tx = state.database.write().await?;
    let permit = manage_edition(&mut tx, viewer, edition).await?;
    change_state(
        &mut tx,
        state.clock.now(),
        &permit,
        edition,
        Step::Start,
        None,
    )
    .await?;
    let header = queries::header(&mut tx, edition)
        .await?
        .ok_or(AppError::NotFound)?;
    let starts_on = header.starts_on;
    if !confirmed && rules::starts_early(starts_on, state.clock.today()) {
        return Err(Reason::StartsLater { starts_on }.into());
    }
    tx.commit().await
}

/// Moves an edition one step, in the transaction of all that follows from it, and gives its new
/// state. `NotFound` when the edition is not in the permit's program.
pub(crate) async fn change_state(
    tx: &mut SqliteConnection,
    now: DateTime<Utc>,
    permit: &Permit<ManageProgram>,
    edition: EditionId,
    step: Step,
    reason: Option<&StateReason>,
) -> Result<EditionState, AppError> {
    let standing = queries::standing(tx, edition)
        .await?
        .filter(|standing| standing.program == permit.action().0)
        .ok_or(AppError::NotFound)?;
    let after = rules::next(standing.state, step)?;
    let facts = StepFacts {
        enrol_until: standing.enrol_until,
        sessions: standing.sessions,
        last_session_ends: standing.last_session_ends,
    };
    rules::ready(step, facts, now, lima_date(now), reason.is_some())?;
    let reason = reason.map(StateReason::as_str);
    queries::set_state(tx, edition, after, reason, now).await?;
    let event = Event::new(step.event(), "edition", edition.get())
        .before(&Standing {
            state: standing.state,
            reason: None,
        })
        .after(&Standing {
            state: after,
            reason,
        });
    audit::record_permitted(tx, now, permit, event).await?;
    Ok(after)
}
