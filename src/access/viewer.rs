//! Who looks and acts: the account behind a request, and what it was given.

use capacita_locales::Locale;
use chrono::{DateTime, Days, NaiveDate, Utc};
use leptos::prelude::use_context;
use sqlx::SqliteConnection;

use super::{AccountId, SignInId, policy::FACILITATORS_READ_FOR, queries};
use crate::{
    courses::{EditionId, ProgramId},
    error::AppError,
    people::PersonId,
    server::{AppState, Identity, words::locale_of},
};

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// The account.
    pub account: AccountId,
    /// The person whose account it is.
    pub person: PersonId,
    /// This device's sign-in.
    pub sign_in: SignInId,
    /// Given names and surnames.
    pub name: String,
    /// The account's address.
    pub email: String,
    /// The language the account prefers.
    pub locale: Locale,
    /// What it may do.
    pub roles: Roles,
}

/// Roles granted to an account, and where they hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    /// Users, institutions, settings, audit, and whatever nobody else can put right.
    pub administrator: bool,
    /// Reads and exports totals.
    pub manager: bool,
    /// Programs this account coordinates.
    pub coordinates: Vec<ProgramId>,
    /// Editions this account's person teaches in, or taught a while ago.
    pub facilitates: Vec<EditionId>,
    /// Editions they taught that are long over: see [`FACILITATORS_READ_FOR`].
    pub taught: Vec<EditionId>,
}

impl Roles {
    /// Whether this account's person teaches in an edition, or ever did.
    pub fn teaches(&self, edition: EditionId) -> bool {
        self.facilitates.contains(&edition) || self.taught.contains(&edition)
    }
}

impl Viewer {
    /// Whether the account works for a program, rather than learns in one.
    pub fn is_staff(&self) -> bool {
        self.roles.administrator
            || self.roles.manager
            || self.is_coordinator()
            || self.is_facilitator()
    }

    /// Whether it coordinates any program.
    pub fn is_coordinator(&self) -> bool {
        !self.roles.coordinates.is_empty()
    }

    /// Whether it teaches in any edition.
    pub fn is_facilitator(&self) -> bool {
        !self.roles.facilitates.is_empty() || !self.roles.taught.is_empty()
    }

    /// Whether it may look things up in the register of people.
    pub fn reads_register(&self) -> bool {
        self.roles.administrator || self.is_coordinator()
    }
}

/// Whoever makes this request, if they are signed in.
pub fn maybe_viewer() -> Option<Viewer> {
    use_context::<Identity>().and_then(|identity| identity.viewer)
}

/// Whoever makes this request; strangers are asked to sign in.
pub fn viewer() -> Result<Viewer, AppError> {
    maybe_viewer().ok_or(AppError::SignInRequired)
}

/// The viewer whose device holds this token. Unknown, ended and expired tokens are nobody's.
pub async fn find_viewer(state: &AppState, token: &str) -> Result<Option<Viewer>, AppError> {
    let now = state.clock.now();
    let hash = super::sign_in::token_hash(token);
    let mut connection = state.database.read().await?;
    let Some(row) = queries::sign_in_by_token(&mut connection, &hash, now).await? else {
        return Ok(None);
    };
    if row.demo && !state.config.is_loopback() {
        return Ok(None);
    }
    drop(connection);
    if now - row.last_seen_at > chrono::Duration::hours(1) {
        touch(state, row.sign_in, now).await?;
    }
    Ok(Some(viewer_of(row, state.clock.today())))
}

/// Writes down that a device was seen, unless somebody else is writing: nobody waits for a long
/// write to see a page, and the next page tells it as well.
async fn touch(state: &AppState, sign_in: SignInId, now: DateTime<Utc>) -> Result<(), AppError> {
    let Some(mut tx) = state.database.write_if_free().await? else {
        return Ok(());
    };
    queries::touch_sign_in(&mut tx, sign_in, now).await?;
    tx.commit().await
}

/// Whoever signed in there, as they are now, whether that device is still signed in or not: for what
/// they left a phone to hand in after their sign-in was over. `None` once the account is disabled.
pub async fn viewer_who_signed_in(
    state: &AppState,
    connection: &mut SqliteConnection,
    sign_in: SignInId,
) -> Result<Option<Viewer>, AppError> {
    let row = queries::account_that_signed_in(connection, sign_in).await?;
    let row = row.filter(|row| !row.demo || state.config.is_loopback());
    Ok(row.map(|row| viewer_of(row, state.clock.today())))
}

fn viewer_of(row: queries::SignedIn, today: NaiveDate) -> Viewer {
    let mut roles = Roles::default();
    for (edition, ends_on) in row.editions.0 {
        if today <= ends_on + Days::new(FACILITATORS_READ_FOR) {
            roles.facilitates.push(edition);
        } else {
            roles.taught.push(edition);
        }
    }
    for (role, program) in row.grants.0 {
        match role {
            super::GrantedRole::Administrator => roles.administrator = true,
            super::GrantedRole::Manager => roles.manager = true,
            super::GrantedRole::Coordinator => roles.coordinates.push(program),
        }
    }
    Viewer {
        account: row.account,
        person: row.person,
        sign_in: row.sign_in,
        name: format!("{} {}", row.given_names, row.paternal_surname),
        email: row.email,
        locale: locale_of(&row.locale),
        roles,
    }
}
