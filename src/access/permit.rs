//! The proof that somebody may do something. Operations ask for it by type, and only
//! [`permit`] can make one, so an operation without authorization does not compile.

use sqlx::SqliteConnection;

use super::{
    AccountId, Viewer,
    policy::{ActionKind, Decision, Relation, Role, decide},
};
use crate::{
    courses::{EditionId, ProgramId},
    error::{AppError, Reason},
    people::PersonId,
};

/// Where an object belongs: all that the policy needs to know of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The program it belongs to.
    pub program: Option<ProgramId>,
    /// The edition it belongs to.
    pub edition: Option<EditionId>,
    /// The person it is about.
    pub person: Option<PersonId>,
    /// What makes a person's record a coordinator's own.
    pub ties: Option<Ties>,
    /// Whether strangers may know of it.
    pub public: bool,
}

/// What ties a person's record to programs: enrolments, teaching, roles, past and present.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ties {
    /// Own to whoever coordinates one of the programs, to whoever added the person, and, while
    /// there are no programs, to every coordinator.
    AnyOf(Vec<ProgramId>, Option<AccountId>),
    /// Own to whoever coordinates all of the programs.
    AllOf(Vec<ProgramId>),
}

impl Ties {
    fn hold(&self, viewer: &Viewer) -> bool {
        let coordinates = |program: &ProgramId| viewer.roles.coordinates.contains(program);
        match self {
            Self::AnyOf(programs, creator) => {
                programs.is_empty()
                    || programs.iter().any(coordinates)
                    || *creator == Some(viewer.account)
            }
            Self::AllOf(programs) => programs.iter().all(coordinates),
        }
    }
}

/// Something that can be permitted, on one object.
pub trait Action: Sized + Send + Sync {
    /// Its row in the policy.
    const KIND: ActionKind;

    /// Where the object belongs. `NotFound` when there is none.
    fn place(
        &self,
        connection: &mut SqliteConnection,
    ) -> impl Future<Output = Result<Place, AppError>> + Send;
}

/// The proof. Its fields are private to this module.
#[derive(Debug)]
pub struct Permit<A> {
    action: A,
    place: Place,
    account: Option<AccountId>,
}

impl<A: Action> Permit<A> {
    /// What was permitted.
    pub fn action(&self) -> &A {
        &self.action
    }

    /// Where its object belongs.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Who was permitted; `None`: the system itself, or somebody without an account.
    pub fn account(&self) -> Option<AccountId> {
        self.account
    }
}

/// Asks whether the viewer may do this, in the transaction in which it will be done.
///
/// `NotFound` when they may not even know of the object, `Forbidden` when they may.
pub async fn permit<A: Action>(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    action: A,
) -> Result<Permit<A>, AppError> {
    let place = action.place(connection).await?;
    demand(viewer, A::KIND, &place)?;
    Ok(Permit {
        action,
        place,
        account: Some(viewer.account),
    })
}

/// The same question about a place that the caller has loaded already. It gives no [`Permit`]: who
/// writes must ask [`permit`], which looks the place up itself.
pub fn demand(viewer: &Viewer, kind: ActionKind, place: &Place) -> Result<(), AppError> {
    match decision(viewer, kind, place) {
        Decision::Allow => Ok(()),
        Decision::Forbid if taught(viewer, kind, place) => Err(Reason::TaughtLongAgo.into()),
        Decision::Forbid => Err(AppError::Forbidden),
        Decision::Hide => Err(AppError::NotFound),
    }
}

/// Whether the viewer may do this: for what a page shows or leaves out.
pub async fn allowed<A: Action>(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    action: A,
) -> Result<bool, AppError> {
    match permit(connection, viewer, action).await {
        Ok(_) => Ok(true),
        Err(
            AppError::Forbidden | AppError::NotFound | AppError::Conflict(Reason::TaughtLongAgo),
        ) => Ok(false),
        Err(error) => Err(error),
    }
}

/// An action that whoever asks may do without signing in, because they have no account yet.
pub trait OpenToAll: Action {}

/// A permit for somebody whom nobody knows yet. Only actions that are [`OpenToAll`] have one.
pub async fn public_permit<A: OpenToAll>(
    connection: &mut SqliteConnection,
    action: A,
) -> Result<Permit<A>, AppError> {
    let place = action.place(connection).await?;
    Ok(Permit {
        action,
        place,
        account: None,
    })
}

/// A permit for the program itself: commands, the demo, timers. Nothing reachable over HTTP may
/// call it (checked by the architecture test).
pub async fn system_permit<A: Action>(
    connection: &mut SqliteConnection,
    action: A,
) -> Result<Permit<A>, AppError> {
    let place = action.place(connection).await?;
    Ok(Permit {
        action,
        place,
        account: None,
    })
}

/// Whether the viewer may do this there: for showing or leaving out a button.
pub fn may(viewer: &Viewer, kind: ActionKind, place: Place) -> bool {
    decision(viewer, kind, &place) == Decision::Allow
}

/// The most that any of the viewer's roles allows.
fn decision(viewer: &Viewer, kind: ActionKind, place: &Place) -> Decision {
    roles(viewer)
        .into_iter()
        .map(|role| decide(role, kind, relation(viewer, role, place)))
        .max()
        .unwrap_or(Decision::Hide)
}

fn roles(viewer: &Viewer) -> Vec<Role> {
    let held = [
        (Role::Administrator, viewer.roles.administrator),
        (Role::Manager, viewer.roles.manager),
        (Role::Coordinator, viewer.is_coordinator()),
        (Role::Facilitator, viewer.is_facilitator()),
        (Role::Participant, true),
    ];
    held.into_iter()
        .filter_map(|(role, holds)| holds.then_some(role))
        .collect()
}

/// Whether a facilitator could have done it while the edition was not long over.
fn taught(viewer: &Viewer, kind: ActionKind, place: &Place) -> bool {
    relation(viewer, Role::Facilitator, place) == Relation::Past
        && decide(Role::Facilitator, kind, Relation::Own) == Decision::Allow
}

fn relation(viewer: &Viewer, role: Role, place: &Place) -> Relation {
    let own = match role {
        Role::Administrator => place.person.is_none_or(|person| person == viewer.person),
        Role::Manager => false,
        Role::Coordinator => {
            let of_program = place
                .program
                .is_some_and(|program| viewer.roles.coordinates.contains(&program));
            of_program || place.ties.as_ref().is_some_and(|ties| ties.hold(viewer))
        }
        Role::Facilitator => place
            .edition
            .is_some_and(|edition| viewer.roles.facilitates.contains(&edition)),
        Role::Participant => place.person == Some(viewer.person),
    };
    let past = |edition| viewer.roles.taught.contains(&edition);
    if own {
        Relation::Own
    } else if role == Role::Facilitator && place.edition.is_some_and(past) {
        Relation::Past
    } else if place.public {
        Relation::Visible
    } else {
        Relation::Foreign
    }
}
