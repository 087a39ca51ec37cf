//! Every action that can be permitted, with the object it is about.

use sqlx::SqliteConnection;

use super::{
    Viewer,
    permit::{Action, OpenToAll, Permit, Place, Ties, may, permit},
    policy::ActionKind,
    queries,
};
use crate::{
    certificates::CertificateId,
    courses::{CourseId, EditionId, ProgramId},
    enrolment::EnrolmentId,
    error::AppError,
    people::PersonId,
    sessions::SessionId,
};

/// An action on the system as a whole: its object belongs to nobody, and staff may know of it.
macro_rules! general_action {
    ($($(#[$doc:meta])* $name:ident;)+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug)]
            pub struct $name;

            impl Action for $name {
                const KIND: ActionKind = ActionKind::$name;

                async fn place(&self, _: &mut SqliteConnection) -> Result<Place, AppError> {
                    Ok(Place { public: true, ..Place::default() })
                }
            }
        )+
    };
}

general_action! {
    /// Accounts, roles, invitations, settings, outbox, the state of the system.
    Administer;
    /// Read who changed what.
    ReadAudit;
    /// Look people up: their names and institutions, so that nobody is added twice.
    ReadRegister;
    /// Add people.
    ManagePeople;
    /// Add and change institutions.
    ManageInstitutions;
    /// See how messages read, with invented people in them.
    ReadTemplates;
    /// Start a program.
    CreateProgram;
    /// Become a participant, with an account of one's own.
    Register;
}

impl OpenToAll for Register {}
impl OpenToAll for AnswerOffer {}

/// What adds a person to the register: a coordinator's work, or somebody who registers themselves.
///
/// Operations that add people take `&Permit<impl AddsPeople>`.
pub trait AddsPeople: Action {}

impl AddsPeople for ManagePeople {}
impl AddsPeople for Register {}

/// An action on one object, whose place a query finds.
macro_rules! action_on {
    ($($(#[$doc:meta])* $name:ident($id:ty) in $place:ident;)+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug)]
            pub struct $name(pub $id);

            impl Action for $name {
                const KIND: ActionKind = ActionKind::$name;

                async fn place(&self, connection: &mut SqliteConnection) -> Result<Place, AppError> {
                    queries::$place(connection, self.0).await?.ok_or(AppError::NotFound)
                }
            }
        )+
    };
}

action_on! {
    /// See a program with its drafts.
    ReadProgram(ProgramId) in place_of_program;
    /// Change a program and everything beneath it: courses, editions, sessions, steps.
    ManageProgram(ProgramId) in place_of_program;
    /// See an edition's overview and sessions as its staff does.
    ReadEdition(EditionId) in place_of_edition;
    /// Decide on enrolments and enrol others.
    ManageEnrolments(EditionId) in place_of_edition;
    /// Answer the offer of a seat for whoever has its link.
    AnswerOffer(EditionId) in place_of_edition;
    /// See who takes part.
    ReadRoster(EditionId) in place_of_edition;
    /// Mark attendance.
    TakeAttendance(EditionId) in place_of_edition;
    /// Record grades and tests.
    RecordResults(EditionId) in place_of_edition;
    /// Issue and revoke certificates.
    IssueCertificates(EditionId) in place_of_edition;
    /// Request, withdraw, learn: as this person.
    ActAsParticipant(PersonId) in place_of_person;
    /// Read a certificate's sheet.
    ReadCertificate(CertificateId) in place_of_certificate;
}

/// An action on a person's record. Whoever reads the register knows that it is there; whose it is
/// depends on what ties the person to programs.
macro_rules! action_on_record {
    ($($(#[$doc:meta])* $name:ident by $ties:expr;)+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug)]
            pub struct $name(pub PersonId);

            impl Action for $name {
                const KIND: ActionKind = ActionKind::$name;

                async fn place(&self, connection: &mut SqliteConnection) -> Result<Place, AppError> {
                    queries::place_of_person(connection, self.0).await?.ok_or(AppError::NotFound)?;
                    let ties = queries::ties_of_people(connection, &[self.0]).await?.remove(0);
                    Ok(Place { public: true, ties: Some($ties(ties)), ..Place::default() })
                }
            }
        )+
    };
}

action_on_record! {
    /// Read what is recorded of somebody: document, contact, history.
    ReadPerson by any_tie;
    /// Change somebody's data and affiliations.
    ManagePerson by any_tie;
    /// Send somebody the link to an account of their own. Who takes part in a program of others
    /// might lose what they earned there to whoever wrote their address: then it takes an
    /// administrator.
    InvitePerson by every_tie;
}

fn any_tie(ties: queries::PersonTies) -> Ties {
    Ties::AnyOf(ties.programs, ties.creator)
}

fn every_tie(ties: queries::PersonTies) -> Ties {
    Ties::AllOf(ties.programs)
}

/// A permit to change a person's record; who may not even read the register learns nothing of it.
pub async fn permit_on_person<A: Action>(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    action: A,
) -> Result<Permit<A>, AppError> {
    permit(connection, viewer, ReadRegister).await?;
    permit(connection, viewer, action).await
}

/// Those of some people whose records the viewer may read.
pub async fn readable_people(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    people: &[PersonId],
) -> Result<Vec<PersonId>, AppError> {
    let ties = queries::ties_of_people(connection, people).await?;
    let mut readable = people.to_vec();
    let mut ties = ties.into_iter();
    readable.retain(|_| {
        let place = Place {
            public: true,
            ties: ties.next().map(any_tie),
            ..Place::default()
        };
        may(viewer, ActionKind::ReadPerson, place)
    });
    Ok(readable)
}

/// Read totals: of every program (`None`), or of one.
#[derive(Clone, Copy, Debug)]
pub struct ReadTotals(pub Option<ProgramId>);

impl Action for ReadTotals {
    const KIND: ActionKind = ActionKind::ReadTotals;

    async fn place(&self, _: &mut SqliteConnection) -> Result<Place, AppError> {
        Ok(Place {
            program: self.0,
            public: true,
            ..Place::default()
        })
    }
}

/// The program that a course belongs to; `NotFound` when there is no such course.
pub async fn program_of_course(
    connection: &mut SqliteConnection,
    course: CourseId,
) -> Result<ProgramId, AppError> {
    queries::program_of_course(connection, course)
        .await?
        .ok_or(AppError::NotFound)
}

/// The program that an edition belongs to.
pub async fn program_of_edition(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> Result<ProgramId, AppError> {
    queries::program_of_edition(connection, edition)
        .await?
        .ok_or(AppError::NotFound)
}

/// The edition that a session belongs to.
pub async fn edition_of_session(
    connection: &mut SqliteConnection,
    session: SessionId,
) -> Result<EditionId, AppError> {
    queries::edition_of_session(connection, session)
        .await?
        .ok_or(AppError::NotFound)
}

/// The permit to take a session's attendance, for rooms that know only the session; for everybody
/// else the session is not there.
pub async fn permit_attendance(
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

/// The edition that an enrolment is in.
pub async fn edition_of_enrolment(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
) -> Result<EditionId, AppError> {
    queries::edition_of_enrolment(connection, enrolment)
        .await?
        .ok_or(AppError::NotFound)
}
