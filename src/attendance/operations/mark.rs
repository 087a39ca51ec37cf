//! Saying something about one person in one session.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::SqliteConnection;

use super::{
    MarkReason, Standing, must_be_done, must_be_open, must_have_begun, refuse_own, takes_part,
};
use crate::{
    access::{AccountId, ActAsParticipant, Permit, TakeAttendance},
    attendance::{
        Cell, ClientKey, MarkId, MarkSource, MarkStatus,
        queries::{self, MarkRow, MarkedSession},
        standing::Mark,
    },
    audit::{self, Event},
    courses::Modality,
    enrolment::EnrolmentId,
    error::{AppError, Fault, Reason},
    sessions::SessionId,
};

/// What somebody says about one person in one session.
#[derive(Clone, Debug)]
pub struct NewMark {
    /// About whom.
    pub enrolment: EnrolmentId,
    /// In which session.
    pub session: SessionId,
    /// What.
    pub status: MarkStatus,
    /// Minutes attended, for [`MarkStatus::Partial`] alone.
    pub minutes: Option<i64>,
    /// Where it was said.
    pub source: MarkSource,
    /// The client's name for it: a second request with the same key changes nothing.
    pub client_key: Option<ClientKey>,
    /// The newest mark of the cell that the marker has seen.
    pub seen: Option<MarkId>,
    /// Why, for who is said to be present in a self-paced session without its steps.
    pub reason: Option<MarkReason>,
}

/// What an audit event tells of a cell.
#[derive(Debug, Serialize)]
pub(super) struct Told {
    session: SessionId,
    status: MarkStatus,
    minutes: i64,
    conflict: bool,
}

impl From<Cell> for Told {
    fn from(cell: Cell) -> Self {
        Self {
            session: cell.session,
            status: cell.status,
            minutes: cell.minutes,
            conflict: cell.conflict,
        }
    }
}

/// Marks one person in one session, and gives the cell as it stands afterwards.
///
/// # Errors
/// `NotFound` when the session is not of the permitted edition, `NotTakingPart` when the person is
/// not, `OwnRecord` when it is the marker themselves, `EditionClosed`, `SessionNotBegun`,
/// `ReasonNeeded` at `reason`, `BadMinutes` at `minutes`, and `UnknownChoice` at `seen` or `client_key`
/// when they belong to another cell or marker.
pub async fn mark(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    permit: &Permit<TakeAttendance>,
    new: &NewMark,
) -> Result<Cell, AppError> {
    let session = permitted_session(connection, permit, new.session).await?;
    let marks = queries::marks_of_cell(connection, new.enrolment, session.id).await?;
    if said_already(connection, permit, new, &marks).await? {
        return Ok(cell(new.enrolment, &session, &Standing::of(&marks)));
    }
    must_be_open(session.state)?;
    must_have_begun(&session, new.status, now)?;
    must_take_part(connection, new.enrolment, &session).await?;
    refuse_own(connection, permit, new.enrolment).await?;
    let (status, reason) = (new.status, new.reason.as_ref());
    must_be_done(connection, &session, new.enrolment, status, reason).await?;
    let known = |seen| marks.iter().any(|mark| mark.id == seen);
    if !new.seen.is_none_or(known) {
        return Err(AppError::field("seen", Fault::UnknownChoice));
    }
    let before = Standing::of(&marks);
    let standing = append(connection, now, permit.account(), &session, new, &before).await?;
    let cell_before = cell(new.enrolment, &session, &before);
    let cell_after = cell(new.enrolment, &session, &standing);
    let event = Event::new("attendance_mark", "enrolment", new.enrolment.get())
        .before(&Told::from(cell_before))
        .after(&Told::from(cell_after));
    audit::record_permitted(connection, now, permit, event).await?;
    Ok(cell_after)
}

/// Credits a self-paced session to the person who has done its last step.
///
/// The session marks itself: nobody else need say that the person was present. The system has seen
/// nobody's mark, so where somebody said otherwise before, both stand as a conflict until a person
/// decides. Done twice, it changes nothing. `NotFound` when the enrolment is not the permitted person's own or the session
/// is not a self-paced one of its edition.
pub async fn credit(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    permit: &Permit<ActAsParticipant>,
    enrolment: EnrolmentId,
    session: SessionId,
) -> Result<Cell, AppError> {
    let session = queries::session(connection, session)
        .await?
        .filter(|session| session.modality == Modality::SelfPaced)
        .ok_or(AppError::NotFound)?;
    let (_, person, _) = queries::enrolment(connection, enrolment)
        .await?
        .ok_or(AppError::NotFound)?;
    if person != permit.action().0 {
        return Err(AppError::NotFound);
    }
    must_take_part(connection, enrolment, &session).await?;
    let marks = queries::marks_of_cell(connection, enrolment, session.id).await?;
    let before = Standing::of(&marks);
    if marks.iter().any(|mark| mark.marker.is_none()) {
        return Ok(cell(enrolment, &session, &before));
    }
    must_be_open(session.state)?;
    let new = NewMark {
        enrolment,
        session: session.id,
        status: MarkStatus::Present,
        minutes: None,
        source: MarkSource::SelfPaced,
        client_key: None,
        seen: None,
        reason: None,
    };
    let standing = append(connection, now, None, &session, &new, &before).await?;
    let after = cell(enrolment, &session, &standing);
    let event = Event::new("attendance_credit", "enrolment", enrolment.get())
        .before(&Told::from(cell(enrolment, &session, &before)))
        .after(&Told::from(after));
    audit::record_permitted(connection, now, permit, event).await?;
    Ok(after)
}

/// The session, if it belongs to the edition that the permit is about.
pub(super) async fn permitted_session(
    connection: &mut SqliteConnection,
    permit: &Permit<TakeAttendance>,
    session: SessionId,
) -> Result<MarkedSession, AppError> {
    queries::session(connection, session)
        .await?
        .filter(|session| session.edition == permit.action().0)
        .ok_or(AppError::NotFound)
}

/// Refuses whoever does not take part in the session's edition. Enrolments that do not exist get
/// the same answer, so that nobody learns which numbers do.
pub(super) async fn must_take_part(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
    session: &MarkedSession,
) -> Result<(), AppError> {
    match queries::enrolment(connection, enrolment).await? {
        Some((edition, _, state)) if edition == session.edition && takes_part(state) => Ok(()),
        _ => Err(Reason::NotTakingPart.into()),
    }
}

/// Appends a mark and writes what stands after it.
pub(super) async fn append(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    account: Option<AccountId>,
    session: &MarkedSession,
    new: &NewMark,
    before: &Standing,
) -> Result<Standing, AppError> {
    let minutes = new
        .status
        .minutes(new.minutes, session.planned_minutes)
        .map_err(|fault| AppError::field("minutes", fault))?;
    let row = MarkRow {
        enrolment: new.enrolment,
        session: session.id,
        status: new.status,
        minutes,
        source: new.source,
        account,
        at: now,
        client_key: new.client_key.as_ref().map(ClientKey::as_str),
        seen: new.seen,
        reason: new.reason.as_ref().map(MarkReason::as_str),
    };
    let id = queries::insert_mark(connection, row).await?;
    let standing = before.after(&Mark {
        id,
        status: new.status,
        minutes,
        marker: account,
        seen: new.seen,
    });
    let planned = session.planned_minutes;
    queries::write_standing(connection, new.enrolment, session.id, &standing, planned).await?;
    Ok(standing)
}

/// A cell as clients see it.
pub(super) fn cell(enrolment: EnrolmentId, session: &MarkedSession, standing: &Standing) -> Cell {
    Cell {
        enrolment,
        session: session.id,
        status: standing
            .stands
            .map_or(MarkStatus::NotTaken, |mark| mark.status),
        minutes: standing
            .stands
            .map_or(0, |mark| mark.worth(session.planned_minutes)),
        newest: standing.newest(),
        conflict: standing.conflict,
    }
}

/// Whether this very mark has been taken before: a request that came twice.
async fn said_already(
    connection: &mut SqliteConnection,
    permit: &Permit<TakeAttendance>,
    new: &NewMark,
    marks: &[Mark],
) -> Result<bool, AppError> {
    let Some(key) = &new.client_key else {
        return Ok(false);
    };
    match queries::mark_by_key(connection, key.as_str()).await? {
        None => Ok(false),
        Some((id, account)) => {
            let same_cell = marks.iter().any(|mark| mark.id == id);
            if same_cell && account == permit.account() {
                Ok(true)
            } else {
                Err(AppError::field("client_key", Fault::UnknownChoice))
            }
        }
    }
}
