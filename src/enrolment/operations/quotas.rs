//! Setting and removing quotas.

use serde::Serialize;
use sqlx::SqliteConnection;

use super::fill_free_seats;
use crate::{
    access::{ManageEnrolments, Permit, Viewer, permit},
    audit,
    courses::{EditionHeader, EditionId, edition::MAX_SEATS, visible_header},
    enrolment::{
        queries::{self, QuotaRow},
        quota::{Quota, QuotaGroup, QuotaId, Seating},
    },
    error::{AppError, Fault, Reason},
    server::{AppState, WriteTx},
};

/// What the audit trail keeps of a group's quota; `None`: there is none.
#[derive(Serialize)]
struct Recorded {
    quota: Option<Quota>,
}

/// Sets the quota of a group, in place of the one it had, and gives seats to who may have one now;
/// gives their number.
///
/// `UnknownChoice` at `group` for an institution that is not there; `NoSeatLimit` at `reserved` where seats are not limited; `OutOfRange` at `reserved` for more than
/// are left beside what is kept for other groups of the same kind, at `at_most` for fewer than the
/// group holds already; `EditionClosed`.
pub async fn set_quota(
    state: &AppState,
    viewer: &Viewer,
    edition: EditionId,
    quota: &Quota,
) -> Result<i64, AppError> {
    let (mut tx, permit, edition) = open(state, viewer, edition).await?;
    let rows = queries::quotas(&mut tx, edition.id).await?;
    check(&mut tx, &edition, &rows, quota).await?;
    let before = rows.iter().find(|row| row.quota.group == quota.group);
    queries::set_quota(&mut tx, edition.id, quota).await?;
    let event = audit::Event::new("quota_set", "edition", edition.id.get())
        .program(Some(edition.program))
        .before(&Recorded {
            quota: before.map(|row| row.quota),
        })
        .after(&Recorded {
            quota: Some(*quota),
        });
    audit::record_permitted(&mut tx, state.clock.now(), &permit, event).await?;
    finish(state, tx, &permit, &edition).await
}

/// Removes a quota of an edition, and gives seats to who may have one now; gives their number.
pub async fn remove_quota(
    state: &AppState,
    viewer: &Viewer,
    edition: EditionId,
    quota: QuotaId,
) -> Result<i64, AppError> {
    let (mut tx, permit, edition) = open(state, viewer, edition).await?;
    let rows = queries::quotas(&mut tx, edition.id).await?;
    let before = rows.iter().find(|row| row.id == quota);
    let before = before.ok_or(AppError::NotFound)?.quota;
    queries::remove_quota(&mut tx, quota).await?;
    let event = audit::Event::new("quota_remove", "edition", edition.id.get())
        .program(Some(edition.program))
        .before(&Recorded {
            quota: Some(before),
        })
        .after(&Recorded { quota: None });
    audit::record_permitted(&mut tx, state.clock.now(), &permit, event).await?;
    finish(state, tx, &permit, &edition).await
}

async fn open(
    state: &AppState,
    viewer: &Viewer,
    edition: EditionId,
) -> Result<(WriteTx, Permit<ManageEnrolments>, EditionHeader), AppError> {
    let mut tx = state.database.write().await?;
    let permit = permit(&mut tx, viewer, ManageEnrolments(edition)).await?;
    let edition = visible_header(&mut tx, Some(viewer), edition).await?;
    if edition.is_locked() {
        return Err(Reason::EditionClosed.into());
    }
    Ok((tx, permit, edition))
}

async fn finish(
    state: &AppState,
    mut tx: WriteTx,
    permit: &Permit<ManageEnrolments>,
    edition: &EditionHeader,
) -> Result<i64, AppError> {
    let filled = fill_free_seats(state, &mut tx, permit, edition).await?;
    tx.commit().await?;
    Ok(filled)
}

async fn check(
    connection: &mut SqliteConnection,
    edition: &EditionHeader,
    rows: &[QuotaRow],
    new: &Quota,
) -> Result<(), AppError> {
    if let QuotaGroup::Institution(institution) = new.group
        && queries::sector_of(connection, institution).await?.is_none()
    {
        return Err(AppError::field("group", Fault::UnknownChoice));
    }
    let of_others: i64 = rows
        .iter()
        .map(|row| row.quota)
        .filter(|one| one.group != new.group && one.group.kind() == new.group.kind())
        .map(|one| one.reserved)
        .sum();
    let fault = match edition.seats {
        None if new.reserved > 0 => Some(Fault::NoSeatLimit),
        Some(seats) if new.reserved > (seats - of_others).max(0) => Some(Fault::OutOfRange {
            min: 0,
            max: (seats - of_others).max(0),
        }),
        _ => None,
    };
    if let Some(fault) = fault {
        return Err(AppError::field("reserved", fault));
    }
    let seated = queries::seated(connection, edition.id).await?;
    let taken = Seating::new(edition.seats, vec![*new], &seated).taken(new.group);
    if new.at_most.is_some_and(|most| most < taken) {
        let max = MAX_SEATS;
        return Err(AppError::field(
            "at_most",
            Fault::OutOfRange { min: taken, max },
        ));
    }
    Ok(())
}
