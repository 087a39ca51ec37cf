//! All steps of a session in a list: those that may be opened are links.

use leptos::prelude::*;

use crate::{
    learning::{StepId, operations::Lesson},
    paths, t,
    ui::{Icon, IconShape},
};

/// The list; `here` is the step of the page, if it is the page of one.
pub(super) fn step_list(lesson: &Lesson, here: Option<StepId>) -> AnyView {
    let session = lesson.unit.session;
    let items = lesson.steps.iter().map(|line| {
        let title = line.title.clone();
        let words = if Some(line.id) != here && lesson.may_read(line.id) {
            view! { <a href=paths::learn_step(session, line.id)>{title}</a> }.into_any()
        } else {
            title.into_any()
        };
        let done = line.done.then(|| {
            view! { <span class="step-done"><Icon shape=IconShape::Check />{t!(ui.done)}</span> }
        });
        let current = (Some(line.id) == here).then_some("step");
        view! { <li class="step" aria-current=current>{words}{done}</li> }
    });
    view! { <ol class="steps">{items.collect_view()}</ol> }.into_any()
}
