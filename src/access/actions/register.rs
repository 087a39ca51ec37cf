//! Registering as a participant.

use leptos::prelude::*;

use super::{origin, remember};
use crate::{
    access::{
        maybe_viewer,
        register::{self, Registered},
        registration::{Registration, RegistrationForm},
        waiting,
    },
    error::AppError,
    paths::{self, Path},
    server::{go_to_with_notice, services},
    t,
};

/// Makes a person and their account out of the form and signs them in; where letters go out by
/// themselves, after the link of a letter was answered.
#[server(endpoint = "access/register")]
pub async fn register(
    given_names: String,
    paternal_surname: String,
    #[server(default)] maternal_surname: String,
    sex: String,
    document_kind: String,
    #[server(default)] document_number: String,
    #[server(default)] no_document_reason: String,
    #[server(default)] nationality: String,
    email: String,
    password: String,
    repeat_password: String,
    #[server(default)] institution: String,
    #[server(default)] position: String,
    #[server(default)] department: String,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    if maybe_viewer().is_some() {
        return Err(AppError::Forbidden);
    }
    let state = services();
    let today = state.clock.today();
    let form = RegistrationForm {
        given_names,
        paternal_surname,
        maternal_surname,
        sex,
        document_kind,
        document_number,
        no_document_reason,
        nationality,
        email,
        institution,
        position,
        department,
        since: today.to_string(),
    };
    let new = Registration::parse(form, (&password, &repeat_password), today)?;
    let next = Path::local(&next);
    match register::register(&state, new, &origin(&state), next.as_ref()).await? {
        Registered::SignedIn(device) => {
            remember(&state, &device);
            go_to_with_notice(next.unwrap_or_else(paths::home), t!(access.registered));
        }
        Registered::Written(email) => {
            let notice = t!(access.registration_sent, email = email.as_str());
            go_to_with_notice(paths::registration_sent(), notice);
        }
    }
    Ok(())
}

/// Makes the person and the account that wait behind the link of a letter, and signs them in.
#[server(endpoint = "access/finish_registration")]
pub async fn finish_registration(token: String, password: String) -> Result<(), AppError> {
    let state = services();
    let (device, next) = waiting::finish(&state, &token, &password, &origin(&state)).await?;
    remember(&state, &device);
    go_to_with_notice(next.unwrap_or_else(paths::home), t!(access.registered));
    Ok(())
}
