//! Starting and changing a program.

use leptos::{prelude::*, server_fn::ServerFn as _};

use super::parts::crumb;
use crate::{
    access::{CreateProgram, ManageProgram, permit, viewer},
    courses::{
        ProgramId,
        actions::{CreateProgram as CreateProgramAction, UpdateProgram},
        program::{FIELDS, Program, ProgramForm},
        queries,
    },
    error::AppError,
    paths,
    server::{page, page::path_id, returned_form, services},
    t,
    ui::{
        DateField, FieldRow, FieldSet, Form, FormActions, HiddenField, Page, TextAreaField,
        TextField, VersionField, Width,
    },
};

/// A new program.
#[component]
pub fn ProgramNewPage() -> impl IntoView {
    page(async move {
        let viewer = viewer()?;
        let state = services();
        let mut connection = state.database.read().await?;
        let _permit = permit(&mut connection, &viewer, CreateProgram).await?;
        let crumbs = vec![
            crumb(t!(courses.programs), paths::programs()),
            (t!(courses.program.new), None),
        ];
        Ok(view! {
            <Page title=t!(courses.program.new) width=Width::Form breadcrumbs=crumbs>
                <Form action=CreateProgramAction::PATH form=returned_form()>
                    <ProgramFields values=ProgramForm::default() />
                    <FormActions submit=t!(courses.program.create) cancel=paths::programs() />
                </Form>
            </Page>
        }
        .into_any())
    })
}

/// Changing a program.
#[component]
pub fn ProgramEditPage() -> impl IntoView {
    let id = path_id::<ProgramId>("id");
    page(async move {
        let id = id?;
        let viewer = viewer()?;
        let state = services();
        let mut connection = state.database.read().await?;
        let _permit = permit(&mut connection, &viewer, ManageProgram(id)).await?;
        let program = queries::program(&mut connection, id)
            .await?
            .ok_or(AppError::NotFound)?;
        let signatories = queries::signatories(&mut connection, id).await?;
        let crumbs = vec![
            crumb(t!(courses.programs), paths::programs()),
            crumb(program.name.clone(), paths::program(id)),
            (t!(courses.edit), None),
        ];
        Ok(view! {
            <Page title=t!(courses.program.edit) width=Width::Form breadcrumbs=crumbs>
                <Form action=UpdateProgram::PATH form=returned_form()>
                    <HiddenField name="program" value=id.to_string() />
                    <VersionField now=program.version />
                    <ProgramFields values=values(program, signatories) />
                    <FormActions submit=t!(courses.save) cancel=paths::program(id) />
                </Form>
            </Page>
        }
        .into_any())
    })
}

/// What is kept, as it would be typed.
fn values(program: Program, signatories: Vec<(String, String, String)>) -> ProgramForm {
    let mut signatories = signatories.into_iter();
    let mut next = || signatories.next().unwrap_or_default();
    let (first, second, third) = (next(), next(), next());
    ProgramForm {
        name: program.name,
        summary: program.summary,
        implementer: program.implementer,
        funder: program.funder,
        starts_on: program.starts_on.to_string(),
        ends_on: program.ends_on.to_string(),
        signatory_1_name: first.0,
        signatory_1_title: first.1,
        signatory_1_institution: first.2,
        signatory_2_name: second.0,
        signatory_2_title: second.1,
        signatory_2_institution: second.2,
        signatory_3_name: third.0,
        signatory_3_title: third.1,
        signatory_3_institution: third.2,
    }
}

#[component]
fn ProgramFields(
    /// What stands in the fields at first.
    values: ProgramForm,
) -> impl IntoView {
    let signatories = [
        [
            values.signatory_1_name,
            values.signatory_1_title,
            values.signatory_1_institution,
        ],
        [
            values.signatory_2_name,
            values.signatory_2_title,
            values.signatory_2_institution,
        ],
        [
            values.signatory_3_name,
            values.signatory_3_title,
            values.signatory_3_institution,
        ],
    ];
    let signatories = (1..)
        .zip(FIELDS)
        .zip(signatories)
        .map(|((number, fields), values)| signatory(number, fields, values));
    view! {
        <TextField name="name" label=t!(courses.program.name) value=values.name required=true maxlength=160 />
        <TextAreaField name="summary" label=t!(courses.program.summary)
            hint=t!(courses.program.summary_hint) value=values.summary maxlength=2000 />
        <FieldRow>
            <TextField name="implementer" label=t!(courses.program.implementer)
                value=values.implementer required=true maxlength=160 />
            <TextField name="funder" label=t!(courses.program.funder) value=values.funder
                required=true maxlength=160 />
        </FieldRow>
        <FieldRow>
            <DateField name="starts_on" label=t!(courses.starts_on) value=values.starts_on required=true />
            <DateField name="ends_on" label=t!(courses.ends_on) value=values.ends_on required=true />
        </FieldRow>
        <p class="quiet">{t!(courses.program.signatory_hint)}</p>
        {signatories.collect_view()}
    }
}

fn signatory(number: i64, fields: [&'static str; 3], values: [String; 3]) -> AnyView {
    let [name, title, institution] = values;
    view! {
        <FieldSet legend=t!(courses.program.signatory, number = number)>
            <TextField name=fields[0] label=t!(courses.program.signatory_name) value=name
                maxlength=120 autocomplete="off" />
            <FieldRow>
                <TextField name=fields[1] label=t!(courses.program.signatory_title) value=title
                    maxlength=120 autocomplete="off" />
                <TextField name=fields[2] label=t!(courses.program.signatory_institution)
                    value=institution maxlength=160 autocomplete="off" />
            </FieldRow>
        </FieldSet>
    }
    .into_any()
}
