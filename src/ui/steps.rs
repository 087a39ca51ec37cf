//! What to do next, in its order.

use leptos::prelude::*;

use super::icon::{Icon, IconShape};

/// One step.
#[derive(Clone, Debug)]
pub struct Step {
    /// What to do.
    pub text: String,
    /// Where to do it.
    pub href: Option<String>,
    /// Already done.
    pub done: bool,
}

impl Step {
    /// A step that is done or still to do.
    pub fn new(text: impl Into<String>, done: bool) -> Self {
        Self {
            text: text.into(),
            href: None,
            done,
        }
    }

    /// Leads to where it is done.
    #[must_use]
    pub fn at(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }
}

/// The steps, the first one that is not done standing out.
#[component]
pub fn Steps(
    /// The steps in their order.
    items: Vec<Step>,
) -> impl IntoView {
    let next = items.iter().position(|step| !step.done);
    let items =
        items.into_iter().enumerate().map(|(index, step)| {
            let current = (next == Some(index)).then_some("step");
            let words = match step.href.filter(|_| !step.done) {
                Some(href) => view! { <a href=href>{step.text}</a> }.into_any(),
                None => step.text.into_any(),
            };
            let done = step.done.then(|| view! {
            <span class="step-done"><Icon shape=IconShape::Check />{crate::t!(ui.done)}</span>
        });
            view! { <li class="step" aria-current=current>{words}{done}</li> }
        });
    view! { <ol class="steps">{items.collect_view()}</ol> }
}
