//! Taking lists along, handing marks in, deciding about those that were refused.

mod decide;
mod hand_in;
mod revoke;
mod take;
mod weigh;

use sqlx::SqliteConnection;

pub use self::{decide::*, hand_in::*, revoke::*, take::*};
use crate::{
    access::{Permit, TakeAttendance, Viewer, edition_of_session, permit},
    error::AppError,
    sessions::SessionId,
};

/// What is kept of a list's token.
fn token_hash(token: &str) -> [u8; 32] {
    *blake3::hash(token.as_bytes()).as_bytes()
}

/// The permit to take a session's attendance; for everybody else the session is not there.
async fn taking_attendance(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    session: SessionId,
) -> Result<Permit<TakeAttendance>, AppError> {
    let edition = edition_of_session(connection, session).await?;
    match permit(connection, viewer, TakeAttendance(edition)).await {
        Err(AppError::Forbidden) => Err(AppError::NotFound),
        found => found,
    }
}
