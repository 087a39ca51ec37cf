//! Writing a step: a new one, and one that is there.

use leptos::{prelude::*, server_fn::ServerFn as _};

use super::{form::fields, frame::staff_way};
use crate::{
    access::viewer,
    courses::operations::manage_edition,
    error::{AppError, Reason},
    learning::{
        StepId, StepKind,
        actions::{AddStep, DeleteStep, UpdateStep},
        queries::{self, StepRow},
        unit, words,
    },
    paths,
    server::{
        page,
        page::{path_id, query_value},
        services,
    },
    sessions::SessionId,
    t,
    ui::{
        ButtonKind, ButtonLink, ConfirmButton, Form, FormActions, HiddenField, Page, Section,
        VersionField, Width,
    },
};

/// `/sessions/{id}/steps/new?kind=text`
#[component]
pub fn NewStepPage() -> impl IntoView {
    let session = path_id::<SessionId>("id");
    let kind = query_value("kind").parse::<StepKind>();
    page(async move {
        let viewer = viewer()?;
        let state = services();
        let mut connection = state.database.read().await?;
        let unit = unit::find(&mut connection, session?).await?;
        let _ = manage_edition(&mut connection, &viewer, unit.edition).await?;
        if unit.is_locked() {
            return Err(Reason::EditionClosed.into());
        }
        let kind = kind.map_err(|_| AppError::NotFound)?;
        let title = new_title(kind);
        let breadcrumbs = staff_way(&unit, &viewer, Some(title.clone()));
        let action = match kind {
            StepKind::File => paths::upload_file().into(),
            _ => AddStep::PATH.to_owned(),
        };
        let back = paths::session_steps(unit.session);
        let session = unit.session.to_string();
        Ok(view! {
            <Page title=title width=Width::Form breadcrumbs=breadcrumbs>
                <Form action=action multipart=kind == StepKind::File>
                    <HiddenField name="session" value=session />
                    <HiddenField name="kind" value=kind.as_str() />
                    {fields(kind, None, &[])}
                    <FormActions submit=t!(learning.add) cancel=back />
                </Form>
            </Page>
        }
        .into_any())
    })
}

fn new_title(kind: StepKind) -> String {
    match kind {
        StepKind::Text => t!(learning.new.text),
        StepKind::File => t!(learning.new.file),
        StepKind::Link => t!(learning.new.link),
        StepKind::Question => t!(learning.new.question),
    }
}

/// `/steps/{id}/edit`
#[component]
pub fn EditStepPage() -> impl IntoView {
    let step = path_id::<StepId>("id");
    page(async move {
        let viewer = viewer()?;
        let state = services();
        let mut connection = state.database.read().await?;
        let step = queries::step(&mut connection, step?)
            .await?
            .ok_or(AppError::NotFound)?;
        let unit = unit::find(&mut connection, step.session).await?;
        let _ = manage_edition(&mut connection, &viewer, unit.edition).await?;
        if unit.is_locked() {
            return Err(Reason::EditionClosed.into());
        }
        let options = queries::options(&mut connection, step.id).await?;
        let done = queries::is_done_by_anyone(&mut connection, step.id).await?;
        let breadcrumbs = staff_way(&unit, &viewer, Some(step.title.clone()));
        let action = match step.kind {
            StepKind::File => paths::update_file_step().into(),
            _ => UpdateStep::PATH.to_owned(),
        };
        let preview = paths::learn_step(step.session, step.id);
        let preview = view! {
            <ButtonLink kind=ButtonKind::Secondary href=preview>{t!(learning.see_preview)}</ButtonLink>
        };
        let fields = fields(step.kind, Some(&step), &options);
        let back = paths::session_steps(step.session);
        Ok(view! {
            <Page title=step.title.clone() width=Width::Form breadcrumbs=breadcrumbs
                lead=words::kind(step.kind) action=preview.into_any()>
                <Form action=action multipart=step.kind == StepKind::File>
                    <HiddenField name="step" value=step.id.to_string() />
                    <VersionField now=step.version />
                    <HiddenField name="kind" value=step.kind.as_str() />
                    {fields}
                    <FormActions submit=t!(learning.save) cancel=back />
                </Form>
                {deleting(&step, done)}
            </Page>
        }
        .into_any())
    })
}

/// The way to take a step out, or why there is none.
fn deleting(step: &StepRow, done: bool) -> AnyView {
    let content = if done {
        view! { <p>{t!(learning.delete_in_use)}</p> }.into_any()
    } else {
        view! {
            <ConfirmButton label=t!(learning.delete_ask) confirm=t!(learning.delete)
                explanation=t!(learning.delete_explained, title = step.title.clone())
                action=DeleteStep::PATH fields=vec![("step", step.id.to_string())] />
        }
        .into_any()
    };
    view! { <Section title=t!(learning.delete_title)>{content}</Section> }.into_any()
}
