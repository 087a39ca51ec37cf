//! Enrolling the people of a list, all in one transaction.
//!
//! Nobody else writes meanwhile, so what holds for the whole list is asked once: who may be vetted,
//! what must be completed first, and, as long as it is nobody else's turn, which seats are free. The
//! answers are those of [`super::enrol_other`], line by line.

use std::collections::HashMap;

use sqlx::SqliteConnection;

use super::{
    Entered,
    enter::{New, check_person, check_prerequisites, place, refuse_second, write_entry_from},
    seats::seats_once_filled,
};
use crate::{
    access::{ManageEnrolments, ManagePeople, Permit},
    courses::EditionHeader,
    enrolment::{
        EnrolmentState, queries,
        quota::{Seating, Traits},
    },
    error::AppError,
    people::{
        self, AffiliationSnapshot, InstitutionId, NewPerson, PersonId, Sector,
        operations::add_person,
    },
    server::AppState,
};

/// A list that is being enrolled, within the transaction of the whole list.
#[derive(Debug)]
pub struct Nominees<'a> {
    state: &'a AppState,
    permit: &'a Permit<ManageEnrolments>,
    adds: &'a Permit<ManagePeople>,
    edition: &'a EditionHeader,
    /// The seats, as long as they are known.
    seating: Option<Seating>,
    /// What was asked of somebody who has never been here.
    may_be_new: bool,
    sectors: HashMap<InstitutionId, Option<Sector>>,
    cleared: HashMap<Option<Sector>, bool>,
}

impl<'a> Nominees<'a> {
    /// Begins with a list.
    pub fn new(
        state: &'a AppState,
        (permit, adds): (&'a Permit<ManageEnrolments>, &'a Permit<ManagePeople>),
        edition: &'a EditionHeader,
    ) -> Self {
        Self {
            state,
            permit,
            adds,
            edition,
            seating: None,
            may_be_new: false,
            sectors: HashMap::new(),
            cleared: HashMap::new(),
        }
    }

    /// Enrols somebody of the register, as [`super::enrol_other`], but nobody is told yet.
    pub async fn enrol(
        &mut self,
        connection: &mut SqliteConnection,
        person: PersonId,
    ) -> Result<Entered, AppError> {
        refuse_second(connection, self.edition, person).await?;
        check_person(connection, self.permit, self.edition, person).await?;
        let affiliation = self.snapshot(connection, person).await?;
        let who = Traits::from(&affiliation);
        let edition = self.edition.id;
        let cleared = queries::is_cleared(connection, edition, person, who.sector).await?;
        let place = self.place(connection, &who, cleared).await?;
        self.write(connection, (person, place), &affiliation).await
    }

    /// Adds somebody to the register and enrols them. Nothing is written about them before it is
    /// known that they may enter: whoever is new has no account, teaches nothing, has completed
    /// nothing and is cleared for nothing.
    pub async fn enrol_new(
        &mut self,
        connection: &mut SqliteConnection,
        new: &NewPerson,
    ) -> Result<(PersonId, Entered), AppError> {
        let nobody = PersonId::new(0);
        if !self.may_be_new {
            check_prerequisites(connection, self.edition, nobody).await?;
            self.may_be_new = true;
        }
        let institution = new.affiliation.as_ref().and_then(|at| at.institution);
        let sector = self.sector(connection, institution).await?;
        let who = Traits::of_new(new, sector);
        let cleared = self.cleared(connection, sector).await?;
        let place = self.place(connection, &who, cleared).await?;
        let (state, now) = (self.state, self.state.clock.now());
        let person = add_person(connection, &state.secrets, now, self.adds, new).await?;
        let affiliation = self.snapshot(connection, person).await?;
        debug_assert_eq!(
            Traits::from(&affiliation),
            who,
            "the register says the same"
        );
        let entered = self
            .write(connection, (person, place), &affiliation)
            .await?;
        Ok((person, entered))
    }

    /// Where somebody finds place; who is vetted asks, until they are cleared.
    async fn place(
        &mut self,
        connection: &mut SqliteConnection,
        who: &Traits,
        cleared: bool,
    ) -> Result<EnrolmentState, AppError> {
        if !cleared {
            return Ok(EnrolmentState::Requested);
        }
        if let Some(seating) = &self.seating {
            return Ok(place(self.edition, seating, who)?);
        }
        let (state, permit, edition) = (self.state, self.permit, self.edition);
        let (_, filled) = seats_once_filled(state, connection, permit, edition).await?;
        let found = place(edition, &filled.seating, who);
        self.seating = filled.settled.then_some(filled.seating);
        Ok(found?)
    }

    /// Writes the entry, and takes its seat.
    async fn write(
        &mut self,
        connection: &mut SqliteConnection,
        (person, place): (PersonId, EnrolmentState),
        affiliation: &AffiliationSnapshot,
    ) -> Result<Entered, AppError> {
        let new = New {
            person,
            state: place,
            action: "enrolment_nominated",
        };
        let (state, permit, edition) = (self.state, self.permit, self.edition);
        let entry = (new, affiliation);
        let entered = write_entry_from(state, connection, permit, edition, entry).await?;
        self.seating = self.seating.take().and_then(|mut seating| match place {
            EnrolmentState::Enrolled => {
                seating.seat(&Traits::from(affiliation));
                Some(seating)
            }
            // From now on it may be their turn.
            EnrolmentState::Waiting if seating.has_quotas() => None,
            _ => Some(seating),
        });
        Ok(entered)
    }

    async fn snapshot(
        &self,
        connection: &mut SqliteConnection,
        person: PersonId,
    ) -> Result<AffiliationSnapshot, AppError> {
        let found = people::snapshot(connection, person).await?;
        found.ok_or(AppError::NotFound)
    }

    async fn sector(
        &mut self,
        connection: &mut SqliteConnection,
        institution: Option<InstitutionId>,
    ) -> Result<Option<Sector>, AppError> {
        let Some(institution) = institution else {
            return Ok(None);
        };
        if let Some(sector) = self.sectors.get(&institution) {
            return Ok(*sector);
        }
        let sector = queries::sector_of(connection, institution).await?;
        self.sectors.insert(institution, sector);
        Ok(sector)
    }

    /// Whether whoever is new in a sector may have a seat as far as vetting goes.
    async fn cleared(
        &mut self,
        connection: &mut SqliteConnection,
        sector: Option<Sector>,
    ) -> Result<bool, AppError> {
        if let Some(cleared) = self.cleared.get(&sector) {
            return Ok(*cleared);
        }
        let nobody = PersonId::new(0);
        let cleared = queries::is_cleared(connection, self.edition.id, nobody, sector).await?;
        self.cleared.insert(sector, cleared);
        Ok(cleared)
    }
}
