//! Checking in to a session: on one's own word, or on that of somebody who takes attendance and has
//! the person before them.
//!
//! Who checks in has seen nobody's mark, and neither has who scans a code at the door: where
//! somebody said otherwise before, both stand as a conflict until a person decides. Done twice, it
//! changes nothing and tells when it was done.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use super::{
    Standing,
    mark::{NewMark, Told, append, cell, permitted_session},
    refuse_own, takes_part,
};
use crate::{
    access::{ActAsParticipant, Action, Permit, TakeAttendance},
    attendance::{
        MarkSource, MarkStatus,
        arrival::{Window, status_on_arrival},
        queries::{self, MarkedSession},
    },
    audit::{self, Event},
    courses::{EditionState, Modality},
    enrolment::{EnrolmentId, EnrolmentState},
    error::{AppError, Reason},
    people::PersonId,
    sessions::SessionId,
};

/// That somebody was checked in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckedIn {
    /// When.
    pub at: DateTime<Utc>,
    /// As what.
    pub status: MarkStatus,
    /// Whether that was done before.
    pub before: bool,
}

/// Somebody who may check in to a session, or who has.
#[derive(Debug)]
pub struct Arrival {
    /// Their enrolment.
    pub enrolment: EnrolmentId,
    /// That they have.
    pub earlier: Option<CheckedIn>,
}

/// Whether a person may check in to a session now.
///
/// # Errors
/// `NotFound` without such a session; else the rule that stands against it: `CheckInSelfPaced`,
/// `CheckInNotEnrolled`, `CheckInNoSeat`, `CheckInWithdrawn`, `CheckInEditionClosed`,
/// `CheckInAhead`, `CheckInOver`.
pub async fn arrival(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    person: PersonId,
    session: SessionId,
) -> Result<Arrival, AppError> {
    let session = queries::session(connection, session)
        .await?
        .ok_or(AppError::NotFound)?;
    arrival_at(connection, now, person, &session).await
}

async fn arrival_at(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    person: PersonId,
    session: &MarkedSession,
) -> Result<Arrival, AppError> {
    let enrolment = seat(connection, person, session).await?;
    let earlier = queries::first_check_in(connection, enrolment, session.id)
        .await?
        .map(earlier);
    if earlier.is_none() {
        must_be_in_time(session, now)?;
    }
    Ok(Arrival { enrolment, earlier })
}

/// The enrolment by which a person takes part in a session that meets.
async fn seat(
    connection: &mut SqliteConnection,
    person: PersonId,
    session: &MarkedSession,
) -> Result<EnrolmentId, AppError> {
    if session.modality == Modality::SelfPaced {
        return Err(Reason::CheckInSelfPaced.into());
    }
    let (enrolment, state) = queries::enrolment_of(connection, session.edition, person)
        .await?
        .ok_or(Reason::CheckInNotEnrolled)?;
    if takes_part(state) {
        Ok(enrolment)
    } else {
        Err(without_seat(state).into())
    }
}

/// Refuses a closed edition, and any time outside the session's window.
fn must_be_in_time(session: &MarkedSession, now: DateTime<Utc>) -> Result<(), Reason> {
    if matches!(
        session.state,
        EditionState::Closed | EditionState::Cancelled
    ) {
        return Err(Reason::CheckInEditionClosed);
    }
    match Window::of(session.starts_at, session.ends_at, now) {
        Window::Ahead(opens_at) => Err(Reason::CheckInAhead { opens_at }),
        Window::Over => Err(Reason::CheckInOver),
        Window::Open => Ok(()),
    }
}

const fn earlier((at, status): (DateTime<Utc>, MarkStatus)) -> CheckedIn {
    CheckedIn {
        at,
        status,
        before: true,
    }
}

/// Why somebody whose enrolment holds no seat cannot check in.
const fn without_seat(state: EnrolmentState) -> Reason {
    match state {
        EnrolmentState::Withdrawn => Reason::CheckInWithdrawn,
        EnrolmentState::Requested | EnrolmentState::Waiting => Reason::CheckInNoSeat,
        _ => Reason::CheckInNotEnrolled,
    }
}

/// Checks the permitted person in, on their own word. Errors are those of [`arrival`].
pub async fn check_in(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    permit: &Permit<ActAsParticipant>,
    session: SessionId,
) -> Result<CheckedIn, AppError> {
    let session = queries::session(connection, session)
        .await?
        .ok_or(AppError::NotFound)?;
    let person = permit.action().0;
    let arrival = arrival_at(connection, now, person, &session).await?;
    if let Some(earlier) = arrival.earlier {
        return Ok(earlier);
    }
    let source = MarkSource::RoomCode;
    let enrolment = arrival.enrolment;
    write(connection, now, permit, &session, enrolment, source).await
}

/// Checks in a person whose own code was scanned at the door. Whoever attends already stays as they
/// stand.
///
/// # Errors
/// Those of [`arrival`], but `NotTakingPart` for whoever has no seat, and `OwnRecord`.
pub async fn check_in_person(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    permit: &Permit<TakeAttendance>,
    session: SessionId,
    person: PersonId,
) -> Result<CheckedIn, AppError> {
    let session = permitted_session(connection, permit, session).await?;
    let enrolment = match seat(connection, person, &session).await {
        Err(AppError::Conflict(
            Reason::CheckInNotEnrolled | Reason::CheckInNoSeat | Reason::CheckInWithdrawn,
        )) => return Err(Reason::NotTakingPart.into()),
        found => found?,
    };
    refuse_own(connection, permit, enrolment).await?;
    let stands = queries::attends(connection, enrolment, session.id).await?;
    let scanned = queries::just_scanned(connection, enrolment, session.id, permit.account());
    if let Some(said) = stands.or(scanned.await?) {
        return Ok(earlier(said));
    }
    must_be_in_time(&session, now)?;
    let source = MarkSource::PersonalCode;
    write(connection, now, permit, &session, enrolment, source).await
}

/// Appends the mark and tells the audit trail.
async fn write<A: Action>(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    permit: &Permit<A>,
    session: &MarkedSession,
    enrolment: EnrolmentId,
    source: MarkSource,
) -> Result<CheckedIn, AppError> {
    let marks = queries::marks_of_cell(connection, enrolment, session.id).await?;
    let before = Standing::of(&marks);
    let status = status_on_arrival(session.starts_at, now);
    let new = NewMark {
        enrolment,
        session: session.id,
        status,
        minutes: None,
        source,
        client_key: None,
        seen: None,
        reason: None,
    };
    let after = append(connection, now, permit.account(), session, &new, &before).await?;
    let event = Event::new("attendance_check_in", "enrolment", enrolment.get())
        .before(&Told::from(cell(enrolment, session, &before)))
        .after(&Told::from(cell(enrolment, session, &after)));
    audit::record_permitted(connection, now, permit, event).await?;
    Ok(CheckedIn {
        at: now,
        status,
        before: false,
    })
}
