//! One person: identity, contact, where they serve and served.

use leptos::prelude::*;

use super::{
    PersonPart,
    invitation::invitation,
    may_here, part_of,
    parts::{affiliation_table, contact_facts, identity_facts, self_identification_facts},
    register_crumbs,
};
use crate::{
    access::{ReadRegister, Viewer, permit, policy::ActionKind, viewer},
    paths,
    people::{PersonId, PersonRecord, queries::AffiliationRow, record::read_with_affiliations},
    server::{page, page::path_id, services},
    t,
    ui::{ButtonKind, ButtonLink, ButtonRow, Page, Section},
};

/// A person as the staff sees them.
#[component]
pub fn PersonPage(
    /// What a later domain shows of the person: courses and certificates.
    #[prop(optional)]
    history: Option<PersonPart>,
) -> impl IntoView {
    let id = path_id::<PersonId>("id");
    page(async move {
        let id = id?;
        let (state, viewer) = (services(), viewer()?);
        let mut connection = state.database.read().await?;
        permit(&mut connection, &viewer, ReadRegister).await?;
        let (person, affiliations) =
            read_with_affiliations(&mut connection, &state.secrets, id).await?;
        let history = part_of(history, &mut connection, &viewer, id).await?;
        drop(connection);
        Ok(content(&viewer, &person, affiliations, history))
    })
}

fn content(
    viewer: &Viewer,
    person: &PersonRecord,
    affiliations: Vec<AffiliationRow>,
    history: Option<AnyView>,
) -> AnyView {
    let crumbs = register_crumbs(None, person.listed_name());
    let said = self_identification_facts(person).map(|facts| {
        view! { <Section title=t!(people.self_identification)>{facts}</Section> }
    });
    let id = person.id;
    let identity = identity_facts(person);
    let contact = contact_facts(person);
    let table = affiliation_table(affiliations);
    let invitation = invitation(viewer, person);
    view! {
        <Page title=person.full_name() breadcrumbs=crumbs action=actions(viewer, id)>
            <Section title=t!(people.identity)>{identity}</Section>
            <Section title=t!(people.contact)>{contact}</Section>
            {said}
            <Section title=t!(people.affiliations)>{table}</Section>
            {invitation}
            {history}
        </Page>
    }
    .into_any()
}

fn actions(viewer: &Viewer, id: PersonId) -> AnyView {
    let buttons = may_here(viewer, ActionKind::ManagePeople).then(|| {
        view! {
            <ButtonRow>
                <ButtonLink href=paths::person_affiliation(id)>
                    {t!(people.change_affiliation)}
                </ButtonLink>
                <ButtonLink href=paths::person_edit(id) kind=ButtonKind::Secondary>
                    {t!(people.edit)}
                </ButtonLink>
            </ButtonRow>
        }
    });
    buttons.into_any()
}
