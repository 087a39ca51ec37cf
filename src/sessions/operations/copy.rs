//! Copying an edition, with all that is in it, to other dates.

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    access::Viewer,
    audit::{self, Event},
    courses::{
        self, EditionHeader, EditionId,
        edition::{NewEdition, VenueName},
    },
    error::{AppError, Fault},
    server::AppState,
    sessions::{
        copy::{days_between, move_day, move_moment},
        queries,
    },
    values::LongText,
};

/// Where to an edition is copied.
#[derive(Clone, Copy, Debug)]
pub struct Copying {
    /// The copy's first day.
    pub starts_on: NaiveDate,
    /// Whether every session keeps its day of the week; the copy may then begin up to six days
    /// later.
    pub keep_weekday: bool,
}

/// What the audit trail keeps of a copy.
#[derive(Serialize)]
struct Copied {
    copy_of: EditionId,
    days: i64,
    sessions: usize,
}

/// Copies an edition with its sessions, their steps, its facilitators and its quotas; the copy is a
/// draft.
pub async fn copy_edition(
    state: &AppState,
    viewer: &Viewer,
    edition: EditionId,
    copying: Copying,
) -> Result<EditionId, AppError> {
    let mut tx = state.database.write().await?;
    let permit = courses::operations::manage_edition(&mut tx, viewer, edition).await?;
    let now = state.clock.now();
    let header = courses::queries::header(&mut tx, edition)
        .await?
        .ok_or(AppError::NotFound)?;
    let days = days_between(header.starts_on, copying.starts_on, copying.keep_weekday);
    let refused = |fault: Fault| AppError::field("starts_on", fault);
    let new = moved(&header, days).map_err(refused)?;
    let copy =
        courses::operations::insert_edition(&mut tx, now, &permit, header.course, &new).await?;
    queries::copy_facilitators(&mut tx, edition, copy, now).await?;
    queries::copy_quotas(&mut tx, edition, copy).await?;
    let sessions = queries::list(&mut tx, edition).await?;
    for session in &sessions {
        let starts_at = move_moment(session.starts_at, days).map_err(refused)?;
        let ends_at = move_moment(session.ends_at, days).map_err(refused)?;
        let times = (starts_at, ends_at);
        let copied = queries::insert_copy(&mut tx, copy, session, times, now).await?;
        queries::copy_steps(&mut tx, session.id, copied, now).await?;
    }
    let event = Event::new("edition_copy", "edition", copy.get()).after(&Copied {
        copy_of: edition,
        days,
        sessions: sessions.len(),
    });
    audit::record_permitted(&mut tx, now, &permit, event).await?;
    tx.commit().await?;
    Ok(copy)
}

/// The same edition, every day moved by so many days.
fn moved(header: &EditionHeader, days: i64) -> Result<NewEdition, Fault> {
    Ok(NewEdition {
        modality: header.modality,
        language: header.language,
        starts_on: move_day(header.starts_on, days)?,
        ends_on: move_day(header.ends_on, days)?,
        venue: header.venue.as_deref().map(VenueName::parse).transpose()?,
        department: header.department,
        seats: header.seats,
        waiting_list: header.waiting_list,
        offer_hours: header.offer_hours,
        needs_approval: header.needs_approval,
        enrol_from: move_day(header.enrol_from, days)?,
        enrol_until: move_day(header.enrol_until, days)?,
        notes: LongText::parse(&header.notes)?,
    })
}
