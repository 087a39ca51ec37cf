//! Adding an institution.

use leptos::{prelude::*, server_fn::ServerFn as _};

use super::{institution::institution_fields, institution_crumbs};
use crate::{
    access::{ManageInstitutions, permit, viewer},
    paths,
    people::actions::CreateInstitution,
    server::{page, services},
    t,
    ui::{Form, FormActions, Page, Width},
};

/// The form of a new institution.
#[component]
pub fn NewInstitutionPage() -> impl IntoView {
    page(async move {
        let (state, viewer) = (services(), viewer()?);
        let mut connection = state.database.read().await?;
        permit(&mut connection, &viewer, ManageInstitutions).await?;
        drop(connection);
        Ok(view! {
            <Page title=t!(people.new_institution) lead=t!(people.new_institution_lead)
                width=Width::Form breadcrumbs=institution_crumbs(t!(people.new_institution))>
                <Form action=CreateInstitution::PATH>
                    {institution_fields(None)}
                    <FormActions submit=t!(people.create_institution)
                        cancel=paths::institutions() />
                </Form>
            </Page>
        }
        .into_any())
    })
}
