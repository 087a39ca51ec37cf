//! One person in the place of another: who comes instead, and why.

use leptos::{prelude::*, server_fn::ServerFn as _};

use super::seek::Seek;
use crate::{
    access::{ManageEnrolments, permit, viewer},
    courses::{EditionHeader, visible_header},
    enrolment::{
        EnrolmentId, actions::Substitute, operations::still_changes, queries, words::state_chip,
    },
    error::AppError,
    paths,
    people::full_name,
    server::{
        page,
        page::{path_id, query_value},
        services,
    },
    t,
    ui::{
        ButtonKind, ButtonLink, Choice, EmptyState, Form, FormActions, HiddenField, Page,
        RadioGroup, SearchField, Section, TextField, Width,
    },
};

/// `/enrolments/{id}/substitute`
#[component]
pub fn SubstitutePage() -> impl IntoView {
    let id = path_id::<EnrolmentId>("id");
    let text = query_value("person");
    page(async move {
        let (state, viewer, id) = (services(), viewer()?, id?);
        let mut connection = state.database.read().await?;
        let leaving = queries::detail(&mut connection, id)
            .await?
            .ok_or(AppError::NotFound)?;
        let asked = ManageEnrolments(leaving.edition);
        // Who does not decide here does not learn which enrolments there are.
        permit(&mut connection, &viewer, asked)
            .await
            .map_err(|_| AppError::NotFound)?;
        let header = visible_header(&mut connection, Some(&viewer), leaving.edition).await?;
        still_changes(&header)?;
        let seek = Seek::load(&state, &mut connection, leaving.edition, &text).await?;
        let name = full_name(
            &leaving.given_names,
            &leaving.paternal_surname,
            leaving.maternal_surname.as_deref(),
        );
        let title = t!(enrolment.substitute.title, name = name.as_str());
        let crumbs = crumbs(&header, id, name);
        let search = search(id, text);
        let found = seek.map(|seek| found(id, &seek));
        Ok(view! {
            <Page title=title lead=header.title() width=Width::Form breadcrumbs=crumbs
                under_title=state_chip(leaving.state)>
                <p>{t!(enrolment.substitute.lead)}</p>
                {search}
                {found}
            </Page>
        }
        .into_any())
    })
}

fn crumbs(header: &EditionHeader, id: EnrolmentId, name: String) -> Vec<(String, Option<String>)> {
    let edition = header.id;
    vec![
        (header.title(), Some(paths::edition(edition).into())),
        (
            t!(enrolment.title),
            Some(paths::edition_enrolments(edition).into()),
        ),
        (name, Some(paths::enrolment(id).into())),
        (t!(enrolment.substitute.crumb), None),
    ]
}

fn search(id: EnrolmentId, text: String) -> AnyView {
    let title = t!(enrolment.substitute.find);
    view! {
        <form class="filter" method="get" action=paths::substitute(id) role="search" aria-label=title>
            <SearchField name="person" label=t!(enrolment.find_person) value=text />
            <div class="filter-actions">
                <button class="button button-secondary" type="submit">{t!(enrolment.find)}</button>
            </div>
        </form>
    }
    .into_any()
}

fn found(id: EnrolmentId, seek: &Seek) -> AnyView {
    let choices: Vec<Choice> = seek
        .free()
        .map(|hit| {
            let choice = Choice::new(hit.id.to_string(), hit.name.clone());
            match &hit.institution {
                Some(institution) => choice.hint(institution.clone()),
                None => choice,
            }
        })
        .collect();
    if choices.is_empty() {
        let register = view! {
            <ButtonLink href=paths::person_new() kind=ButtonKind::Secondary>
                {t!(enrolment.register_person)}
            </ButtonLink>
        };
        return view! {
            <EmptyState title=t!(enrolment.nobody_found) body=t!(enrolment.substitute.nobody)
                action=register.into_any() />
        }
        .into_any();
    }
    view! {
        <Section title=t!(enrolment.substitute.choose)>
            <Form action=Substitute::PATH>
                <HiddenField name="enrolment" value=id.to_string() />
                <RadioGroup name="person" label=t!(enrolment.substitute.who) required=true options=choices />
                <TextField name="reason" label=t!(enrolment.reason) required=true maxlength=500 />
                <FormActions submit=t!(enrolment.substitute.submit) cancel=paths::enrolment(id) />
            </Form>
        </Section>
    }
    .into_any()
}
