//! Closing an edition, and taking the closing back.
//!
//! Closing says of everybody what became of them: completed (earned what the course offers, a
//! constancia at least), never came, or neither. Whoever still asked for a seat or waited for one
//! is told that there will be none. Certificates can be issued before and after it.

use capacita_locales::Locale;
use sqlx::SqliteConnection;

use super::candidates::{Candidate, candidates};
use crate::{
    access::{ManageEnrolments, Permit, Viewer, permit},
    courses::{
        EditionId, Step,
        operations::{StateReason, change_state, manage_edition},
        visible_header,
    },
    enrolment::{
        EnrolmentState,
        operations::{StepReason, conclude, decline_open, resume},
        queries::roster,
    },
    error::{AppError, Reason},
    server::AppState,
    t_in,
};

/// How an edition ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// Earned a constancia at least.
    pub completed: i64,
    /// Came, but not enough.
    pub not_completed: i64,
    /// Never came.
    pub no_show: i64,
}

/// What becomes of somebody when the edition is closed.
pub fn outcome(candidate: &Candidate) -> EnrolmentState {
    if candidate.standing.earned().is_some() {
        EnrolmentState::Completed
    } else if candidate.share.attended == 0 {
        EnrolmentState::NoShow
    } else {
        EnrolmentState::NotCompleted
    }
}

/// Whether people take part and none of them attended anything: more likely attendance was never
/// taken than nobody came.
pub fn nobody_attended(candidates: &[Candidate]) -> bool {
    let absent = |candidate: &Candidate| candidate.share.attended == 0;
    !candidates.is_empty() && candidates.iter().all(absent)
}

/// Closes a running edition whose sessions are over. `SessionsAhead` before, `WrongEditionState`
/// from any other state, `MarksDisagree` while it is not settled what somebody attended, and
/// `NobodyAttended` unless it was `confirmed` that everybody is to be written down as absent.
pub async fn close(
    state: &AppState,
    viewer: &Viewer,
    edition: EditionId,
    confirmed: bool,
) -> Result<Outcomes, AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let permits = permits(&mut tx, viewer, edition).await?;
    let header = visible_header(&mut tx, Some(viewer), edition).await?;
    change_state(&mut tx, now, &permits.program, edition, Step::Close, None).await?;
    let mut outcomes = Outcomes::default();
    let candidates = candidates(&mut tx, now, &header).await?;
    if candidates.iter().any(|candidate| candidate.disputed) {
        return Err(Reason::MarksDisagree.into());
    }
    if !confirmed && nobody_attended(&candidates) {
        return Err(Reason::NobodyAttended.into());
    }
    for candidate in candidates {
        let outcome = outcome(&candidate);
        let enrolment = candidate.entry.enrolment;
        conclude(&mut tx, now, &permits.enrolments, enrolment, outcome).await?;
        match outcome {
            EnrolmentState::Completed => outcomes.completed += 1,
            EnrolmentState::NoShow => outcomes.no_show += 1,
            _ => outcomes.not_completed += 1,
        }
    }
    let reason = t_in!(Locale::es, certificates.closing.declined);
    let reason = StepReason::parse(&reason).expect("the reason is a line of text");
    decline_open(state, &mut tx, &permits.enrolments, &header, &reason).await?;
    tx.commit().await?;
    Ok(outcomes)
}

/// Opens a closed edition again, with a reason: everybody with an outcome is enrolled as before.
/// Certificates stay as they are.
pub async fn reopen(
    state: &AppState,
    viewer: &Viewer,
    edition: EditionId,
    reason: &StateReason,
) -> Result<(), AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let permits = permits(&mut tx, viewer, edition).await?;
    let step = Step::Reopen;
    change_state(&mut tx, now, &permits.program, edition, step, Some(reason)).await?;
    for entry in roster(&mut tx, edition).await? {
        if entry.state != EnrolmentState::Enrolled {
            resume(&mut tx, now, &permits.enrolments, entry.enrolment, reason).await?;
        }
    }
    tx.commit().await
}

/// Closing changes the edition and its enrolments: both must be permitted.
struct Permits {
    program: Permit<crate::access::ManageProgram>,
    enrolments: Permit<ManageEnrolments>,
}

async fn permits(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    edition: EditionId,
) -> Result<Permits, AppError> {
    Ok(Permits {
        program: manage_edition(connection, viewer, edition).await?,
        enrolments: permit(connection, viewer, ManageEnrolments(edition)).await?,
    })
}
