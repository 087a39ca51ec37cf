//! Writing down who came without being enrolled, and deciding about them.

use chrono::{DateTime, Days, Utc};
use serde_json::json;
use sqlx::SqliteConnection;

use crate::{
    access::{
        AccountId, ManageEnrolments, ManagePeople, Permit, TakeAttendance, Viewer, permit,
        permit_attendance,
        throttle::{self, Subject},
    },
    attendance::{self, ClientKey, MarkSource, MarkStatus, NewMark, arrival::Window},
    audit::{self, Event},
    check_in::{
        WalkInId, WalkInState,
        queries::{self, Decided, NewWalkIn, WalkIn},
        room_code::{Kind, is_shown},
        walk_in::Entry,
    },
    courses::{EditionHeader, visible_header},
    enrolment::{
        EnrolmentId, EnrolmentState,
        operations::{could_enter, enrol_walk_in, still_changes},
    },
    error::{AppError, Reason},
    nomination::{Found, check},
    people::{PersonId, operations::add_person},
    server::{AppState, ClientAddress, WriteTx},
    sessions::{self, Session, SessionId},
    values::Text,
};

/// How long what nobody decides is kept.
const KEPT_FOR: Days = Days::new(30);

/// Why a walk-in is not enrolled.
pub type RejectionReason = Text<500>;

/// The session whose code a stranger scanned; `RoomCodeChanged` for any other.
pub async fn open_to_strangers(
    state: &AppState,
    connection: &mut SqliteConnection,
    session: SessionId,
    code: &str,
) -> Result<Session, AppError> {
    let now = state.clock.now();
    if !is_shown(&state.secrets, Kind::WalkIn, session, code, now) {
        return Err(Reason::RoomCodeChanged.into());
    }
    let session = sessions::find(connection, session).await?;
    Ok(session.ok_or(Reason::RoomCodeChanged)?)
}

/// Takes down what somebody wrote about themselves on their own phone. Tells nothing of who is
/// known, and the same twice is one.
pub async fn write_own(
    state: &AppState,
    address: ClientAddress,
    (session, code): (SessionId, &str),
    entry: &Entry,
) -> Result<(), AppError> {
    let mut connection = state.database.read().await?;
    let session = open_to_strangers(state, &mut connection, session, code).await?;
    must_be_open(&mut connection, &session, None).await?;
    drop(connection);
    entry.parse(state.clock.today())?;
    throttle::begin(state, &[Subject::WalkingIn(address)]).await?;
    let mut tx = state.database.write().await?;
    if let Some(id) = write(state, &mut tx, session.id, None, entry).await? {
        let event = created(id, session.id);
        audit::record(&mut tx, state.clock.now(), None, event).await?;
    }
    tx.commit().await
}

/// Takes down who came, written by whoever takes attendance.
pub async fn write_other(
    state: &AppState,
    viewer: &Viewer,
    session: SessionId,
    entry: &Entry,
) -> Result<(), AppError> {
    let mut tx = state.database.write().await?;
    let permit = permit_attendance(&mut tx, viewer, session).await?;
    let session = sessions::find(&mut tx, session).await?;
    let session = session.ok_or(AppError::NotFound)?;
    must_be_open(&mut tx, &session, Some(viewer)).await?;
    let now = state.clock.now();
    if let Window::Ahead(opens_at) = Window::of(session.starts_at, session.ends_at, now) {
        return Err(Reason::CheckInAhead { opens_at }.into());
    }
    entry.parse(state.clock.today())?;
    if let Some(id) = write(state, &mut tx, session.id, permit.account(), entry).await? {
        let event = created(id, session.id);
        audit::record_permitted(&mut tx, now, &permit, event).await?;
    }
    tx.commit().await
}

/// The trail has no names: what was written is sealed.
fn created(id: WalkInId, session: SessionId) -> Event<'static> {
    Event::new("walk_in_create", "walk_in", id.get()).after(&json!({ "session": session }))
}

async fn must_be_open(
    connection: &mut SqliteConnection,
    session: &Session,
    viewer: Option<&Viewer>,
) -> Result<(), AppError> {
    if session.is_self_paced() {
        return Err(Reason::CheckInSelfPaced.into());
    }
    let header = visible_header(connection, viewer, session.edition).await?;
    still_changes(&header).map_err(|_| Reason::CheckInEditionClosed)?;
    Ok(())
}

async fn write(
    state: &AppState,
    tx: &mut WriteTx,
    session: SessionId,
    account: Option<AccountId>,
    entry: &Entry,
) -> Result<Option<WalkInId>, AppError> {
    let now = state.clock.now();
    queries::lapse_before(tx, now - KEPT_FOR).await?;
    let new = NewWalkIn {
        session,
        entry: &entry.sealed(&state.secrets),
        digest: &entry.digest(&state.secrets),
        account,
        now,
    };
    Ok(queries::insert_walk_in(tx, new).await?)
}

/// Who somebody says a walk-in is, where the names or the document are in the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Nothing was said: it is plain.
    Plain,
    /// Somebody else of the same names.
    Another,
    /// This person.
    Same(PersonId),
}

/// A walk-in for whoever decides; for everybody else it is not there.
async fn open(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    id: WalkInId,
) -> Result<(WalkIn, Permit<ManageEnrolments>), AppError> {
    let walk_in = queries::walk_in(connection, id)
        .await?
        .ok_or(AppError::NotFound)?;
    match permit(connection, viewer, ManageEnrolments(walk_in.edition)).await {
        Ok(permit) => Ok((walk_in, permit)),
        Err(AppError::Forbidden) => Err(AppError::NotFound),
        Err(error) => Err(error),
    }
}

/// Enrols a walk-in and marks them present; gives the session. Done twice, it changes nothing.
///
/// # Errors
/// `WalkInDecided` once it was rejected; `ChangedMeanwhile` where the register changed since the
/// choice; `WalkInWaits` for who has asked for a seat or waits; `EditionFull` without a free seat; and what stands
/// against anybody's enrolment and mark.
pub async fn accept(
    state: &AppState,
    viewer: &Viewer,
    id: WalkInId,
    choice: Choice,
) -> Result<SessionId, AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let (walk_in, enrols) = open(&mut tx, viewer, id).await?;
    match walk_in.state {
        WalkInState::Accepted => return Ok(walk_in.session),
        WalkInState::Waiting => {}
        WalkInState::Rejected | WalkInState::Lapsed => return Err(Reason::WalkInDecided.into()),
    }
    let takes = permit(&mut tx, viewer, TakeAttendance(walk_in.edition)).await?;
    let adds = permit(&mut tx, viewer, ManagePeople).await?;
    let edition = visible_header(&mut tx, Some(viewer), walk_in.edition).await?;
    still_changes(&edition)?;
    let person = person(state, &mut tx, (&enrols, &adds), &edition, &walk_in, choice).await?;
    let enrolment = enrolment(state, &mut tx, &enrols, &edition, person).await?;
    mark_present(&mut tx, now, &takes, &walk_in, enrolment).await?;
    let decided = Decided {
        state: WalkInState::Accepted,
        at: now,
        by: enrols.account(),
        reason: None,
        person: Some(person),
        enrolment: Some(enrolment),
    };
    queries::decide(&mut tx, id, decided).await?;
    let event = Event::new("walk_in_accept", "walk_in", id.get())
        .before(&json!({ "state": WalkInState::Waiting }))
        .after(&json!({ "state": WalkInState::Accepted, "person": person }));
    audit::record_permitted(&mut tx, now, &enrols, event).await?;
    tx.commit().await?;
    Ok(walk_in.session)
}

/// Who it is: the register is asked again, for it may have changed.
async fn person(
    state: &AppState,
    tx: &mut WriteTx,
    (enrols, adds): (&Permit<ManageEnrolments>, &Permit<ManagePeople>),
    edition: &EditionHeader,
    walk_in: &WalkIn,
    choice: Choice,
) -> Result<PersonId, AppError> {
    let entry = Entry::opened(&state.secrets, walk_in.entry.as_deref());
    let entry = entry.ok_or(Reason::WalkInDecided)?;
    let read = entry
        .parse(state.clock.today())
        .map_err(|_| Reason::ChangedMeanwhile)?;
    let found = check(tx, &state.secrets, edition.id, Ok(read)).await?;
    match (found, choice) {
        (Found::Known(hit) | Found::Enrolled(hit), _) => Ok(hit.id),
        (Found::Possible(hits, _), Choice::Same(same)) if hits.iter().any(|hit| hit.id == same) => {
            Ok(same)
        }
        (Found::Conflict(holder, _), Choice::Same(same)) if holder.id == same => Ok(same),
        (Found::New(new), _) | (Found::Possible(_, new), Choice::Another) => {
            could_enter(state, tx, enrols, edition, &new).await?;
            add_person(tx, &state.secrets, state.clock.now(), adds, &new).await
        }
        (Found::Possible(..) | Found::Conflict(..) | Found::Faulty(_), _) => {
            Err(Reason::ChangedMeanwhile.into())
        }
    }
}

/// The enrolment by which the person takes part: the one there is, or a new one with a seat.
async fn enrolment(
    state: &AppState,
    tx: &mut WriteTx,
    enrols: &Permit<ManageEnrolments>,
    edition: &EditionHeader,
    person: PersonId,
) -> Result<EnrolmentId, AppError> {
    match queries::active_enrolment(tx, edition.id, person).await? {
        Some((_, EnrolmentState::Requested | EnrolmentState::Waiting)) => {
            return Err(Reason::WalkInWaits.into());
        }
        Some((enrolment, _)) => return Ok(enrolment),
        None => {}
    }
    let entered = enrol_walk_in(state, tx, enrols, edition, person).await?;
    match entered.state {
        EnrolmentState::Enrolled => Ok(entered.id),
        EnrolmentState::Requested => Err(Reason::NotCleared.into()),
        // A place on the waiting list is no seat: nothing of this is kept.
        _ => Err(Reason::EditionFull.into()),
    }
}

async fn mark_present(
    tx: &mut WriteTx,
    now: DateTime<Utc>,
    takes: &Permit<TakeAttendance>,
    walk_in: &WalkIn,
    enrolment: EnrolmentId,
) -> Result<(), AppError> {
    let key = format!("walk-in-{}", walk_in.id);
    let new = NewMark {
        enrolment,
        session: walk_in.session,
        status: MarkStatus::Present,
        minutes: None,
        source: MarkSource::WalkIn,
        client_key: ClientKey::parse(&key).ok(),
        seen: None,
        reason: None,
    };
    attendance::mark(tx, now, takes, &new).await?;
    Ok(())
}

/// Does not enrol a walk-in, and erases what was written; gives the session.
pub async fn reject(
    state: &AppState,
    viewer: &Viewer,
    id: WalkInId,
    reason: &RejectionReason,
) -> Result<SessionId, AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let (walk_in, permit) = open(&mut tx, viewer, id).await?;
    match walk_in.state {
        WalkInState::Rejected => return Ok(walk_in.session),
        WalkInState::Waiting => {}
        WalkInState::Accepted | WalkInState::Lapsed => return Err(Reason::WalkInDecided.into()),
    }
    let decided = Decided {
        state: WalkInState::Rejected,
        at: now,
        by: permit.account(),
        reason: Some(reason.as_str()),
        person: None,
        enrolment: None,
    };
    queries::decide(&mut tx, id, decided).await?;
    let event = Event::new("walk_in_reject", "walk_in", id.get())
        .before(&json!({ "state": WalkInState::Waiting }))
        .after(&json!({ "state": WalkInState::Rejected, "reason": reason }));
    audit::record_permitted(&mut tx, now, &permit, event).await?;
    tx.commit().await?;
    Ok(walk_in.session)
}
