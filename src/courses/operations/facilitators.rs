//! Who teaches in an edition.

use serde::Serialize;
use sqlx::SqliteConnection;

use super::manage_edition;
use crate::{
    access::Viewer,
    audit::{self, Event},
    courses::{EditionId, queries},
    error::{AppError, Reason},
    people::{self, PersonId},
    server::AppState,
};

/// What the audit trail keeps of it.
#[derive(Serialize)]
struct Assignment {
    facilitator: PersonId,
}

/// Assigns somebody to teach in an edition. Who takes part in it cannot.
pub async fn assign_facilitator(
    state: &AppState,
    viewer: &Viewer,
    edition: EditionId,
    person: PersonId,
) -> Result<(), AppError> {
    let mut tx = state.database.write().await?;
    let permit = manage_edition(&mut tx, viewer, edition).await?;
    check_open(&mut tx, edition).await?;
    if people::hit(&mut tx, person).await?.is_none() {
        return Err(AppError::NotFound);
    }
    if queries::takes_part(&mut tx, edition, person).await? {
        return Err(Reason::ParticipantCannotTeach.into());
    }
    let now = state.clock.now();
    if queries::insert_facilitator(&mut tx, edition, person, now).await? {
        let assignment = Assignment {
            facilitator: person,
        };
        let event =
            Event::new("edition_assign_facilitator", "edition", edition.get()).after(&assignment);
        audit::record_permitted(&mut tx, now, &permit, event).await?;
    }
    tx.commit().await
}

/// Takes somebody off an edition and off its sessions.
pub async fn remove_facilitator(
    state: &AppState,
    viewer: &Viewer,
    edition: EditionId,
    person: PersonId,
) -> Result<(), AppError> {
    let mut tx = state.database.write().await?;
    let permit = manage_edition(&mut tx, viewer, edition).await?;
    check_open(&mut tx, edition).await?;
    if !queries::delete_facilitator(&mut tx, edition, person).await? {
        return Err(AppError::NotFound);
    }
    let assignment = Assignment {
        facilitator: person,
    };
    let event =
        Event::new("edition_remove_facilitator", "edition", edition.get()).before(&assignment);
    audit::record_permitted(&mut tx, state.clock.now(), &permit, event).await?;
    tx.commit().await
}

async fn check_open(connection: &mut SqliteConnection, edition: EditionId) -> Result<(), AppError> {
    let header = queries::header(connection, edition)
        .await?
        .ok_or(AppError::NotFound)?;
    if header.is_locked() {
        return Err(Reason::EditionClosed.into());
    }
    Ok(())
}
