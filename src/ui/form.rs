//! The form around the fields. It posts to a server function and works without JavaScript.

use leptos::{context::Provider, prelude::*};

use super::{button::ButtonKind, form_state::FormState};

/// The name of the hidden field that holds the page's key.
pub const FORM_KEY: &str = "form_key";

/// The random key that a page gives all its forms, so that none is done twice. The server provides
/// it as a context.
#[derive(Clone, Debug)]
pub struct FormKey(pub String);

/// The hidden field with the page's key. Every form that posts holds one; `Form`, the buttons and
/// `BulkBar` bring it along.
pub(super) fn form_key() -> Option<AnyView> {
    let FormKey(key) = use_context()?;
    Some(view! { <input type="hidden" name=FORM_KEY value=key /> }.into_any())
}

/// A form that posts. Shows the summary of what was refused before its fields.
#[component]
pub fn Form(
    /// The server function ("/api/…").
    #[prop(into)]
    action: String,
    /// The form's state, where it is not the one of the request.
    #[prop(optional, into)]
    form: Option<FormState>,
    /// Sends files.
    #[prop(optional)]
    multipart: bool,
    /// Leaves all checking to the server.
    #[prop(optional)]
    novalidate: bool,
    /// Its id, so that controls outside it may belong to it.
    #[prop(optional, into)]
    id: Option<String>,
    /// Fields and `FormActions`.
    children: Children,
) -> impl IntoView {
    let enctype = multipart.then_some("multipart/form-data");
    let form = FormState::or_around(form).for_action(&action);
    // The fields come first: the summary above them calls them by their labels.
    let fields = view! { <Provider value=form.clone()>{children()}</Provider> }.into_any();
    let summary = view! { <ErrorSummary form=&form /> }.into_any();
    view! {
        <form class="form" method="post" action=action id=id enctype=enctype novalidate=novalidate>
            {form_key()}
            {summary}
            {fields}
        </form>
    }
}

/// What was refused, on top of the form, each line a link to its field.
/// Renders nothing while nothing is wrong. `Form` shows it by itself.
#[component]
pub fn ErrorSummary(
    /// The form's state, where it is not the one around the summary.
    #[prop(optional, into)]
    form: Option<FormState>,
) -> impl IntoView {
    let form = FormState::or_around(form);
    let lines = form.errors().iter().map(|error| {
        let href = format!("#{}", error.field);
        view! { <li><a href=href>{form.line(error)}</a></li> }.into_any()
    });
    let lines = lines.collect::<Vec<_>>();
    let refused = form.alert().is_some() || !lines.is_empty();
    refused.then(|| {
        let title = form
            .alert()
            .map_or_else(|| crate::t!(ui.summary_title), str::to_owned);
        let lines = (!lines.is_empty()).then(|| view! { <ul>{lines}</ul> });
        view! {
            <div class="summary" id="summary" role="alert" tabindex="-1" autofocus=true>
                <h2 class="summary-title">{title}</h2>
                {lines}
            </div>
        }
    })
}

/// Fields that belong together, under a heading.
#[component]
pub fn FieldSet(
    /// The heading.
    #[prop(into)]
    legend: String,
    /// Help under the heading.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Fields side by side where there is room.
    #[prop(optional)]
    row: bool,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let class = if row { "fields fields-row" } else { "fields" };
    view! {
        <fieldset class="fieldset">
            <legend class="fieldset-legend">{legend}</legend>
            {hint.map(|hint| view! { <p class="field-hint">{hint}</p> })}
            <div class=class>{children()}</div>
        </fieldset>
    }
}

/// Fields side by side where there is room, without a heading.
#[component]
pub fn FieldRow(
    /// The fields.
    children: Children,
) -> impl IntoView {
    view! { <div class="fields fields-row">{children()}</div> }
}

/// The end of a form: the button that sends it and the way out.
#[component]
pub fn FormActions(
    /// What the button does, a verb ("Guardar cambios").
    #[prop(into)]
    submit: String,
    /// The weight of the button.
    #[prop(optional)]
    kind: ButtonKind,
    /// Where "Cancelar" leads.
    #[prop(optional, into)]
    cancel: Option<String>,
    /// Further buttons, such as "Guardar y añadir otra": `<button name="then" value="new">`.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="form-actions">
            <button class=kind.class() type="submit">{submit}</button>
            {children.map(|children| children())}
            {cancel.map(|href| view! {
                <a class="button button-quiet" href=href>{crate::t!(ui.cancel)}</a>
            })}
        </div>
    }
}
