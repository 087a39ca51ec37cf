//! Taking a merge back.

use sqlx::SqliteConnection;

use super::merge::Audited;
use crate::{
    access::{InvitePerson, ManagePerson, Permit, Viewer, permit, permit_on_person},
    audit::{self, Event},
    error::{AppError, Reason},
    merging::{
        MergeId,
        queries::{self, MergeRow},
    },
    people::{PersonId, refresh_words},
    server::AppState,
};

/// Restores every row that a merge changed, and gives the record that stayed.
///
/// `MergeInUse` with what stands against it, where something came to depend on the merge.
pub async fn undo(state: &AppState, viewer: &Viewer, merge: MergeId) -> Result<PersonId, AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let (row, allowed) = permitted(&mut tx, viewer, merge).await?;
    let before = queries::record(&mut tx, row.kept)
        .await?
        .ok_or(AppError::NotFound)?;
    let gone = queries::record(&mut tx, row.gone)
        .await?
        .ok_or(AppError::NotFound)?;
    if gone.merged_into != Some(row.kept) {
        return Err(in_use("merges"));
    }
    if queries::certified_since(&mut tx, merge).await? {
        return Err(in_use("certificates"));
    }
    if queries::closed_since(&mut tx, merge).await? {
        return Err(in_use("closing_records"));
    }
    let was_overbooked = queries::overbooked(&mut tx, row.kept).await?;
    for step in queries::steps(&mut tx, merge).await? {
        if !queries::take_back(&mut tx, merge, &step).await? {
            return Err(in_use(&step.table));
        }
    }
    let overbooked = queries::overbooked(&mut tx, row.kept).await?
        || queries::overbooked(&mut tx, row.gone).await?;
    if overbooked && !was_overbooked {
        return Err(in_use("seats"));
    }
    queries::set_undone(&mut tx, merge, allowed.account(), now).await?;
    refresh_words(&mut tx, row.kept).await?;
    refresh_words(&mut tx, row.gone).await?;
    let after = queries::record(&mut tx, row.kept)
        .await?
        .ok_or(AppError::NotFound)?;
    let event = Event::new("person_unmerge", "person", row.kept.get())
        .before(&Audited::of(&before, Some(&gone), 0))
        .after(&Audited::of(&after, None, 0));
    audit::record_permitted(&mut tx, now, &allowed, event).await?;
    tx.commit().await?;
    Ok(row.kept)
}

/// A merge that stands, for who may take it back: whoever may change the record that stayed and,
/// where it has an account, invite its person.
async fn permitted(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    merge: MergeId,
) -> Result<(MergeRow, Permit<ManagePerson>), AppError> {
    let row = queries::standing_merge(connection, merge).await?;
    let row = row.ok_or(AppError::NotFound)?;
    let kept = queries::record(connection, row.kept).await?;
    let kept = kept.ok_or(AppError::NotFound)?;
    // The record that stayed may have gone into another one since.
    let stands = kept.merged_into.unwrap_or(kept.id);
    let allowed = permit_on_person(connection, viewer, ManagePerson(stands)).await?;
    if viewer.person == stands {
        return Err(Reason::OwnRecord.into());
    }
    if stands != kept.id {
        return Err(in_use("merges"));
    }
    if kept.account.is_some() {
        permit(connection, viewer, InvitePerson(kept.id)).await?;
    }
    Ok((row, allowed))
}

fn in_use(what: &str) -> AppError {
    Reason::MergeInUse {
        what: what.to_owned(),
    }
    .into()
}
