//! Fields of forms. Every one has a name, and finds by it in the state of the form around what was
//! typed and what is wrong.

mod choice;
mod file;
mod text;
mod text_area;
mod when;

use leptos::prelude::*;

pub use self::{
    choice::{CheckboxField, CheckboxGroup, Choice, Choices, RadioGroup, SelectField},
    file::FileField,
    text::{EmailField, NumberField, PasswordField, SearchField, TelField, TextField},
    text_area::{TextArea, TextAreaField},
    when::{DateField, DateTimeField, TimeField},
};
use super::{
    form_state::FormState,
    icon::{Icon, IconShape},
};

/// What stands around a control: its words, its ids and what the server said about it.
struct Shell {
    id: String,
    label: String,
    hint: Option<String>,
    error: Option<String>,
    required: bool,
}

impl Shell {
    fn new(
        form: &FormState,
        name: &str,
        id: Option<String>,
        label: String,
        hint: Option<String>,
        required: bool,
    ) -> Self {
        let error = form.error(name).map(str::to_owned);
        if error.is_some() {
            form.call(name, &label);
        }
        Self {
            id: id.unwrap_or_else(|| name.to_owned()),
            label,
            hint,
            error,
            required,
        }
    }

    /// Ids of the hint and the message, for `aria-describedby`.
    fn described_by(&self) -> Option<String> {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.id));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.id));
        match (error, hint) {
            (Some(error), Some(hint)) => Some(format!("{error} {hint}")),
            (error, hint) => error.or(hint),
        }
    }

    fn invalid(&self) -> Option<&'static str> {
        self.error.as_ref().map(|_| "true")
    }

    fn class(&self) -> &'static str {
        if self.error.is_some() {
            "field field-invalid"
        } else {
            "field"
        }
    }

    fn hint_view(&self) -> Option<AnyView> {
        let id = format!("{}-hint", self.id);
        self.hint
            .clone()
            .map(|hint| view! { <p class="field-hint" id=id>{hint}</p> }.into_any())
    }

    fn error_view(&self) -> Option<AnyView> {
        let id = format!("{}-error", self.id);
        self.error.clone().map(|error| {
            view! { <p class="field-error" id=id><Icon shape=IconShape::Triangle />{error}</p> }
                .into_any()
        })
    }

    /// Label above, hint, message, control.
    fn around(self, control: AnyView) -> AnyView {
        let (class, hint, error) = (self.class(), self.hint_view(), self.error_view());
        view! {
            <div class=class>
                <label class="field-label" for=self.id>{self.label}{mark(self.required)}</label>
                {hint}
                {error}
                {control}
            </div>
        }
        .into_any()
    }

    /// The same for a group of controls: the label is the legend.
    fn around_group(self, controls: AnyView) -> AnyView {
        let (class, described) = (self.class(), self.described_by());
        let (hint, error) = (self.hint_view(), self.error_view());
        view! {
            <fieldset class=class aria-describedby=described>
                <legend class="field-label">{self.label}{mark(self.required)}</legend>
                {hint}
                {error}
                {controls}
            </fieldset>
        }
        .into_any()
    }
}

/// The word that marks a required field.
fn mark(required: bool) -> Option<AnyView> {
    required.then(|| view! { <span class="field-mark">{crate::t!(ui.required)}</span> }.into_any())
}

/// A value that travels with the form unseen.
#[component]
pub fn HiddenField(
    /// Its name.
    name: &'static str,
    /// Its value.
    #[prop(into)]
    value: String,
) -> impl IntoView {
    view! { <input type="hidden" name=name value=value /> }
}

/// The version at which what the form changes stood when the form was opened. A refused form keeps
/// the one it was sent with, as it keeps everything typed: shown with a newer one it would overwrite
/// what somebody else has saved meanwhile, unseen.
#[component]
pub fn VersionField(
    /// Where the record stands now.
    now: i64,
) -> impl IntoView {
    let version = FormState::or_around(None).value_or("version", now);
    view! { <HiddenField name="version" value=version /> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::form_state::FieldMessage;

    fn rendered(form: FormState) -> String {
        Owner::new().with(|| {
            provide_context(form);
            view! { <TextField name="place" label="Sede" hint="Ciudad y sala." value="Lima" /> }
                .to_html()
        })
    }

    #[test]
    fn a_fresh_field_shows_its_default_and_its_hint() {
        let html = rendered(FormState::default());
        assert!(
            html.contains(r#"for="place""#) && html.contains(r#"value="Lima""#),
            "{html}"
        );
        assert!(html.contains(r#"aria-describedby="place-hint""#), "{html}");
        assert!(!html.contains("aria-invalid"), "{html}");
    }

    #[test]
    fn a_refused_field_keeps_what_was_typed_and_points_to_its_message() {
        let message = FieldMessage {
            field: "place".into(),
            message: "Escriba la sede.".into(),
        };
        let typed = vec![("place".into(), "\"Sala\"".into())];
        let html = rendered(FormState::returned(typed, vec![message], None));
        assert!(html.contains(r#"value="&quot;Sala&quot;""#), "{html}");
        assert!(
            html.contains(r#"aria-describedby="place-error place-hint""#),
            "{html}"
        );
        assert!(html.contains(r#"aria-invalid="true""#), "{html}");
        assert!(html.contains("Escriba la sede."), "{html}");
    }
}
