//! Changing what is recorded of a person.

use leptos::{prelude::*, server_fn::ServerFn as _};

use super::{
    person_fields::{PersonValues, person_fields},
    register_crumbs,
};
use crate::{
    access::{ManagePerson, permit_on_person, viewer},
    paths,
    people::{PersonId, actions::UpdatePerson, record::read_person},
    server::{page, page::path_id, returned_form, services},
    t,
    ui::{Form, FormActions, HiddenField, Page, VersionField, Width},
};

/// The form of a person who is in the register.
#[component]
pub fn EditPersonPage() -> impl IntoView {
    let id = path_id::<PersonId>("id");
    page(async move {
        let id = id?;
        let (state, viewer) = (services(), viewer()?);
        let mut connection = state.database.read().await?;
        permit_on_person(&mut connection, &viewer, ManagePerson(id)).await?;
        let person = read_person(&mut connection, &state.secrets, id).await?;
        drop(connection);
        let form = returned_form().for_action(UpdatePerson::PATH);
        let version = person.version;
        let title = t!(people.edit_title, name = person.full_name());
        let parent = (person.listed_name(), paths::person(id));
        Ok(view! {
            <Page title=title width=Width::Form
                breadcrumbs=register_crumbs(Some(parent), t!(people.edit))>
                <Form action=UpdatePerson::PATH form=&form>
                    <HiddenField name="person" value=id.to_string() />
                    <VersionField now=version />
                    {person_fields(PersonValues::of(person))}
                    <FormActions submit=t!(people.save) cancel=paths::person(id) />
                </Form>
            </Page>
        }
        .into_any())
    })
}
