//! Pages of checking in.

mod check_in;
mod own_code;
mod person;
mod room;
mod scan;
mod walk_in;
mod walk_in_fields;
mod walk_ins;

use sqlx::SqliteConnection;

pub use self::{
    check_in::{CheckInPage, ScannedRoomPage},
    own_code::MyCodePage,
    person::ScannedPersonPage,
    room::RoomCodePage,
    scan::ScanPage,
    walk_in::{OwnWalkInPage, WalkInDonePage},
    walk_ins::WalkInsPage,
};
use crate::{
    access::{TakeAttendance, Viewer, permit},
    courses::{EditionHeader, visible_header},
    error::AppError,
    paths,
    sessions::{self, Session, SessionId},
    t,
    ui::Breadcrumbs,
};

/// A session and its edition, for whoever takes attendance there.
async fn session_of(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    id: SessionId,
) -> Result<(Session, EditionHeader), AppError> {
    let session = sessions::find(connection, id)
        .await?
        .ok_or(AppError::NotFound)?;
    let _ = permit(connection, viewer, TakeAttendance(session.edition)).await?;
    let header = visible_header(connection, Some(viewer), session.edition).await?;
    Ok((session, header))
}

/// The way from the edition to a page of one of its sessions.
fn crumbs(header: &EditionHeader, session: &Session, own: String) -> Breadcrumbs {
    vec![
        (header.title(), Some(paths::edition(header.id).into())),
        (
            t!(attendance.title),
            Some(paths::edition_attendance(header.id).into()),
        ),
        (
            session.title.clone(),
            Some(paths::session_attendance(session.id).into()),
        ),
        (own, None),
    ]
}
