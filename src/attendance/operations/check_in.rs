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
    mark::{NewMark, Told, append, cell},
    refuse_own, takes_part,
};
use crate::{
    access::{AccountId, ActAsParticipant, Action, Permit, TakeAttendance},
    attendance::{
        MarkSource, MarkStatus,
        arrival::{Window, status_on_arrival},
        queries::{self, Coming, MarkMade, MarkedSession},
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
    let door = AtDoor::find(connection, person, session).await?;
    let earlier = door.checked_in();
    if earlier.is_none() {
        must_be_in_time(&door.session, now)?;
    }
    Ok(Arrival {
        enrolment: door.enrolment,
        earlier,
    })
}

/// Somebody at the door of a session that meets: the enrolment by which they take part, and all that
/// was said of them there. Read once; what a check-in asks follows from it.
struct AtDoor {
    session: MarkedSession,
    enrolment: EnrolmentId,
    marks: Vec<MarkMade>,
}

impl AtDoor {
    async fn find(
        connection: &mut SqliteConnection,
        person: PersonId,
        session: SessionId,
    ) -> Result<Self, AppError> {
        let coming = queries::coming(connection, session, person).await?;
        Self::of(connection, coming.ok_or(AppError::NotFound)?).await
    }

    async fn of(connection: &mut SqliteConnection, coming: Coming) -> Result<Self, AppError> {
        let enrolment = seat(&coming)?;
        let session = coming.session;
        let marks = queries::marks_made(connection, enrolment, session.id).await?;
        Ok(Self {
            session,
            enrolment,
            marks,
        })
    }

    /// Their first check-in by phone or as a walk-in.
    fn checked_in(&self) -> Option<CheckedIn> {
        let by_phone = |made: &&MarkMade| {
            matches!(
                made.source,
                MarkSource::RoomCode | MarkSource::PersonalCode | MarkSource::WalkIn
            )
        };
        self.marks.iter().find(by_phone).map(earlier)
    }

    /// What stands of them, if it is that they attend.
    fn attends(&self) -> Option<CheckedIn> {
        let stands = self.standing().stands?;
        let made = self.marks.iter().find(|made| made.mark.id == stands.id);
        made.filter(|_| stands.status.attended()).map(earlier)
    }

    /// The newest mark, if it is this account's scan of their code: two scans in a row are one,
    /// whatever stands.
    fn just_scanned(&self, account: Option<AccountId>) -> Option<CheckedIn> {
        let newest = self.marks.last()?;
        let scan = newest.source == MarkSource::PersonalCode && newest.mark.marker == account;
        scan.then(|| earlier(newest))
    }

    fn standing(&self) -> Standing {
        Standing::of(self.marks.iter().map(|made| &made.mark))
    }
}

/// The enrolment by which a person takes part in a session that meets.
fn seat(coming: &Coming) -> Result<EnrolmentId, Reason> {
    if coming.session.modality == Modality::SelfPaced {
        return Err(Reason::CheckInSelfPaced);
    }
    let (enrolment, state) = coming.enrolment.ok_or(Reason::CheckInNotEnrolled)?;
    if takes_part(state) {
        Ok(enrolment)
    } else {
        Err(without_seat(state))
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

const fn earlier(made: &MarkMade) -> CheckedIn {
    CheckedIn {
        at: made.at,
        status: made.mark.status,
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
    let door = AtDoor::find(connection, permit.action().0, session).await?;
    if let Some(earlier) = door.checked_in() {
        return Ok(earlier);
    }
    must_be_in_time(&door.session, now)?;
    write(connection, now, permit, &door, MarkSource::RoomCode).await
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
    let coming = queries::coming(connection, session, person)
        .await?
        .filter(|coming| coming.session.edition == permit.action().0)
        .ok_or(AppError::NotFound)?;
    let door = match AtDoor::of(connection, coming).await {
        Err(AppError::Conflict(
            Reason::CheckInNotEnrolled | Reason::CheckInNoSeat | Reason::CheckInWithdrawn,
        )) => return Err(Reason::NotTakingPart.into()),
        found => found?,
    };
    refuse_own(connection, permit, door.enrolment).await?;
    let scanned = door.just_scanned(permit.account());
    if let Some(said) = door.attends().or(scanned) {
        return Ok(said);
    }
    must_be_in_time(&door.session, now)?;
    write(connection, now, permit, &door, MarkSource::PersonalCode).await
}

/// Appends the mark and tells the audit trail.
async fn write<A: Action>(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    permit: &Permit<A>,
    door: &AtDoor,
    source: MarkSource,
) -> Result<CheckedIn, AppError> {
    let (session, enrolment, before) = (&door.session, door.enrolment, door.standing());
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
