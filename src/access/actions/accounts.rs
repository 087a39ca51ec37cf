//! Accounts of others: invitations, roles, disabling.

use leptos::prelude::*;

use crate::{
    access::{
        AccountId,
        account::{self, Grant},
        viewer,
    },
    error::AppError,
    paths,
    people::PersonId,
    server::{go_to_with_notice, services},
    t,
    values::chosen,
};

/// Invites a person to their account: sends a link to set a password.
#[server(endpoint = "access/invite")]
pub async fn invite(person: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let person: PersonId = chosen(&person).map_err(|_| AppError::NotFound)?;
    account::invite(&state, &viewer, person).await?;
    go_to_with_notice(paths::person(person), t!(access.invited));
    Ok(())
}

/// Grants a role; a coordinator's with its program.
#[server(endpoint = "access/grant_role")]
pub async fn grant_role(
    account: String,
    role: String,
    #[server(default)] program: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let (account, grant) = (account_id(&account)?, Grant::parse(&role, &program)?);
    account::grant_role(&state, &viewer, account, grant).await?;
    go_to_with_notice(paths::account(account), t!(access.role_granted));
    Ok(())
}

/// Takes a role away.
#[server(endpoint = "access/revoke_role")]
pub async fn revoke_role(
    account: String,
    role: String,
    #[server(default)] program: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let (account, grant) = (account_id(&account)?, Grant::parse(&role, &program)?);
    account::revoke_role(&state, &viewer, account, grant).await?;
    go_to_with_notice(paths::account(account), t!(access.role_revoked));
    Ok(())
}

/// Disables an account and signs its devices out.
#[server(endpoint = "access/disable_account")]
pub async fn disable_account(account: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let account = account_id(&account)?;
    account::disable(&state, &viewer, account).await?;
    go_to_with_notice(paths::account(account), t!(access.account_disabled));
    Ok(())
}

/// Enables an account again.
#[server(endpoint = "access/enable_account")]
pub async fn enable_account(account: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let account = account_id(&account)?;
    account::enable(&state, &viewer, account).await?;
    go_to_with_notice(paths::account(account), t!(access.account_enabled));
    Ok(())
}

fn account_id(typed: &str) -> Result<AccountId, AppError> {
    chosen(typed).map_err(|_| AppError::NotFound)
}
