//! Registering as a participant.

use leptos::prelude::*;

use super::{origin, remember};
use crate::{
    access::{
        maybe_viewer,
        register::{self, Registration, RegistrationForm},
    },
    error::AppError,
    paths::{self, Path},
    people::{AffiliationForm, Country, PersonForm},
    server::{go_to_with_notice, services},
    t,
};

/// Makes a person and their account out of the form, and signs them in.
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
    let nationality = or_peru(&nationality);
    let form = RegistrationForm {
        person: PersonForm {
            document_kind: &document_kind,
            document_number: &document_number,
            no_document_reason: &no_document_reason,
            given_names: &given_names,
            paternal_surname: &paternal_surname,
            maternal_surname: &maternal_surname,
            sex: &sex,
            nationality,
            email: &email,
            ..PersonForm::default()
        },
        affiliation: AffiliationForm {
            institution: &institution,
            position: &position,
            department: &department,
            country: or_peru(if department.is_empty() {
                nationality
            } else {
                ""
            }),
            since: &today.to_string(),
            ..AffiliationForm::default()
        },
        password: &password,
        repeat_password: &repeat_password,
    };
    let new = Registration::parse(&form, today)?;
    let device = register::register(&state, new, &origin(&state)).await?;
    remember(&state, &device);
    let next = Path::local(&next).unwrap_or_else(paths::home);
    go_to_with_notice(next, t!(access.registered));
    Ok(())
}

/// A form that does not ask for the country is one of Peru; so is a department.
fn or_peru(country: &str) -> &str {
    if country.is_empty() {
        Country::Peru.as_str()
    } else {
        country
    }
}
