//! What a form shows: the first time nothing, after a refusal everything that was typed.

use std::sync::{Arc, Mutex, PoisonError};

use leptos::prelude::use_context;

/// One message about one field, in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldMessage {
    /// The name of the field, as it is posted.
    pub field: String,
    /// What is wrong and what to do, a full sentence.
    pub message: String,
}

/// The state of a form: fresh (`FormState::default()`) or returned after the server refused it.
///
/// The server provides the state of a request as a context; `Form` takes it from there if its
/// action is the one that refused, and hands it to the fields inside. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct FormState(Option<Arc<Returned>>);

#[derive(Debug)]
struct Returned {
    action: Option<String>,
    values: Vec<(String, String)>,
    errors: Vec<FieldMessage>,
    alert: Option<String>,
    /// What the fields with messages are called, once they were rendered.
    labels: Mutex<Vec<(String, String)>>,
}

impl FormState {
    /// A refused form: what was typed, the messages at the fields in their order on the page,
    /// and a message about the form as a whole.
    pub fn returned(
        values: Vec<(String, String)>,
        errors: Vec<FieldMessage>,
        alert: Option<String>,
    ) -> Self {
        Self(Some(Arc::new(Returned {
            action: None,
            values,
            errors,
            alert,
            labels: Mutex::default(),
        })))
    }

    /// Remembers which action refused the form, for pages that hold several forms.
    #[must_use]
    pub fn from_action(self, action: impl Into<String>) -> Self {
        let action = Some(action.into());
        Self(self.0.map(|returned| {
            Arc::new(Returned {
                action,
                values: returned.values.clone(),
                errors: returned.errors.clone(),
                alert: returned.alert.clone(),
                labels: Mutex::default(),
            })
        }))
    }

    /// This state if it belongs to `action`, else a fresh one. A page with two forms gives each
    /// its own: `let decline = form.for_action(&path)`. A state that names no action fits all.
    #[must_use]
    pub fn for_action(&self, action: &str) -> Self {
        match &self.0 {
            Some(returned) if returned.action.as_deref().is_some_and(|own| own != action) => {
                Self::default()
            }
            _ => self.clone(),
        }
    }

    /// The state that was given, or the one of the form around.
    pub(super) fn or_around(given: Option<Self>) -> Self {
        given.or_else(use_context).unwrap_or_default()
    }

    /// Whether the server refused this form.
    pub fn is_returned(&self) -> bool {
        self.0.is_some()
    }

    /// The first value that was typed into the field.
    pub fn value(&self, name: &str) -> Option<&str> {
        let mut values = self.0.iter().flat_map(|returned| &returned.values);
        values
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    }

    /// Every value of a field that may hold several, such as a group of checkboxes.
    pub fn values_of<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let values = self.0.iter().flat_map(|returned| &returned.values);
        values
            .filter(move |(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    }

    /// The typed value, or `default` on a fresh form. A field that came back without a value
    /// is empty, not the default: the person emptied it.
    pub fn value_or(&self, name: &str, default: impl ToString) -> String {
        match (self.value(name), self.is_returned()) {
            (Some(value), _) => value.to_owned(),
            (None, true) => String::new(),
            (None, false) => default.to_string(),
        }
    }

    /// Whether a choice is ticked: as it was sent, or `default` on a fresh form.
    pub fn is_chosen(&self, name: &str, value: &str, default: bool) -> bool {
        if self.is_returned() {
            self.values_of(name).any(|sent| sent == value)
        } else {
            default
        }
    }

    /// The message at a field.
    pub fn error(&self, name: &str) -> Option<&str> {
        self.errors()
            .iter()
            .find(|error| error.field == name)
            .map(|error| error.message.as_str())
    }

    /// All messages, in the order in which the summary lists them.
    pub fn errors(&self) -> &[FieldMessage] {
        self.0.as_ref().map_or(&[], |returned| &returned.errors)
    }

    /// A field says what it is called, for the summary that stands above it.
    pub(super) fn call(&self, name: &str, label: &str) {
        if let Some(returned) = &self.0 {
            let mut labels = returned
                .labels
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            labels.push((name.to_owned(), label.to_owned()));
        }
    }

    /// What the summary says about a field: "Apellido paterno: complete este dato." Several fields
    /// may be refused for the same reason.
    pub(super) fn line(&self, error: &FieldMessage) -> String {
        let label = self.0.as_ref().and_then(|returned| {
            let labels = returned
                .labels
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            let found = labels.iter().find(|(name, _)| *name == error.field);
            found.map(|(_, label)| label.clone())
        });
        label.map_or_else(
            || error.message.clone(),
            |label| format!("{label}: {}", continued(&error.message)),
        )
    }

    /// The message about the form as a whole.
    pub fn alert(&self) -> Option<&str> {
        self.0
            .as_ref()
            .and_then(|returned| returned.alert.as_deref())
    }
}

/// A sentence after a colon: small, unless it begins with an abbreviation.
fn continued(sentence: &str) -> String {
    let mut letters = sentence.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            let rest = &sentence[first.len_utf8()..];
            first.to_lowercase().chain(rest.chars()).collect()
        }
        _ => sentence.to_owned(),
    }
}

impl From<&Self> for FormState {
    fn from(state: &Self) -> Self {
        state.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    fn refused() -> FormState {
        let errors = vec![FieldMessage {
            field: "seats".into(),
            message: "Escriba un número.".into(),
        }];
        FormState::returned(
            vec![pair("seats", "x"), pair("day", "tue"), pair("day", "thu")],
            errors,
            Some("No se guardó.".into()),
        )
    }

    #[test]
    fn a_fresh_form_shows_defaults_and_no_message() {
        let form = FormState::default();
        assert_eq!(form.value_or("seats", 40), "40");
        assert!(form.is_chosen("day", "tue", true));
        assert!(form.error("seats").is_none() && form.alert().is_none());
    }

    #[test]
    fn a_returned_form_shows_what_was_typed_even_nothing() {
        let form = refused();
        assert_eq!(form.value_or("seats", 40), "x");
        assert_eq!(form.value_or("room", "Sala 2"), "");
        assert_eq!(form.values_of("day").collect::<Vec<_>>(), ["tue", "thu"]);
        assert!(!form.is_chosen("day", "fri", true));
        assert_eq!(form.error("seats"), Some("Escriba un número."));
    }

    #[test]
    fn the_summary_names_the_field_once_it_is_known() {
        let form = refused();
        let error = form.errors()[0].clone();
        assert_eq!(form.line(&error), "Escriba un número.");
        form.call("seats", "Vacantes");
        assert_eq!(form.line(&error), "Vacantes: escriba un número.");
        assert_eq!(continued("DNI repetido."), "DNI repetido.");
        assert_eq!(continued(""), "");
    }

    #[test]
    fn two_forms_on_a_page_keep_their_own_state() {
        let form = refused().from_action("/api/editions/update");
        assert!(form.for_action("/api/editions/update").is_returned());
        assert!(!form.for_action("/api/editions/cancel").is_returned());
        assert!(refused().for_action("/api/editions/cancel").is_returned());
    }
}
