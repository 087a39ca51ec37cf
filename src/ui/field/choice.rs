//! Fields that choose: one of a list, one of a few, yes or no, any of several.

use leptos::prelude::*;

use super::{FormState, Shell, mark};

/// One thing to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is posted.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Help under the label; radio buttons and checkboxes show it.
    pub hint: Option<String>,
}

impl Choice {
    /// A choice without help.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            hint: None,
        }
    }

    /// Adds help under the label.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// Things to choose: `vec![("taller", "Taller")]`, `vec![(id.to_string(), title)]` or `Vec<Choice>`.
#[derive(Clone, Debug, Default)]
pub struct Choices(Vec<Choice>);

impl<V: Into<String>, L: Into<String>> From<Vec<(V, L)>> for Choices {
    fn from(pairs: Vec<(V, L)>) -> Self {
        Self(
            pairs
                .into_iter()
                .map(|(value, label)| Choice::new(value, label))
                .collect(),
        )
    }
}

impl Choices {
    /// The same with something before each value: where a list offers things of several kinds.
    #[must_use]
    pub fn prefixed(mut self, prefix: &str) -> Self {
        for choice in &mut self.0 {
            choice.value.insert_str(0, prefix);
        }
        self
    }

    /// What is read of the choice that posts a value.
    pub fn label(&self, value: &str) -> Option<&str> {
        let found = self.0.iter().find(|choice| choice.value == value);
        found.map(|choice| choice.label.as_str())
    }
}

impl From<Vec<Choice>> for Choices {
    fn from(choices: Vec<Choice>) -> Self {
        Self(choices)
    }
}

fn options(choices: Choices, chosen: &str) -> AnyView {
    let option = |choice: Choice| {
        let selected = choice.value == chosen;
        view! { <option value=choice.value selected=selected>{choice.label}</option> }
    };
    choices.0.into_iter().map(option).collect_view().into_any()
}

/// One of a list. With a `placeholder` nothing is chosen at first.
#[component]
pub fn SelectField(
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
    /// The value chosen at first.
    #[prop(optional, into)]
    value: String,
    /// Must be chosen.
    #[prop(optional)]
    required: bool,
    /// What to choose from.
    #[prop(optional, into)]
    options: Choices,
    /// What to choose from under headings, after `options`.
    #[prop(optional)]
    groups: Vec<(String, Choices)>,
    /// A first, empty choice ("Elija un curso", "Todos").
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// The control's id where the same name stands twice on the page.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let form = FormState::or_around(form);
    let shell = Shell::new(&form, name, id, label, hint, required);
    let chosen = form.value_or(name, value);
    let groups = groups.into_iter().map(|(heading, choices)| {
        view! { <optgroup label=heading>{self::options(choices, &chosen)}</optgroup> }
    });
    let control = view! {
        <select class="input" id=shell.id.clone() name=name required=required
            aria-describedby=shell.described_by() aria-invalid=shell.invalid()>
            {placeholder.map(|text| view! { <option value="">{text}</option> })}
            {self::options(options, &chosen)}
            {groups.collect_view()}
        </select>
    };
    shell.around(control.into_any())
}

/// A radio button or a checkbox with its words, the whole line being the target.
fn tick(
    kind: &'static str,
    name: &'static str,
    id: String,
    choice: Choice,
    ticked: bool,
    required: bool,
) -> AnyView {
    let hint_id = choice.hint.as_ref().map(|_| format!("{id}-hint"));
    let hint = choice.hint.map(|hint| {
        view! { <span class="choice-hint" id=hint_id.clone()>{hint}</span> }
    });
    view! {
        <div class="choice">
            <input type=kind id=id.clone() name=name value=choice.value checked=ticked
                required=required aria-describedby=hint_id />
            <label for=id>{choice.label}</label>
            {hint}
        </div>
    }
    .into_any()
}

/// The first control bears the group's own id, so that the summary's link reaches it.
fn tick_id(shell: &Shell, index: usize) -> String {
    if index == 0 {
        shell.id.clone()
    } else {
        format!("{}-{index}", shell.id)
    }
}

/// One of a few, all in sight.
#[component]
pub fn RadioGroup(
    /// The form's state, where it is not the one around the field.
    #[prop(optional, into)]
    form: Option<FormState>,
    /// The field's name.
    name: &'static str,
    /// The legend above.
    #[prop(into)]
    label: String,
    /// Help under the legend.
    #[prop(optional, into)]
    hint: Option<String>,
    /// The value chosen at first.
    #[prop(optional, into)]
    value: String,
    /// Must be chosen.
    #[prop(optional)]
    required: bool,
    /// What to choose from.
    #[prop(into)]
    options: Choices,
    /// The group's id where the same name stands twice on the page.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let form = FormState::or_around(form);
    let shell = Shell::new(&form, name, id, label, hint, required);
    let chosen = form.value_or(name, value);
    let ticks = options.0.into_iter().enumerate().map(|(index, choice)| {
        let ticked = choice.value == chosen;
        tick(
            "radio",
            name,
            tick_id(&shell, index),
            choice,
            ticked,
            required,
        )
    });
    let ticks = ticks.collect::<Vec<_>>();
    shell.around_group(view! { <div class="choices">{ticks}</div> }.into_any())
}

/// Any of several; each chosen value is posted under the same name.
#[component]
pub fn CheckboxGroup(
    /// The form's state, where it is not the one around the field.
    #[prop(optional, into)]
    form: Option<FormState>,
    /// The name of all.
    name: &'static str,
    /// The legend above.
    #[prop(into)]
    label: String,
    /// Help under the legend.
    #[prop(optional, into)]
    hint: Option<String>,
    /// The values chosen at first.
    #[prop(optional)]
    values: Vec<String>,
    /// What to choose from.
    #[prop(into)]
    options: Choices,
    /// The group's id where the same name stands twice on the page.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let form = FormState::or_around(form);
    let shell = Shell::new(&form, name, id, label, hint, false);
    let ticks = options.0.into_iter().enumerate().map(|(index, choice)| {
        let ticked = form.is_chosen(name, &choice.value, values.contains(&choice.value));
        tick(
            "checkbox",
            name,
            tick_id(&shell, index),
            choice,
            ticked,
            false,
        )
    });
    let ticks = ticks.collect::<Vec<_>>();
    shell.around_group(view! { <div class="choices">{ticks}</div> }.into_any())
}

/// Yes or no. Posts its `value` when ticked and nothing when not.
#[component]
pub fn CheckboxField(
    /// The form's state, where it is not the one around the field.
    #[prop(optional, into)]
    form: Option<FormState>,
    /// The field's name.
    name: &'static str,
    /// The sentence beside it.
    #[prop(into)]
    label: String,
    /// Help under the sentence.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Ticked at first.
    #[prop(optional)]
    checked: bool,
    /// Must be ticked.
    #[prop(optional)]
    required: bool,
    /// What is posted when ticked.
    #[prop(default = "true".into(), into)]
    value: String,
    /// The control's id where the same name stands twice on the page.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let form = FormState::or_around(form);
    let shell = Shell::new(&form, name, id, label, hint, required);
    let ticked = form.is_chosen(name, &value, checked);
    let (hint, error) = (shell.hint_view(), shell.error_view());
    view! {
        <div class=shell.class()>
            {error}
            <div class="choice">
                <input type="checkbox" id=shell.id.clone() name=name value=value checked=ticked
                    required=required aria-describedby=shell.described_by()
                    aria-invalid=shell.invalid() />
                <label for=shell.id.clone()>{shell.label.clone()}{mark(required)}</label>
                {hint}
            </div>
        </div>
    }
}
