//! One's own data: all that is recorded, what one may correct, and the whole as a file.

use leptos::{prelude::*, server_fn::ServerFn as _};

use super::{
    PersonPart, part_of,
    parts::{affiliation_table, contact_facts, identity_facts, self_identification_facts},
    person_fields::{FilledBy, OwnValues, own_fields},
};
use crate::{
    access::{ActAsParticipant, permit, viewer},
    paths,
    people::{PersonRecord, actions::UpdateOwnData, record::read_with_affiliations},
    server::{page, returned_form, services},
    t,
    ui::{ButtonKind, ButtonLink, Form, FormActions, Page, Section, VersionField, Width},
};

/// What Capacita keeps of whoever looks.
#[component]
pub fn MyDataPage(
    /// What a later domain shows of the person: courses.
    #[prop(optional)]
    history: Option<PersonPart>,
) -> impl IntoView {
    page(async move {
        let (state, viewer) = (services(), viewer()?);
        let mut connection = state.database.read().await?;
        permit(&mut connection, &viewer, ActAsParticipant(viewer.person)).await?;
        let (person, affiliations) =
            read_with_affiliations(&mut connection, &state.secrets, viewer.person).await?;
        let history = part_of(history, &mut connection, &viewer, viewer.person).await?;
        drop(connection);
        let download = view! {
            <ButtonLink href=paths::my_data_json() kind=ButtonKind::Secondary download=true>
                {t!(people.download)}
            </ButtonLink>
        };
        let said = self_identification_facts(&person).map(|facts| {
            view! { <Section title=t!(people.self_identification)>{facts}</Section> }
        });
        let identity = identity_facts(&person);
        let contact = contact_facts(&person);
        let table = affiliation_table(affiliations);
        let correct = own_form(&person);
        Ok(view! {
            <Page title=t!(people.my_data) lead=t!(people.my_data_lead) width=Width::Form
                action=download.into_any()>
                <Section title=person.full_name()>
                    {identity}
                    <p class="quiet">{t!(people.identity_correction)}</p>
                </Section>
                <Section title=t!(people.contact)>{contact}</Section>
                {said}
                <Section title=t!(people.affiliations)>
                    {table}
                    <p class="quiet">{t!(people.affiliation_correction)}</p>
                </Section>
                {history}
                <Section title=t!(people.correct)>{correct}</Section>
            </Page>
        }
        .into_any())
    })
}

fn own_form(person: &PersonRecord) -> AnyView {
    let form = returned_form().for_action(UpdateOwnData::PATH);
    let version = person.version;
    let values = OwnValues::of(person);
    view! {
        <Form action=UpdateOwnData::PATH form=&form>
            <VersionField now=version />
            {own_fields(values, FilledBy::Themselves)}
            <FormActions submit=t!(people.save) />
        </Form>
    }
    .into_any()
}
