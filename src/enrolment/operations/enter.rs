//! Asking for a seat, for oneself or for somebody else.

use sqlx::SqliteConnection;

use super::{
    Recorded,
    seats::{seats_once_filled, why_waiting},
    still_changes,
    tell::{News, tell},
};
use crate::{
    access::{ActAsParticipant, Action, ManageEnrolments, Permit, Viewer, permit},
    audit,
    courses::{EditionHeader, EditionId, visible_header},
    enrolment::{
        EnrolmentId, EnrolmentState,
        queries::{self, Standing},
        quota::{Seating, Traits},
    },
    error::{AppError, Reason},
    people::{self, AffiliationSnapshot, NewPerson, PersonId},
    server::AppState,
};

/// A new enrolment, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entered {
    /// The enrolment.
    pub id: EnrolmentId,
    /// `requested`, `enrolled` or `waiting`.
    pub state: EnrolmentState,
}

/// Enrols the viewer, within the enrolment window. Where the edition needs approval, and for who is
/// vetted and not cleared, it is a request; otherwise the seat is theirs if one is free.
///
/// `AlreadyEnrolled`, `EnrolmentNotOpen`, `StaffCannotEnrol`, `FacilitatorCannotEnrol`,
/// `PrerequisiteMissing`, then where nobody may wait `EditionFull`, `GroupFull` or `SeatsReserved`,
/// in this order.
pub async fn request(
    state: &AppState,
    viewer: &Viewer,
    edition: EditionId,
) -> Result<Entered, AppError> {
    let mut tx = state.database.write().await?;
    let person = viewer.person;
    let permit = permit(&mut tx, viewer, ActAsParticipant(person)).await?;
    let edition = visible_header(&mut tx, Some(viewer), edition).await?;
    refuse_second(&mut tx, &edition, person).await?;
    if !edition.is_enrolment_open(state.clock.today()) {
        return Err(Reason::EnrolmentNotOpen.into());
    }
    check_person(&mut tx, &permit, &edition, person).await?;
    let entry = if edition.needs_approval {
        EnrolmentState::Requested
    } else {
        let who = traits(&mut tx, person).await?;
        place_of_newcomer(state, &mut tx, &permit, &edition, (person, &who)).await?
    };
    let new = New {
        person,
        state: entry,
        action: "enrolment_request",
    };
    let entered = enter(state, &mut tx, &permit, &edition, new).await?;
    tx.commit().await?;
    Ok(entered)
}

/// Enrols somebody else on the coordinator's word: at any time until the edition is closed, and
/// without asking for approval. Seats, the waiting list and prerequisites hold all the same.
pub async fn enrol_other(
    state: &AppState,
    viewer: &Viewer,
    edition: EditionId,
    person: PersonId,
) -> Result<Entered, AppError> {
    let mut tx = state.database.write().await?;
    let permit = permit(&mut tx, viewer, ManageEnrolments(edition)).await?;
    let edition = visible_header(&mut tx, Some(viewer), edition).await?;
    still_changes(&edition)?;
    refuse_second(&mut tx, &edition, person).await?;
    check_person(&mut tx, &permit, &edition, person).await?;
    let who = traits(&mut tx, person).await?;
    let new = New {
        person,
        state: place_of_newcomer(state, &mut tx, &permit, &edition, (person, &who)).await?,
        action: "enrolment_enrol_other",
    };
    let entered = enter(state, &mut tx, &permit, &edition, new).await?;
    tx.commit().await?;
    Ok(entered)
}

/// Enrols somebody who came to a session without being enrolled, within the transaction that marks
/// them: as [`enrol_other`], but nobody need be told, for they are there.
pub async fn enrol_walk_in(
    state: &AppState,
    connection: &mut SqliteConnection,
    permit: &Permit<ManageEnrolments>,
    edition: &EditionHeader,
    person: PersonId,
) -> Result<Entered, AppError> {
    refuse_second(connection, edition, person).await?;
    check_person(connection, permit, edition, person).await?;
    let who = traits(connection, person).await?;
    let new = New {
        person,
        state: place_of_newcomer(state, connection, permit, edition, (person, &who)).await?,
        action: "enrolment_walk_in",
    };
    write_entry(state, connection, permit, edition, new).await
}

/// Whether [`enrol_walk_in`] could enrol somebody who is not in the register yet; nothing is written
/// about them before it is known.
pub async fn could_enter(
    state: &AppState,
    connection: &mut SqliteConnection,
    permit: &Permit<ManageEnrolments>,
    edition: &EditionHeader,
    new: &NewPerson,
) -> Result<(), AppError> {
    // Whoever is new has completed nothing.
    let nobody = PersonId::new(0);
    check_prerequisites(connection, edition, nobody).await?;
    let institution = new.affiliation.as_ref().and_then(|at| at.institution);
    let sector = match institution {
        Some(institution) => queries::sector_of(connection, institution).await?,
        None => None,
    };
    let who = Traits::of_new(new, sector);
    place_of_newcomer(state, connection, permit, edition, (nobody, &who)).await?;
    Ok(())
}

/// Tells somebody where they entered; whether there is an address to tell it to.
pub async fn tell_entry(
    state: &AppState,
    connection: &mut SqliteConnection,
    edition: &EditionHeader,
    (enrolment, person): (EnrolmentId, PersonId),
    entry: EnrolmentState,
) -> Result<bool, AppError> {
    let news = match entry {
        EnrolmentState::Requested => News::Requested,
        EnrolmentState::Enrolled => News::Enrolled,
        EnrolmentState::Waiting => {
            News::Waiting(why_waiting(connection, edition, enrolment).await?)
        }
        _ => return Ok(false),
    };
    tell(state, connection, (enrolment, person), edition, news).await
}

/// Where somebody new finds place: whoever waits already comes first.
pub(super) async fn place_of_newcomer<A: Action>(
    state: &AppState,
    connection: &mut SqliteConnection,
    permit: &Permit<A>,
    edition: &EditionHeader,
    (person, who): (PersonId, &Traits),
) -> Result<EnrolmentState, AppError> {
    // Whoever is vetted asks, until they are cleared and the coordinator agrees.
    if !queries::is_cleared(connection, edition.id, person, who.sector).await? {
        return Ok(EnrolmentState::Requested);
    }
    let (_, filled) = seats_once_filled(state, connection, permit, edition).await?;
    Ok(place(edition, &filled.seating, who)?)
}

/// Where somebody finds place among these seats.
pub(super) fn place(
    edition: &EditionHeader,
    seating: &Seating,
    who: &Traits,
) -> Result<EnrolmentState, Reason> {
    match seating.admits(who) {
        Ok(()) => Ok(EnrolmentState::Enrolled),
        Err(_) if edition.waiting_list => Ok(EnrolmentState::Waiting),
        Err(why) => Err(why.into()),
    }
}

/// `NotCleared` for who is vetted and may not have a seat yet.
pub(super) async fn must_be_cleared(
    connection: &mut SqliteConnection,
    edition: &EditionHeader,
    person: PersonId,
    who: &Traits,
) -> Result<(), AppError> {
    if queries::is_cleared(connection, edition.id, person, who.sector).await? {
        Ok(())
    } else {
        Err(Reason::NotCleared.into())
    }
}

/// Enters somebody where another has left, with all that place is worth.
pub(super) async fn enter_in_place(
    state: &AppState,
    connection: &mut SqliteConnection,
    permit: &Permit<ManageEnrolments>,
    edition: &EditionHeader,
    (person, left): (PersonId, Standing),
) -> Result<Entered, AppError> {
    let new = New {
        person,
        state: left.state,
        action: "enrolment_substitute",
    };
    let entered = enter(state, connection, permit, edition, new).await?;
    queries::take_place_of(connection, entered.id, left.id).await?;
    Ok(entered)
}

/// What of a person quotas look at today.
pub async fn traits(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> Result<Traits, AppError> {
    let affiliation = people::snapshot(connection, person).await?;
    Ok(Traits::from(&affiliation.ok_or(AppError::NotFound)?))
}

pub(super) async fn refuse_second(
    connection: &mut SqliteConnection,
    edition: &EditionHeader,
    person: PersonId,
) -> Result<(), AppError> {
    match queries::active(connection, edition.id, person).await? {
        Some(_) => Err(Reason::AlreadyEnrolled.into()),
        None => Ok(()),
    }
}

/// Who works for an edition does not take part in it: they would be counted and certified by
/// themselves.
pub(super) async fn refuse_staff<A: Action>(
    connection: &mut SqliteConnection,
    permit: &Permit<A>,
    edition: &EditionHeader,
    person: PersonId,
) -> Result<(), AppError> {
    if queries::is_staff(connection, edition.program, person, permit.account()).await? {
        return Err(Reason::StaffCannotEnrol.into());
    }
    if queries::facilitates(connection, edition.id, person).await? {
        return Err(Reason::FacilitatorCannotEnrol.into());
    }
    Ok(())
}

/// Who works for an edition does not take part in it, and what must be completed first must be.
pub(super) async fn check_person<A: Action>(
    connection: &mut SqliteConnection,
    permit: &Permit<A>,
    edition: &EditionHeader,
    person: PersonId,
) -> Result<(), AppError> {
    refuse_staff(connection, permit, edition, person).await?;
    check_prerequisites(connection, edition, person).await
}

pub(super) async fn check_prerequisites(
    connection: &mut SqliteConnection,
    edition: &EditionHeader,
    person: PersonId,
) -> Result<(), AppError> {
    let courses = queries::missing_prerequisites(connection, edition.course, person).await?;
    if courses.is_empty() {
        Ok(())
    } else {
        Err(Reason::PrerequisiteMissing { courses }.into())
    }
}

/// Who enters, where they find place, and the word of the audit trail.
pub(super) struct New {
    pub person: PersonId,
    pub state: EnrolmentState,
    pub action: &'static str,
}

/// Writes the enrolment, and tells the person.
async fn enter<A: Action>(
    state: &AppState,
    connection: &mut SqliteConnection,
    permit: &Permit<A>,
    edition: &EditionHeader,
    new: New,
) -> Result<Entered, AppError> {
    let person = new.person;
    let entered = write_entry(state, connection, permit, edition, new).await?;
    let whom = (entered.id, person);
    tell_entry(state, connection, edition, whom, entered.state).await?;
    Ok(entered)
}

/// Writes the enrolment with the person's affiliation of this day, its first event and the audit
/// event.
pub(super) async fn write_entry<A: Action>(
    state: &AppState,
    connection: &mut SqliteConnection,
    permit: &Permit<A>,
    edition: &EditionHeader,
    new: New,
) -> Result<Entered, AppError> {
    let affiliation = people::snapshot(connection, new.person)
        .await?
        .ok_or(AppError::NotFound)?;
    write_entry_from(state, connection, permit, edition, (new, &affiliation)).await
}

/// The same with the affiliation of this day as it was looked up already.
pub(super) async fn write_entry_from<A: Action>(
    state: &AppState,
    connection: &mut SqliteConnection,
    permit: &Permit<A>,
    edition: &EditionHeader,
    (new, affiliation): (New, &AffiliationSnapshot),
) -> Result<Entered, AppError> {
    let now = state.clock.now();
    let row = queries::NewEnrolment {
        edition: edition.id,
        person: new.person,
        state: new.state,
        now,
        affiliation,
    };
    let id = queries::insert(connection, row).await?;
    let event = queries::NewEvent {
        enrolment: id,
        at: now,
        account: permit.account(),
        from: None,
        to: new.state,
        reason: None,
    };
    queries::insert_event(connection, event).await?;
    let recorded = Recorded {
        state: Some(new.state),
        reason: None,
    };
    let event = audit::Event::new(new.action, "enrolment", id.get())
        .program(Some(edition.program))
        .after(&recorded);
    audit::record_permitted(connection, now, permit, event).await?;
    Ok(Entered {
        id,
        state: new.state,
    })
}
