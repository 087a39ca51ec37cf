//! Copying an edition to other dates.

use leptos::{prelude::*, server_fn::ServerFn as _};

use crate::{
    access::viewer,
    courses::{self, EditionId, pages::breadcrumbs},
    error::AppError,
    paths,
    server::{page, page::path_id, returned_form, services},
    sessions::actions::CopyEdition,
    t,
    ui::{CheckboxField, DateField, Form, FormActions, HiddenField, Page, Width, time},
};

/// Copying an edition with all its sessions.
#[component]
pub fn EditionCopyPage() -> impl IntoView {
    let id = path_id::<EditionId>("id");
    page(async move {
        let id = id?;
        let viewer = viewer()?;
        let state = services();
        let mut connection = state.database.read().await?;
        let _permit = courses::operations::manage_edition(&mut connection, &viewer, id).await?;
        let header = courses::queries::header(&mut connection, id)
            .await?
            .ok_or(AppError::NotFound)?;
        let mut crumbs = breadcrumbs(&header, Some(&viewer));
        if let Some(last) = crumbs.last_mut() {
            last.1 = Some(paths::edition(id).into());
        }
        crumbs.push((t!(sessions.copy.title), None));
        let dates = time::date_range(header.starts_on, header.ends_on);
        let lead = t!(sessions.copy.lead, edition = header.title(), dates = dates);
        Ok(view! {
            <Page title=t!(sessions.copy.title) lead=lead width=Width::Form breadcrumbs=crumbs>
                <Form action=CopyEdition::PATH form=returned_form()>
                    <HiddenField name="edition" value=id.to_string() />
                    <DateField name="starts_on" label=t!(sessions.copy.starts_on)
                        hint=t!(sessions.copy.starts_on_hint) required=true />
                    <CheckboxField name="keep_weekday" label=t!(sessions.copy.keep_weekday)
                        hint=t!(sessions.copy.keep_weekday_hint) checked=true />
                    <FormActions submit=t!(sessions.copy.submit) cancel=paths::edition(id) />
                </Form>
            </Page>
        }
        .into_any())
    })
}
