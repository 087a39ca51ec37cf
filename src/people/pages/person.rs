//! One person: identity, contact, where they serve and served.

use leptos::prelude::*;
use sqlx::SqliteConnection;

use super::{
    PersonPart,
    invitation::invitation,
    part_of,
    parts::{
        affiliation_table, contact_facts, identity_facts, identity_facts_masked,
        self_identification_facts,
    },
    register_crumbs,
};
use crate::{
    access::{InvitePerson, ReadPerson, ReadRegister, allowed, permit, viewer},
    error::AppError,
    paths,
    people::{
        PersonId, PersonRecord, hit,
        queries::{AffiliationRow, merged_into},
        record::read_with_affiliations,
    },
    server::{
        page::{page, path_id, query_value},
        services,
    },
    t,
    ui::{ButtonKind, ButtonLink, ButtonRow, Notice, NoticeKind, Page, Section},
};

/// The parameter that asks for the whole number of the document.
const DOCUMENT: (&str, &str) = ("document", "full");

/// A person as the staff sees them.
#[component]
pub fn PersonPage(
    /// What a later domain shows of the person: courses and certificates.
    #[prop(optional)]
    history: Option<PersonPart>,
) -> impl IntoView {
    let id = path_id::<PersonId>("id");
    let whole = query_value(DOCUMENT.0) == DOCUMENT.1;
    page(async move {
        let id = id?;
        let (state, viewer) = (services(), viewer()?);
        let mut connection = state.database.read().await?;
        permit(&mut connection, &viewer, ReadRegister).await?;
        if let Some(kept) = merged_into(&mut connection, id).await? {
            return Ok(of_merged_record(kept));
        }
        if !allowed(&mut connection, &viewer, ReadPerson(id)).await? {
            return of_another_program(&mut connection, id).await;
        }
        let (person, affiliations) =
            read_with_affiliations(&mut connection, &state.secrets, id).await?;
        let may_invite = allowed(&mut connection, &viewer, InvitePerson(id)).await?;
        let history = part_of(history, &mut connection, &viewer, id).await?;
        drop(connection);
        let invitation = invitation(may_invite, &person);
        Ok(content(&person, affiliations, whole, (invitation, history)))
    })
}

/// A record that went into another one says where it went, and nothing else.
fn of_merged_record(kept: PersonId) -> AnyView {
    let crumbs = register_crumbs(None, t!(merging.gone));
    view! {
        <Page title=t!(merging.gone) breadcrumbs=crumbs>
            <p>{t!(merging.gone_body)}</p>
            <ButtonLink href=paths::person(kept)>{t!(merging.see_kept)}</ButtonLink>
        </Page>
    }
    .into_any()
}

/// Somebody whom another program knows: enough to see that they are registered, and to enrol them.
async fn of_another_program(
    connection: &mut SqliteConnection,
    id: PersonId,
) -> Result<AnyView, AppError> {
    let person = hit(connection, id).await?.ok_or(AppError::NotFound)?;
    let crumbs = register_crumbs(None, person.name.clone());
    Ok(view! {
        <Page title=person.name breadcrumbs=crumbs>
            <p>{person.institution}</p>
            <Notice kind=NoticeKind::Info title=t!(people.of_another_program)>
                <p>{t!(people.of_another_program_body)}</p>
            </Notice>
        </Page>
    }
    .into_any())
}

fn content(
    person: &PersonRecord,
    affiliations: Vec<AffiliationRow>,
    whole: bool,
    (invitation, history): (Option<AnyView>, Option<AnyView>),
) -> AnyView {
    let crumbs = register_crumbs(None, person.listed_name());
    let said = self_identification_facts(person).map(|facts| {
        view! { <Section title=t!(people.self_identification)>{facts}</Section> }
    });
    let identity = identity(person, whole);
    let contact = contact_facts(person);
    let table = affiliation_table(affiliations);
    view! {
        <Page title=person.full_name() breadcrumbs=crumbs action=actions(person.id)>
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

/// The number of the document in full for whoever asks, for it is seldom needed on a screen that
/// others may see.
fn identity(person: &PersonRecord, whole: bool) -> AnyView {
    if whole || person.document_number.is_none() {
        return identity_facts(person);
    }
    let address = paths::person(person.id).with(DOCUMENT.0, DOCUMENT.1);
    view! {
        {identity_facts_masked(person)}
        <p><a href=address>{t!(people.show_document)}</a></p>
    }
    .into_any()
}

fn actions(id: PersonId) -> AnyView {
    view! {
        <ButtonRow>
            <ButtonLink href=paths::person_affiliation(id)>{t!(people.change_affiliation)}</ButtonLink>
            <ButtonLink href=paths::person_edit(id) kind=ButtonKind::Secondary>
                {t!(people.edit)}
            </ButtonLink>
        </ButtonRow>
    }
    .into_any()
}
