//! Fields of dates and times, all in Lima's time.

use leptos::prelude::*;

use super::{FormState, Shell};

/// What the three share.
struct Moment {
    form: Option<FormState>,
    name: &'static str,
    label: String,
    hint: Option<String>,
    value: String,
    required: bool,
    min: Option<String>,
    max: Option<String>,
    id: Option<String>,
}

impl Moment {
    fn view(self, kind: &'static str, class: &'static str) -> AnyView {
        let Self {
            form,
            name,
            label,
            hint,
            value,
            required,
            min,
            max,
            id,
        } = self;
        let form = FormState::or_around(form);
        let shell = Shell::new(&form, name, id, label, hint, required);
        let control = view! {
            <input class=class type=kind id=shell.id.clone() name=name
                value=form.value_or(name, value) required=required min=min max=max
                aria-describedby=shell.described_by() aria-invalid=shell.invalid() />
        };
        shell.around(control.into_any())
    }
}

/// A day, as "2026-11-14".
#[component]
pub fn DateField(
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
    /// Its value while nothing was typed, an ISO date: `date.to_string()`.
    #[prop(optional, into)]
    value: String,
    /// Must be filled in.
    #[prop(optional)]
    required: bool,
    /// The first day allowed.
    #[prop(optional, into)]
    min: Option<String>,
    /// The last day allowed.
    #[prop(optional, into)]
    max: Option<String>,
    /// The control's id where the same name stands twice on the page.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    Moment {
        form,
        name,
        label,
        hint,
        value,
        required,
        min,
        max,
        id,
    }
    .view("date", "input input-date")
}

/// A day and an hour in Lima's time, as "2026-11-14T09:00".
#[component]
pub fn DateTimeField(
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
    /// Its value while nothing was typed: `time::input_date_time(starts_at)`.
    #[prop(optional, into)]
    value: String,
    /// Must be filled in.
    #[prop(optional)]
    required: bool,
    /// The first moment allowed.
    #[prop(optional, into)]
    min: Option<String>,
    /// The last moment allowed.
    #[prop(optional, into)]
    max: Option<String>,
    /// The control's id where the same name stands twice on the page.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    Moment {
        form,
        name,
        label,
        hint,
        value,
        required,
        min,
        max,
        id,
    }
    .view("datetime-local", "input input-date-time")
}

/// An hour of the day, as "09:00".
#[component]
pub fn TimeField(
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
    /// The control's id where the same name stands twice on the page.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let (min, max) = (None, None);
    Moment {
        form,
        name,
        label,
        hint,
        value,
        required,
        min,
        max,
        id,
    }
    .view("time", "input input-time")
}
