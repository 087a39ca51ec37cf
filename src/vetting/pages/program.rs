//! Which sectors are vetted in a program.

use leptos::{prelude::*, server_fn::ServerFn as _};

use crate::{
    access::{ManageProgram, permit, viewer},
    courses::{self, ProgramId},
    error::AppError,
    paths,
    people::{Sector, words::sectors},
    server::{page, page::path_id, services},
    t,
    ui::{CheckboxGroup, Form, FormActions, HiddenField, Page, Width},
    vetting::{actions::SetRules, queries},
};

/// `/programs/{id}/vetting`
#[component]
pub fn ProgramVettingPage() -> impl IntoView {
    let id = path_id::<ProgramId>("id");
    page(async move {
        let (state, viewer, id) = (services(), viewer()?, id?);
        let mut connection = state.database.read().await?;
        let _ = permit(&mut connection, &viewer, ManageProgram(id)).await?;
        let program = courses::queries::program(&mut connection, id)
            .await?
            .ok_or(AppError::NotFound)?;
        let rules = queries::rules(&mut connection, id).await?;
        let ticked: Vec<String> = rules.iter().map(Sector::to_string).collect();
        let crumbs = vec![
            (t!(courses.programs), Some(paths::programs().into())),
            (program.name.clone(), Some(paths::program(id).into())),
            (t!(vetting.title), None),
        ];
        Ok(view! {
            <Page title=t!(vetting.title) lead=program.name width=Width::Form breadcrumbs=crumbs>
                <p>{t!(vetting.program_lead)}</p>
                <Form action=SetRules::PATH>
                    <HiddenField name="program" value=id.to_string() />
                    <CheckboxGroup name="sectors[]" label=t!(vetting.sectors) hint=t!(vetting.sectors_hint)
                        values=ticked options=sectors() />
                    <FormActions submit=t!(vetting.save_rules) cancel=paths::program(id) />
                </Form>
            </Page>
        }
        .into_any())
    })
}
