//! Changing where a person serves: a new affiliation, or the end of the present one.

use chrono::NaiveDate;
use leptos::{prelude::*, server_fn::ServerFn as _};

use super::{
    affiliation_fields::{AffiliationValues, InstitutionChoices, affiliation_fields},
    parts::affiliation_table,
    register_crumbs,
};
use crate::{
    access::{ManagePerson, permit_on_person, viewer},
    paths,
    people::{
        PersonId, PersonRecord,
        actions::{ChangeAffiliation, EndAffiliation},
        record::read_with_affiliations,
    },
    server::{page, page::path_id, returned_form, services},
    t,
    ui::{
        ConfirmButton, DateField, Form, FormActions, HiddenField, Page, Section, VersionField,
        Width,
    },
};

/// The form of a new affiliation, with the former ones beneath.
#[component]
pub fn PersonAffiliationPage() -> impl IntoView {
    let id = path_id::<PersonId>("id");
    page(async move {
        let id = id?;
        let (state, viewer) = (services(), viewer()?);
        let mut connection = state.database.read().await?;
        permit_on_person(&mut connection, &viewer, ManagePerson(id)).await?;
        let (person, affiliations) =
            read_with_affiliations(&mut connection, &state.secrets, id).await?;
        let choices = InstitutionChoices::read(&mut connection).await?;
        drop(connection);
        let today = state.clock.today();
        let present = affiliations.iter().find(|one| one.until.is_none());
        let values = present.map_or_else(AffiliationValues::blank, AffiliationValues::of);
        let serves = present.is_some();
        let parent = (person.listed_name(), paths::person(id));
        let title = t!(people.change_affiliation_title, name = person.full_name());
        let crumbs = register_crumbs(Some(parent), t!(people.change_affiliation));
        let change = change_form(&person, choices, values, today);
        let end = serves.then(|| end_form(&person, today));
        let table = affiliation_table(affiliations);
        Ok(view! {
            <Page title=title lead=t!(people.change_affiliation_lead) width=Width::Form
                breadcrumbs=crumbs>
                {change}
                <Section title=t!(people.affiliations)>
                    {table}
                    {end}
                </Section>
            </Page>
        }
        .into_any())
    })
}

fn change_form(
    person: &PersonRecord,
    choices: InstitutionChoices,
    values: AffiliationValues,
    today: NaiveDate,
) -> AnyView {
    let form = returned_form().for_action(ChangeAffiliation::PATH);
    let (id, version) = (person.id, person.version);
    view! {
        <Form action=ChangeAffiliation::PATH form=&form>
            <HiddenField name="person" value=id.to_string() />
            <VersionField now=version />
            {affiliation_fields(&choices, values, today)}
            <FormActions submit=t!(people.save_affiliation) cancel=paths::person(id) />
        </Form>
    }
    .into_any()
}

fn end_form(person: &PersonRecord, today: NaiveDate) -> AnyView {
    let form = returned_form().for_action(EndAffiliation::PATH);
    let fields = vec![
        ("person", person.id.to_string()),
        ("version", form.value_or("version", person.version)),
    ];
    view! {
        <ConfirmButton label=t!(people.end_affiliation) explanation=t!(people.end_affiliation_body)
            confirm=t!(people.end_affiliation_confirm) action=EndAffiliation::PATH fields=fields>
            <DateField name="until" label=t!(people.until) value=today.to_string()
                max=today.to_string() required=true />
        </ConfirmButton>
    }
    .into_any()
}
