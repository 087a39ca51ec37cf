//! Fields of one line.

use leptos::prelude::*;

use super::{FormState, Shell};

/// A line of text: name, title, place.
#[component]
pub fn TextField(
    /// The form's state, where it is not the one around the field.
    #[prop(optional, into)]
    form: Option<FormState>,
    /// The field's name.
    name: &'static str,
    /// The label above.
    #[prop(into)]
    label: String,
    /// Help under the label.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Its value while nothing was typed.
    #[prop(optional, into)]
    value: String,
    /// Must be filled in.
    #[prop(optional)]
    required: bool,
    /// Characters at most.
    #[prop(default = 200)]
    maxlength: u32,
    /// What the browser may fill in by itself ("given-name", "organization", "off").
    #[prop(optional, into)]
    autocomplete: Option<String>,
    /// The phone's keyboard ("numeric" for document numbers).
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// Offered while typing; anything else may be typed too.
    #[prop(optional)]
    suggestions: Vec<String>,
    /// Receives the focus when the page opens; one a page.
    #[prop(optional)]
    autofocus: bool,
    /// Characters the box is wide, for short values such as codes.
    #[prop(optional)]
    size: Option<u32>,
    /// The control's id where the same name stands twice on the page.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let form = FormState::or_around(form);
    let shell = Shell::new(&form, name, id, label, hint, required);
    let list = (!suggestions.is_empty()).then(|| format!("{}-list", shell.id));
    let options = list.clone().map(|id| {
        let options = suggestions
            .into_iter()
            .map(|text| view! { <option value=text></option> });
        view! { <datalist id=id>{options.collect_view()}</datalist> }
    });
    let control = view! {
        <input class="input" type="text" id=shell.id.clone() name=name
            value=form.value_or(name, value) required=required maxlength=maxlength.to_string()
            autocomplete=autocomplete inputmode=inputmode autofocus=autofocus list=list
            size=size.map(|size| size.to_string())
            aria-describedby=shell.described_by() aria-invalid=shell.invalid() />
        {options}
    };
    shell.around(control.into_any())
}

/// What the one-line fields of a fixed kind share.
struct Line {
    form: Option<FormState>,
    name: &'static str,
    label: String,
    hint: Option<String>,
    value: String,
    required: bool,
    id: Option<String>,
}

impl Line {
    fn view(
        self,
        kind: &'static str,
        inputmode: Option<&'static str>,
        autocomplete: String,
        maxlength: &'static str,
    ) -> AnyView {
        let Self {
            form,
            name,
            label,
            hint,
            value,
            required,
            id,
        } = self;
        let form = FormState::or_around(form);
        let shell = Shell::new(&form, name, id, label, hint, required);
        let control = view! {
            <input class="input" type=kind id=shell.id.clone() name=name
                value=form.value_or(name, value) required=required maxlength=maxlength
                autocomplete=autocomplete inputmode=inputmode
                aria-describedby=shell.described_by() aria-invalid=shell.invalid() />
        };
        shell.around(control.into_any())
    }
}

/// An e-mail address.
#[component]
pub fn EmailField(
    /// The form's state, where it is not the one around the field.
    #[prop(optional, into)]
    form: Option<FormState>,
    /// The field's name.
    name: &'static str,
    /// The label above.
    #[prop(into)]
    label: String,
    /// Help under the label.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Its value while nothing was typed.
    #[prop(optional, into)]
    value: String,
    /// Must be filled in.
    #[prop(optional)]
    required: bool,
    /// "email" for one's own, "username" on the sign-in form, "off" for someone else's.
    #[prop(default = "email".into(), into)]
    autocomplete: String,
    /// The control's id where the same name stands twice on the page.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    Line {
        form,
        name,
        label,
        hint,
        value,
        required,
        id,
    }
    .view("email", Some("email"), autocomplete, "254")
}

/// A telephone number.
#[component]
pub fn TelField(
    /// The form's state, where it is not the one around the field.
    #[prop(optional, into)]
    form: Option<FormState>,
    /// The field's name.
    name: &'static str,
    /// The label above.
    #[prop(into)]
    label: String,
    /// Help under the label.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Its value while nothing was typed.
    #[prop(optional, into)]
    value: String,
    /// Must be filled in.
    #[prop(optional)]
    required: bool,
    /// "tel" for one's own, "off" for someone else's.
    #[prop(default = "tel".into(), into)]
    autocomplete: String,
    /// The control's id where the same name stands twice on the page.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    Line {
        form,
        name,
        label,
        hint,
        value,
        required,
        id,
    }
    .view("tel", Some("tel"), autocomplete, "20")
}

/// Words to look for.
#[component]
pub fn SearchField(
    /// The field's name.
    name: &'static str,
    /// The label above.
    #[prop(into)]
    label: String,
    /// What was looked for.
    #[prop(optional, into)]
    value: String,
    /// The control's id where the same name stands twice on the page.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    Line {
        form: None,
        name,
        label,
        hint: None,
        value,
        required: false,
        id,
    }
    .view("search", Some("search"), "off".into(), "200")
}

/// A password. What was typed never comes back.
#[component]
pub fn PasswordField(
    /// The form's state, where it is not the one around the field.
    #[prop(optional, into)]
    form: Option<FormState>,
    /// The field's name.
    name: &'static str,
    /// The label above.
    #[prop(into)]
    label: String,
    /// Help under the label.
    #[prop(optional, into)]
    hint: Option<String>,
    /// "current-password" to sign in, "new-password" to choose one, "one-time-code".
    #[prop(default = "current-password")]
    autocomplete: &'static str,
    /// The control's id where the same name stands twice on the page.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let form = FormState::or_around(form);
    let shell = Shell::new(&form, name, id, label, hint, true);
    let control = view! {
        <input class="input" type="password" id=shell.id.clone() name=name required=true
            maxlength="200" autocomplete=autocomplete
            aria-describedby=shell.described_by() aria-invalid=shell.invalid() />
    };
    shell.around(control.into_any())
}

/// A number with its unit.
#[component]
pub fn NumberField(
    /// The form's state, where it is not the one around the field.
    #[prop(optional, into)]
    form: Option<FormState>,
    /// The field's name.
    name: &'static str,
    /// The label above.
    #[prop(into)]
    label: String,
    /// Help under the label.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Its value while nothing was typed, `seats.to_string()`.
    #[prop(optional, into)]
    value: String,
    /// Must be filled in.
    #[prop(optional)]
    required: bool,
    /// The smallest number allowed.
    #[prop(optional, into)]
    min: Option<f64>,
    /// The largest number allowed.
    #[prop(optional, into)]
    max: Option<f64>,
    /// "1" (the default) for whole numbers, "0.1", "any".
    #[prop(default = "1")]
    step: &'static str,
    /// What it counts, behind the box ("min", "h", "%").
    #[prop(optional, into)]
    unit: Option<String>,
    /// The control's id where the same name stands twice on the page.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let form = FormState::or_around(form);
    let shell = Shell::new(&form, name, id, label, hint, required);
    let inputmode = if step == "1" { "numeric" } else { "decimal" };
    let control = view! {
        <span class="input-unit">
            <input class="input input-number" type="number" id=shell.id.clone() name=name
                value=form.value_or(name, value) required=required step=step inputmode=inputmode
                min=min.map(|min| min.to_string()) max=max.map(|max| max.to_string())
                aria-describedby=shell.described_by() aria-invalid=shell.invalid() />
            {unit.map(|unit| view! { <span class="unit">{unit}</span> })}
        </span>
    };
    shell.around(control.into_any())
}
