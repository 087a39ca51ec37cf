//! Actions: links that look like buttons, one-button forms, and the harm that asks first.

use leptos::{context::Provider, prelude::*};

use super::{field::TextField, form::form_key, form_state::FormState};

/// The weight of an action. One primary a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The page's one next step.
    #[default]
    Primary,
    /// Any other action.
    Secondary,
    /// An action in a line of text or a table row.
    Quiet,
    /// What harms or cannot be undone.
    Harm,
    /// The way to what harms: the first press, which does nothing yet.
    HarmQuiet,
}

impl ButtonKind {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button",
            Self::Secondary => "button button-secondary",
            Self::Quiet => "button button-quiet",
            Self::Harm => "button button-harm",
            Self::HarmQuiet => "button button-harm-quiet",
        }
    }
}

/// A link that looks like a button: goes somewhere, changes nothing.
#[component]
pub fn ButtonLink(
    /// Where to.
    #[prop(into)]
    href: String,
    /// Its weight.
    #[prop(optional)]
    kind: ButtonKind,
    /// Offers the address as a file rather than opening it.
    #[prop(optional)]
    download: bool,
    /// A verb ("Crear edición"), perhaps with an `Icon` before it.
    children: Children,
) -> impl IntoView {
    view! { <a class=kind.class() href=href download=download>{children()}</a> }
}

/// A form of one button: posts hidden fields to a server function. Secondary unless told.
#[component]
pub fn PostButton(
    /// The server function ("/api/…").
    #[prop(into)]
    action: String,
    /// What it posts: names and values.
    #[prop(optional)]
    fields: Vec<(&'static str, String)>,
    /// Its weight.
    #[prop(default = ButtonKind::Secondary)]
    kind: ButtonKind,
    /// What the button does, for assistive technology, where several on the page bear the same word.
    #[prop(optional, into)]
    describe: Option<String>,
    /// Shown but not to be pressed; say beside it why.
    #[prop(optional)]
    disabled: bool,
    /// A verb.
    children: Children,
) -> impl IntoView {
    view! {
        <form class="post-button" method="post" action=action>
            {form_key()}
            {hidden(fields)}
            <button class=kind.class() type="submit" aria-label=describe disabled=disabled>
                {children()}
            </button>
        </form>
    }
}

/// An action that asks first, because it cannot be undone or ends more than its name says: the first
/// press opens the explanation, the second does it.
#[component]
pub fn ConfirmButton(
    /// The first button ("Revocar certificado…").
    #[prop(into)]
    label: String,
    /// What will happen, to whom, and what cannot be undone.
    #[prop(into)]
    explanation: String,
    /// The button that does it ("Revocar").
    #[prop(into)]
    confirm: String,
    /// The server function ("/api/…").
    #[prop(into)]
    action: String,
    /// What it posts: names and values.
    #[prop(optional)]
    fields: Vec<(&'static str, String)>,
    /// Asks for a reason: the field's name and its label.
    #[prop(optional)]
    reason: Option<(&'static str, String)>,
    /// What it ends is no harm: the buttons are those of any other action.
    #[prop(optional)]
    calm: bool,
    /// More fields, above the button.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let form = refused(&action, &fields);
    let open = form.is_returned();
    let reason = reason.map(|(name, label)| {
        // Several stand on a page, about several things or about one.
        let verb = action.rsplit('/').next().unwrap_or_default();
        let values = fields.iter().map(|(_, value)| value.as_str());
        let id = values.fold(format!("{name}-{verb}"), |id, value| id + "-" + value);
        (name, label, id)
    });
    let (first, second) = if calm {
        (ButtonKind::Secondary, ButtonKind::Primary)
    } else {
        (ButtonKind::HarmQuiet, ButtonKind::Harm)
    };
    view! {
        <details class="confirm" open=open>
            <summary class=first.class()>{label}</summary>
            <form class="confirm-body" method="post" action=action>
                {form_key()}
                {hidden(fields)}
                <p>{explanation}</p>
                <Provider value=form>
                    {reason.map(|(name, label, id)| view! {
                        <TextField name=name label=label id=id required=true maxlength=500 />
                    })}
                    {children.map(|children| children())}
                </Provider>
                <button class=second.class() type="submit">{confirm}</button>
            </form>
        </details>
    }
}

/// What the server refused of this very button: the same action with the same hidden values.
fn refused(action: &str, fields: &[(&'static str, String)]) -> FormState {
    let form = FormState::or_around(None).for_action(action);
    let mine = fields
        .iter()
        .all(|(name, value)| form.value(name) == Some(value));
    if mine { form } else { FormState::default() }
}

fn hidden(fields: Vec<(&'static str, String)>) -> Vec<AnyView> {
    let input = |(name, value)| view! { <input type="hidden" name=name value=value /> }.into_any();
    fields.into_iter().map(input).collect()
}

/// Buttons side by side, the most important first.
#[component]
pub fn ButtonRow(
    /// The buttons.
    children: Children,
) -> impl IntoView {
    view! { <div class="button-row">{children()}</div> }
}
