//! Accounts of others: inviting, disabling, roles.
//!
//! There is always an administrator who can sign in: the last one can neither be disabled nor
//! lose the role.

use chrono::{DateTime, Utc};
use serde_json::json;
use sqlx::SqliteConnection;

use super::{
    AccountId, Administer, GrantedRole, InvitePerson, LinkPurpose, Permit, Viewer, letters, link,
    permit, permit_on_person, queries, unproven,
};
use crate::{
    audit::{self, Event},
    courses::ProgramId,
    error::{AppError, Fault, Reason},
    people::PersonId,
    server::AppState,
    values::Email,
};

pub use super::queries::AccountRow;

/// What is known of an account. `NotFound` when there is none.
pub async fn find_account(
    connection: &mut SqliteConnection,
    _: &Permit<Administer>,
    account: AccountId,
) -> Result<AccountRow, AppError> {
    let found = queries::account(connection, account).await?;
    found.ok_or(AppError::NotFound)
}

/// Invites a person: makes their account, if they have none, and sends a link to set a password.
///
/// An invitation that was not accepted may be sent again; it then goes where the first one went.
pub async fn invite(state: &AppState, viewer: &Viewer, person: PersonId) -> Result<(), AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let permit = permit_on_person(&mut tx, viewer, InvitePerson(person)).await?;
    let account = match queries::account_of_person(&mut tx, person).await? {
        Some(account) => waiting(&mut tx, account).await?,
        None => create_invited(&mut tx, now, &permit, person).await?,
    };
    let link = link::issue(&mut tx, now, account, LinkPurpose::Invitation).await?;
    letters::send(state, &mut tx, account, LinkPurpose::Invitation, &link).await?;
    let event = Event::new("account_invite", "account", account.get());
    audit::record_permitted(&mut tx, now, &permit, event).await?;
    tx.commit().await
}

/// The account itself, while it waits for its first password.
async fn waiting(
    connection: &mut SqliteConnection,
    account: AccountId,
) -> Result<AccountId, AppError> {
    let row = queries::account(connection, account).await?;
    let row = row.ok_or(AppError::NotFound)?;
    if row.has_password || row.disabled_at.is_some() {
        return Err(Reason::HasAccount.into());
    }
    Ok(account)
}

async fn create_invited(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    permit: &Permit<InvitePerson>,
    person: PersonId,
) -> Result<AccountId, AppError> {
    let email = queries::email_of_person(connection, person)
        .await?
        .ok_or(AppError::NotFound)?
        .ok_or(Reason::NoEmail)?;
    let email = Email::parse(&email).map_err(|_| Reason::NoEmail)?;
    unproven::make_free(connection, now, permit, &email).await?;
    let new = queries::NewAccount {
        person,
        email: email.as_str(),
        password_hash: None,
        locale: "es",
        now,
    };
    let account = queries::insert_account(connection, new).await?;
    let event = Event::new("account_create", "account", account.get())
        .after(&json!({ "email": email, "person": person }));
    audit::record_permitted(connection, now, permit, event).await?;
    Ok(account)
}

/// A role, and where it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    role: GrantedRole,
    program: Option<ProgramId>,
}

impl Grant {
    /// Parses what was chosen: a coordinator has a program, the others have none.
    pub fn parse(role: &str, program: &str) -> Result<Self, AppError> {
        use crate::values::chosen;
        let role = chosen(role).map_err(|fault| AppError::field("role", fault))?;
        let program = match role {
            GrantedRole::Coordinator => {
                Some(chosen(program).map_err(|fault| AppError::field("program", fault))?)
            }
            GrantedRole::Administrator | GrantedRole::Manager => None,
        };
        Ok(Self { role, program })
    }

    /// The program as the table has it: 0 where the role is not scoped.
    fn scope(self) -> ProgramId {
        self.program.unwrap_or(ProgramId::new(0))
    }

    fn event(self, action: &'static str, account: AccountId) -> Event<'static> {
        let event = Event::new(action, "account", account.get());
        event.program(self.program)
    }

    fn record(self) -> serde_json::Value {
        json!({ "role": self.role, "program": self.program })
    }
}

/// Grants a role. Granting it again changes nothing.
pub async fn grant_role(
    state: &AppState,
    viewer: &Viewer,
    account: AccountId,
    grant: Grant,
) -> Result<(), AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let permit = permit(&mut tx, viewer, Administer).await?;
    find_account(&mut tx, &permit, account).await?;
    if let Some(program) = grant.program
        && !queries::program_exists(&mut tx, program).await?
    {
        return Err(AppError::field("program", Fault::UnknownChoice));
    }
    if queries::insert_grant(&mut tx, account, grant.role, grant.scope(), now).await? {
        let event = grant.event("role_grant", account).after(&grant.record());
        audit::record_permitted(&mut tx, now, &permit, event).await?;
    }
    tx.commit().await
}

/// Takes a role away.
pub async fn revoke_role(
    state: &AppState,
    viewer: &Viewer,
    account: AccountId,
    grant: Grant,
) -> Result<(), AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let permit = permit(&mut tx, viewer, Administer).await?;
    if !queries::delete_grant(&mut tx, account, grant.role, grant.scope()).await? {
        return Err(AppError::NotFound);
    }
    require_administrator(&mut tx).await?;
    let event = grant.event("role_revoke", account).before(&grant.record());
    audit::record_permitted(&mut tx, now, &permit, event).await?;
    tx.commit().await
}

/// Disables an account: its devices are signed out, its links are dead, nobody can sign in with it.
pub async fn disable(
    state: &AppState,
    viewer: &Viewer,
    account: AccountId,
) -> Result<(), AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let permit = permit(&mut tx, viewer, Administer).await?;
    find_account(&mut tx, &permit, account).await?;
    if queries::set_disabled(&mut tx, account, Some(now)).await? {
        require_administrator(&mut tx).await?;
        queries::end_sign_ins(&mut tx, account, None, now).await?;
        queries::use_up_links(&mut tx, account, now).await?;
        let event = Event::new("account_disable", "account", account.get());
        audit::record_permitted(&mut tx, now, &permit, event).await?;
    }
    tx.commit().await
}

/// Enables an account again, with the password and the roles it had. `MergedRecord` where its
/// person's record went into another one: undoing that gives the account back.
pub async fn enable(state: &AppState, viewer: &Viewer, account: AccountId) -> Result<(), AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let permit = permit(&mut tx, viewer, Administer).await?;
    find_account(&mut tx, &permit, account).await?;
    if queries::is_of_merged_record(&mut tx, account).await? {
        return Err(Reason::MergedRecord.into());
    }
    if queries::set_disabled(&mut tx, account, None).await? {
        let event = Event::new("account_enable", "account", account.get());
        audit::record_permitted(&mut tx, now, &permit, event).await?;
    }
    tx.commit().await
}

/// Refuses what would leave nobody who can administer.
async fn require_administrator(connection: &mut SqliteConnection) -> Result<(), AppError> {
    if queries::administrators(connection).await? == 0 {
        return Err(Reason::LastAdministrator.into());
    }
    Ok(())
}
