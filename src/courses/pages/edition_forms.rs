//! Adding and changing an edition.

use leptos::{prelude::*, server_fn::ServerFn as _};

use super::{frame::breadcrumbs, parts::crumb};
use crate::{
    access::viewer,
    courses::{
        CourseId, EditionHeader, EditionId, Language, Modality,
        actions::CreateEdition,
        edition::EditionForm,
        operations::{manage_course, manage_edition},
        queries, words,
    },
    error::{AppError, Reason},
    paths,
    people::words::departments,
    server::{page, page::path_id, returned_form, services},
    t,
    ui::{
        CheckboxField, DateField, FieldRow, FieldSet, Form, FormActions, HiddenField, NumberField,
        Page, SelectField, TextAreaField, TextField, VersionField, Width,
    },
};

/// A new edition of a course.
#[component]
pub fn EditionNewPage() -> impl IntoView {
    let id = path_id::<CourseId>("id");
    page(async move {
        let id = id?;
        let viewer = viewer()?;
        let state = services();
        let mut connection = state.database.read().await?;
        let permit = manage_course(&mut connection, &viewer, id).await?;
        let course = queries::course(&mut connection, id)
            .await?
            .ok_or(AppError::NotFound)?;
        let venues = queries::venue_names(&mut connection).await?;
        let crumbs = vec![
            crumb(t!(courses.programs), paths::programs()),
            crumb(course.program_name, paths::program(permit.action().0)),
            crumb(course.title.clone(), paths::course(id)),
            (t!(courses.edition.new), None),
        ];
        let values = EditionForm {
            language: Language::Spanish.to_string(),
            waiting_list: "true".to_owned(),
            ..EditionForm::default()
        };
        Ok(view! {
            <Page title=t!(courses.edition.new) lead=course.title width=Width::Form breadcrumbs=crumbs>
                <Form action=CreateEdition::PATH form=returned_form()>
                    <HiddenField name="course" value=id.to_string() />
                    <EditionFields values=values venues=venues />
                    <FormActions submit=t!(courses.edition.create) cancel=paths::course(id) />
                </Form>
            </Page>
        }
        .into_any())
    })
}

/// Changing an edition.
#[component]
pub fn EditionEditPage() -> impl IntoView {
    let id = path_id::<EditionId>("id");
    page(async move {
        let id = id?;
        let viewer = viewer()?;
        let state = services();
        let mut connection = state.database.read().await?;
        let _permit = manage_edition(&mut connection, &viewer, id).await?;
        let header = queries::header(&mut connection, id)
            .await?
            .ok_or(AppError::NotFound)?;
        if header.is_locked() {
            return Err(Reason::EditionClosed.into());
        }
        let venues = queries::venue_names(&mut connection).await?;
        let mut crumbs = breadcrumbs(&header, Some(&viewer));
        if let Some(edition) = crumbs.last_mut() {
            edition.1 = Some(paths::edition(id).into());
        }
        crumbs.push((t!(courses.edit), None));
        let (title, version) = (header.title(), header.version);
        Ok(view! {
            <Page title=t!(courses.edition.edit) lead=title width=Width::Form breadcrumbs=crumbs>
                <Form action=paths::UPDATE_EDITION form=returned_form()>
                    <HiddenField name="edition" value=id.to_string() />
                    <VersionField now=version />
                    <EditionFields values=values(header) venues=venues />
                    <FormActions submit=t!(courses.save) cancel=paths::edition(id) />
                </Form>
            </Page>
        }
        .into_any())
    })
}

/// What is kept, as it would be typed.
fn values(header: EditionHeader) -> EditionForm {
    let tick = |yes: bool| if yes { "true" } else { "" }.to_owned();
    EditionForm {
        modality: header.modality.to_string(),
        language: header.language.to_string(),
        starts_on: header.starts_on.to_string(),
        ends_on: header.ends_on.to_string(),
        venue: header.venue.unwrap_or_default(),
        department: header
            .department
            .map(|department| department.to_string())
            .unwrap_or_default(),
        seats: header
            .seats
            .map(|seats| seats.to_string())
            .unwrap_or_default(),
        unlimited: tick(header.seats.is_none()),
        waiting_list: tick(header.waiting_list),
        offer_hours: header
            .offer_hours
            .map(|hours| hours.to_string())
            .unwrap_or_default(),
        needs_approval: tick(header.needs_approval),
        enrol_from: header.enrol_from.to_string(),
        enrol_until: header.enrol_until.to_string(),
        notes: header.notes,
    }
}

#[component]
fn EditionFields(
    /// What stands in the fields at first.
    values: EditionForm,
    /// Places that were named before.
    venues: Vec<String>,
) -> impl IntoView {
    let modalities: Vec<_> = Modality::ALL
        .iter()
        .map(|&modality| (modality.as_str(), words::modality(modality)))
        .collect();
    let languages: Vec<_> = Language::ALL
        .iter()
        .map(|&language| (language.as_str(), words::language(language)))
        .collect();
    let enrolment = enrolment_fields(&values);
    view! {
        <FieldRow>
            <SelectField name="modality" label=t!(courses.modality) value=values.modality.clone()
                required=true placeholder=t!(courses.choose) options=modalities />
            <SelectField name="language" label=t!(courses.language) value=values.language.clone()
                required=true options=languages />
        </FieldRow>
        <FieldRow>
            <DateField name="starts_on" label=t!(courses.starts_on) value=values.starts_on.clone()
                required=true />
            <DateField name="ends_on" label=t!(courses.ends_on) value=values.ends_on.clone()
                required=true />
        </FieldRow>
        <FieldRow>
            <TextField name="venue" label=t!(courses.venue) hint=t!(courses.edition.venue_hint)
                value=values.venue.clone() maxlength=160 suggestions=venues autocomplete="off" />
            <SelectField name="department" label=t!(courses.department)
                hint=t!(courses.edition.department_hint) value=values.department.clone()
                placeholder=t!(courses.edition.no_department) options=departments() />
        </FieldRow>
        {enrolment}
        <TextAreaField name="notes" label=t!(courses.edition.notes) hint=t!(courses.edition.notes_hint)
            value=values.notes maxlength=2000 rows=3 />
    }
}

fn enrolment_fields(values: &EditionForm) -> AnyView {
    let seats = values.seats.clone();
    let hours = values.offer_hours.clone();
    let (from, until) = (values.enrol_from.clone(), values.enrol_until.clone());
    let unlimited = !values.unlimited.is_empty();
    let waiting = !values.waiting_list.is_empty();
    let approval = !values.needs_approval.is_empty();
    view! {
        <FieldSet legend=t!(courses.edition.enrolment)>
            <NumberField name="seats" label=t!(courses.seats) hint=t!(courses.edition.seats_hint)
                value=seats min=0.0 max=100_000.0 />
            <CheckboxField name="unlimited" label=t!(courses.edition.unlimited)
                checked=unlimited />
            <CheckboxField name="waiting_list" label=t!(courses.edition.waiting_list)
                checked=waiting />
            <NumberField name="offer_hours" label=t!(courses.edition.offer_hours)
                hint=t!(courses.edition.offer_hours_hint) value=hours min=1.0 max=336.0 unit="h" />
            <CheckboxField name="needs_approval" label=t!(courses.edition.needs_approval)
                checked=approval />
            <FieldRow>
                <DateField name="enrol_from" label=t!(courses.edition.enrol_from)
                    value=from required=true />
                <DateField name="enrol_until" label=t!(courses.edition.enrol_until)
                    value=until required=true />
            </FieldRow>
        </FieldSet>
    }
    .into_any()
}
