//! Server functions of attendance without a connection. Handing in is in [`super::sync`].

use leptos::prelude::*;

pub use super::operations::Taken;
use super::{
    OfflineMarkId, PhoneName, RosterId,
    operations::{self, Dismissal},
    words,
};
use crate::{
    access::viewer,
    courses::actions::hidden_id,
    error::{AppError, Fault},
    paths,
    server::{go_to_with_notice, services},
    sessions::SessionId,
    t,
};

/// Hands a session's list to the phone that asks.
#[server(endpoint = "offline/take")]
pub async fn take(session: String, #[server(default)] phone: String) -> Result<Taken, AppError> {
    let (state, viewer) = (services(), viewer()?);
    let session: SessionId = hidden_id(&session)?;
    let phone = PhoneName::parse(&phone).map_err(|fault| AppError::field("phone", fault))?;
    operations::take(&state, &viewer, session, &phone).await
}

/// Takes a list back. With `then` "account" the way leads to one's own account.
#[server(endpoint = "offline/revoke")]
pub async fn revoke(roster: String, #[server(default)] then: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let id: RosterId = hidden_id(&roster)?;
    let session = operations::revoke(&state, &viewer, id).await?;
    let back = if then == "account" {
        paths::my_account()
    } else {
        paths::session_offline(session)
    };
    go_to_with_notice(back, t!(offline.revoked));
    Ok(())
}

/// Hands a refused mark in again.
#[server(endpoint = "offline/accept")]
pub async fn accept(mark: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let id: OfflineMarkId = hidden_id(&mark)?;
    let (edition, refusal) = operations::accept(&state, &viewer, id).await?;
    let notice = match refusal {
        None => t!(offline.queue.accepted),
        Some(refusal) => t!(offline.queue.still, why = words::refusal(refusal)),
    };
    go_to_with_notice(paths::edition_offline_marks(edition), notice);
    Ok(())
}

/// Dismisses a refused mark.
#[server(endpoint = "offline/dismiss")]
pub async fn dismiss(mark: String, #[server(default)] reason: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let id: OfflineMarkId = hidden_id(&mark)?;
    let note = Dismissal::parse(&reason).map_err(|fault| {
        let needed = fault == Fault::Missing;
        AppError::field("reason", if needed { Fault::ReasonNeeded } else { fault })
    })?;
    let edition = operations::dismiss(&state, &viewer, id, &note).await?;
    go_to_with_notice(
        paths::edition_offline_marks(edition),
        t!(offline.queue.dismissed),
    );
    Ok(())
}
