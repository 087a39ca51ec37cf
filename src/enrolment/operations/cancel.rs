//! Giving an edition up: nobody is left asking, waiting or enrolled in what will not take place.
//!
//! It stands here and not with the editions, because what becomes of people follows from it. What
//! somebody attended stays in the record, and so do the certificates issued for it.

use capacita_locales::Locale;
use sqlx::SqliteConnection;

use super::{
    Change, StepReason, take,
    tell::{News, tell, tell_facilitator},
};
use crate::{
    access::{ManageEnrolments, Permit, Viewer, permit},
    courses::{
        self, EditionHeader, EditionId, Step as EditionStep,
        operations::{change_state, manage_edition},
        visible_header,
    },
    enrolment::{queries, state::on_cancel},
    error::AppError,
    server::AppState,
    sessions, t_in,
};

/// Who was told, and who has to be told by other means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// For how many people a message is ready.
    pub by_mail: i64,
    /// How many have no e-mail address.
    pub without_address: i64,
}

impl Told {
    fn count(&mut self, told: bool) {
        if told {
            self.by_mail += 1;
        } else {
            self.without_address += 1;
        }
    }
}

/// Cancels an edition: requests and the waiting list are declined, the enrolled are withdrawn, and
/// all of them and the facilitators are told why, in one transaction.
///
/// `WrongEditionState` when it is closed or cancelled already, `ReasonNeeded` without a reason.
pub async fn cancel_edition(
    state: &AppState,
    viewer: &Viewer,
    edition: EditionId,
    reason: &StepReason,
) -> Result<Told, AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let program = manage_edition(&mut tx, viewer, edition).await?;
    let enrolments = permit(&mut tx, viewer, ManageEnrolments(edition)).await?;
    let header = visible_header(&mut tx, Some(viewer), edition).await?;
    change_state(
        &mut tx,
        now,
        &program,
        edition,
        EditionStep::Cancel,
        Some(reason),
    )
    .await?;
    for session in sessions::list(&mut tx, edition).await? {
        sessions::letters::forget(state, &mut tx, session.id).await?;
    }
    let mut told = Told::default();
    leave_all(state, &mut tx, &enrolments, &header, reason, &mut told).await?;
    for facilitator in courses::queries::facilitators(&mut tx, edition).await? {
        let news = News::TeachingCancelled(reason);
        let by_mail = tell_facilitator(state, &mut tx, facilitator.person, &header, news).await?;
        told.count(by_mail);
    }
    tx.commit().await?;
    Ok(told)
}

async fn leave_all(
    state: &AppState,
    connection: &mut SqliteConnection,
    permit: &Permit<ManageEnrolments>,
    edition: &EditionHeader,
    reason: &StepReason,
    told: &mut Told,
) -> Result<(), AppError> {
    let recorded = recorded(reason);
    for enrolment in queries::open(connection, edition.id).await? {
        let Some(step) = on_cancel(enrolment.state) else {
            continue;
        };
        let change = Change {
            enrolment,
            step,
            reason: Some(&recorded),
        };
        take(connection, state.clock.now(), permit, change).await?;
        let news = News::Cancelled(enrolment.state, reason);
        told.count(tell(state, connection, enrolment.whom(), edition, news).await?);
    }
    Ok(())
}

/// The reason in the history of each enrolment: it says that the whole edition was cancelled, and
/// is cut to what fits; the edition keeps all of it.
fn recorded(reason: &StepReason) -> String {
    let sentence = t_in!(
        Locale::es,
        enrolment.reason_cancelled,
        reason = reason.as_str()
    );
    sentence.chars().take(500).collect()
}
