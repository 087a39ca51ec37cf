//! The field that takes a file.

use leptos::prelude::*;

use super::{FormState, Shell};

/// A file to send. The form needs `multipart=true`. What was chosen never comes back.
#[component]
pub fn FileField(
    /// The form's state, where it is not the one around the field.
    #[prop(optional, into)]
    form: Option<FormState>,
    /// The field's name.
    name: &'static str,
    /// The label above.
    #[prop(into)]
    label: String,
    /// Help under the label: kinds and the largest size.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Must be chosen.
    #[prop(optional)]
    required: bool,
    /// Kinds offered first (".csv,.xlsx").
    #[prop(optional, into)]
    accept: Option<String>,
    /// Several files at once.
    #[prop(optional)]
    multiple: bool,
    /// The control's id where the same name stands twice on the page.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let form = FormState::or_around(form);
    let shell = Shell::new(&form, name, id, label, hint, required);
    let control = view! {
        <input class="input input-file" type="file" id=shell.id.clone() name=name
            required=required accept=accept multiple=multiple
            aria-describedby=shell.described_by() aria-invalid=shell.invalid() />
    };
    shell.around(control.into_any())
}
