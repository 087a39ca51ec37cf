//! Taking a list back.

use serde_json::json;

use crate::{
    access::{ManageEnrolments, Viewer, allowed, permit_attendance},
    audit::{self, Event},
    error::AppError,
    offline::{RosterId, queries},
    server::AppState,
    sessions::SessionId,
};

/// Takes a list back: one's own, or any of an edition that one coordinates. Gives its session, and
/// whether it was one's own. Done twice, it changes nothing.
pub async fn revoke(
    state: &AppState,
    viewer: &Viewer,
    id: RosterId,
) -> Result<SessionId, AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let roster = queries::roster(&mut tx, id)
        .await?
        .ok_or(AppError::NotFound)?;
    let own = roster.account == viewer.account;
    if !own && !allowed(&mut tx, viewer, ManageEnrolments(roster.edition)).await? {
        return Err(AppError::NotFound);
    }
    if queries::revoke(&mut tx, id, now, viewer.account).await? {
        let event = Event::new("offline_roster_revoke", "offline_roster", id.get())
            .before(&json!({ "state": "held" }))
            .after(&json!({ "state": "revoked", "session": roster.session }));
        match permit_attendance(&mut tx, viewer, roster.session).await {
            Ok(permit) => audit::record_permitted(&mut tx, now, &permit, event).await?,
            // Whoever has lost the right to the list may still take it back from their own phone.
            Err(AppError::NotFound | AppError::Conflict(_)) => {
                audit::record(&mut tx, now, Some(viewer.account), event).await?;
            }
            Err(error) => return Err(error),
        }
    }
    tx.commit().await?;
    Ok(roster.session)
}
