//! Server functions of people and their affiliations.

use leptos::prelude::*;

use super::hidden_id;
use crate::{
    access::viewer,
    error::{AppError, FormCheck},
    paths,
    people::{
        AffiliationForm, NewAffiliation, NewPerson, PersonData, PersonForm, PersonId,
        affiliation::day,
        operations::{self, OwnData},
    },
    server::{go_to_with_notice, services},
    t,
};

/// Adds a person to the register, with where they serve if that is said.
#[server(endpoint = "people/create_person")]
pub async fn create_person(
    #[server(default)] document_kind: String,
    #[server(default)] document_number: String,
    #[server(default)] no_document_reason: String,
    #[server(default)] given_names: String,
    #[server(default)] paternal_surname: String,
    #[server(default)] maternal_surname: String,
    #[server(default)] sex: String,
    #[server(default)] birth_year: String,
    #[server(default)] nationality: String,
    #[server(default)] email: String,
    #[server(default)] phone: String,
    #[server(default)] ethnic_identity: String,
    #[server(default)] disability: String,
    #[server(default)] consent: String,
    #[server(default)] institution: String,
    #[server(default)] unit: String,
    #[server(default)] position: String,
    #[server(default)] department: String,
    #[server(default)] country: String,
    #[server(default)] region: String,
    #[server(default)] since: String,
    #[server(default)] not_duplicate: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let person = PersonForm {
        document_kind: &document_kind,
        document_number: &document_number,
        no_document_reason: &no_document_reason,
        given_names: &given_names,
        paternal_surname: &paternal_surname,
        maternal_surname: &maternal_surname,
        sex: &sex,
        birth_year: &birth_year,
        nationality: &nationality,
        email: &email,
        phone: &phone,
        ethnic_identity: &ethnic_identity,
        disability: &disability,
        consent: &consent,
    };
    let affiliation = AffiliationForm {
        institution: &institution,
        unit: &unit,
        position: &position,
        department: &department,
        country: &country,
        region: &region,
        since: &since,
    };
    let new = NewPerson::parse(&person, &affiliation, state.clock.today())?;
    let not_duplicate = !not_duplicate.is_empty();
    let id = operations::create_person(&state, &viewer, new, not_duplicate).await?;
    go_to_with_notice(paths::person(id), t!(people.person_created));
    Ok(())
}

/// Changes a person's data.
#[server(endpoint = "people/update_person")]
pub async fn update_person(
    person: String,
    version: i64,
    #[server(default)] document_kind: String,
    #[server(default)] document_number: String,
    #[server(default)] no_document_reason: String,
    #[server(default)] given_names: String,
    #[server(default)] paternal_surname: String,
    #[server(default)] maternal_surname: String,
    #[server(default)] sex: String,
    #[server(default)] birth_year: String,
    #[server(default)] nationality: String,
    #[server(default)] email: String,
    #[server(default)] phone: String,
    #[server(default)] ethnic_identity: String,
    #[server(default)] disability: String,
    #[server(default)] consent: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let id: PersonId = hidden_id(&person)?;
    let form = PersonForm {
        document_kind: &document_kind,
        document_number: &document_number,
        no_document_reason: &no_document_reason,
        given_names: &given_names,
        paternal_surname: &paternal_surname,
        maternal_surname: &maternal_surname,
        sex: &sex,
        birth_year: &birth_year,
        nationality: &nationality,
        email: &email,
        phone: &phone,
        ethnic_identity: &ethnic_identity,
        disability: &disability,
        consent: &consent,
    };
    let data = PersonData::parse(&form, state.clock.today())?;
    operations::update_person(&state, &viewer, (id, version), data).await?;
    go_to_with_notice(paths::person(id), t!(people.person_updated));
    Ok(())
}

/// Begins a new affiliation of a person; the present one ends the day before.
#[server(endpoint = "people/change_affiliation")]
pub async fn change_affiliation(
    person: String,
    version: i64,
    #[server(default)] institution: String,
    #[server(default)] unit: String,
    #[server(default)] position: String,
    #[server(default)] department: String,
    #[server(default)] country: String,
    #[server(default)] region: String,
    #[server(default)] since: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let id: PersonId = hidden_id(&person)?;
    let form = AffiliationForm {
        institution: &institution,
        unit: &unit,
        position: &position,
        department: &department,
        country: &country,
        region: &region,
        since: &since,
    };
    let new = NewAffiliation::parse(&form, state.clock.today())?;
    operations::change_affiliation(&state, &viewer, (id, version), new).await?;
    go_to_with_notice(paths::person(id), t!(people.affiliation_changed));
    Ok(())
}

/// Ends a person's present affiliation without a new one.
#[server(endpoint = "people/end_affiliation")]
pub async fn end_affiliation(
    person: String,
    version: i64,
    #[server(default)] until: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let id: PersonId = hidden_id(&person)?;
    let mut check = FormCheck::default();
    let until = check.field("until", day(&until, state.clock.today()));
    let (until,) = check.finish((until,))?;
    operations::end_affiliation(&state, &viewer, (id, version), until).await?;
    go_to_with_notice(paths::person(id), t!(people.affiliation_ended));
    Ok(())
}

/// Changes what people may correct about themselves.
#[server(endpoint = "people/update_own_data")]
pub async fn update_own_data(
    version: i64,
    #[server(default)] email: String,
    #[server(default)] phone: String,
    #[server(default)] ethnic_identity: String,
    #[server(default)] disability: String,
    #[server(default)] consent: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let own = OwnData::parse(&PersonForm {
        email: &email,
        phone: &phone,
        ethnic_identity: &ethnic_identity,
        disability: &disability,
        consent: &consent,
        ..PersonForm::default()
    })?;
    operations::update_own_data(&state, &viewer, version, own).await?;
    go_to_with_notice(paths::my_data(), t!(people.own_data_updated));
    Ok(())
}
