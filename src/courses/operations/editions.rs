//! Adding and changing editions.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use super::manage_course;
use crate::{
    access::{ManageProgram, Permit, Viewer},
    audit::{self, Event},
    courses::{
        CourseId, EditionHeader, EditionId, VenueId,
        edition::{MAX_SEATS, NewEdition},
        queries,
    },
    error::{AppError, Fault, FormCheck, Reason},
    server::AppState,
};

/// Adds an edition to a course, as a draft with the next number.
pub async fn create_edition(
    state: &AppState,
    viewer: &Viewer,
    course: CourseId,
    new: &NewEdition,
) -> Result<EditionId, AppError> {
    let mut tx = state.database.write().await?;
    let permit = manage_course(&mut tx, viewer, course).await?;
    let edition = insert_edition(&mut tx, state.clock.now(), &permit, course, new).await?;
    tx.commit().await?;
    Ok(edition)
}

/// Adds an edition, in the transaction of what is added with it. The permit is for the course's
/// program.
pub(crate) async fn insert_edition(
    tx: &mut SqliteConnection,
    now: DateTime<Utc>,
    permit: &Permit<ManageProgram>,
    course: CourseId,
    new: &NewEdition,
) -> Result<EditionId, AppError> {
    let venue = venue(tx, new, now).await?;
    let edition = queries::insert_edition(tx, course, new, venue, now).await?;
    let record = queries::edition_record(tx, edition).await?;
    let event = Event::new("edition_create", "edition", edition.get()).after(&record);
    audit::record_permitted(tx, now, permit, event).await?;
    Ok(edition)
}

/// Changes an edition that stood at `version` when the form was opened, in the transaction of what
/// follows from it: seats that are added go to whoever waits. Closed and cancelled editions do not
/// change; its sessions stay within its days, and its people keep their seats.
pub(crate) async fn change_edition(
    tx: &mut SqliteConnection,
    now: DateTime<Utc>,
    permit: &Permit<ManageProgram>,
    edition: EditionId,
    version: i64,
    new: &NewEdition,
) -> Result<(), AppError> {
    let header = queries::header(tx, edition)
        .await?
        .ok_or(AppError::NotFound)?;
    if header.is_locked() {
        return Err(Reason::EditionClosed.into());
    }
    if header.version != version {
        return Err(Reason::ChangedMeanwhile.into());
    }
    check_change(tx, &header, new).await?;
    let before = queries::edition_record(tx, edition).await?;
    let venue = venue(tx, new, now).await?;
    if !queries::update_edition(tx, edition, version, new, venue).await? {
        return Err(Reason::ChangedMeanwhile.into());
    }
    let event = Event::new("edition_update", "edition", edition.get())
        .before(&before)
        .after(&queries::edition_record(tx, edition).await?);
    audit::record_permitted(tx, now, permit, event).await
}

/// What the change would leave behind: sessions outside the new days, people without a seat.
async fn check_change(
    connection: &mut SqliteConnection,
    header: &EditionHeader,
    new: &NewEdition,
) -> Result<(), AppError> {
    let mut check = FormCheck::default();
    if let Some((first, last)) = queries::session_days(connection, header.id).await? {
        if first < new.starts_on {
            check.fault("starts_on", Fault::SessionsOutside);
        }
        if last > new.ends_on {
            check.fault("ends_on", Fault::SessionsOutside);
        }
    }
    // Who is offered a seat may still take it.
    let taken = header.enrolled + header.offered;
    if new.seats.is_some_and(|seats| seats < taken) {
        let (min, max) = (taken, MAX_SEATS);
        check.fault("seats", Fault::OutOfRange { min, max });
    }
    check.finish((Some(()),)).map(|_| ())
}

async fn venue(
    connection: &mut SqliteConnection,
    new: &NewEdition,
    now: DateTime<Utc>,
) -> Result<Option<VenueId>, AppError> {
    let Some(name) = &new.venue else {
        return Ok(None);
    };
    let venue = queries::find_or_add_venue(connection, name, new.department, now).await?;
    Ok(Some(venue))
}
