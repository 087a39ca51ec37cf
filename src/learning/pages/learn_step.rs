//! One step, one page.

use leptos::{prelude::*, server_fn::ServerFn as _};

use super::{
    frame::{UnitTab, learner_way, staff_way, tabs},
    step_list::step_list,
    step_view::{ANSWER_FORM, step_view},
};
use crate::{
    access::{Viewer, policy::ActionKind, viewer},
    error::AppError,
    learning::{
        StepId, StepKind,
        actions::ContinueStep,
        operations::{self, Lesson},
        queries::{self, StepRow},
        words,
    },
    paths,
    server::{go_to, page, page::path_id, services},
    sessions::SessionId,
    t,
    ui::{ButtonKind, ButtonLink, Notice, Page, PostButton, Progress, Width, number},
};

/// `/learn/{session}/{step}`
#[component]
pub fn LearnStepPage() -> impl IntoView {
    let session = path_id::<SessionId>("session");
    let step = path_id::<StepId>("step");
    page(async move {
        let viewer = viewer()?;
        let (session, step) = (session?, step?);
        let state = services();
        let mut connection = state.database.read().await?;
        let now = state.clock.now();
        let lesson = operations::lesson(&mut connection, &viewer, session, now).await?;
        let position = lesson.position(step).ok_or(AppError::NotFound)?;
        if !lesson.may_read(step) {
            go_to(&paths::learn(session));
            return Ok(().into_any());
        }
        let step = queries::step(&mut connection, step)
            .await?
            .ok_or(AppError::NotFound)?;
        let options = queries::options(&mut connection, step.id).await?;
        let done = lesson.steps[position - 1].done;
        let content = step_view(&step, options, done);
        Ok(view(&lesson, &viewer, &step, position, content))
    })
}

fn view(
    lesson: &Lesson,
    viewer: &Viewer,
    step: &StepRow,
    position: usize,
    content: AnyView,
) -> AnyView {
    let total = lesson.steps.len();
    let label = t!(learning.step_of, position = position, total = total);
    let float = |count: usize| number::float(i64::try_from(count).unwrap_or_default());
    let (breadcrumbs, preview) = if lesson.enrolment.is_some() {
        (learner_way(&lesson.unit), None)
    } else {
        (
            staff_way(&lesson.unit, viewer, Some(step.title.clone())),
            Some(preview(lesson, viewer, step)),
        )
    };
    let done = float(lesson.trail.done());
    let list = step_list(lesson, Some(step.id));
    let kind = words::kind(step.kind);
    let actions = actions(lesson, viewer, step);
    view! {
        <Page title=step.title.clone() width=Width::Reading breadcrumbs=breadcrumbs>
            {preview}
            <article class="lesson">
                <Progress label=label done=done total=float(total) />
                <h2 class="visually-hidden">{kind}</h2>
                {content}
                <details class="more">
                    <summary>{t!(learning.all_steps)}</summary>
                    {list}
                </details>
                {actions}
            </article>
        </Page>
    }
    .into_any()
}

/// What staff is told who looks at a step.
fn preview(lesson: &Lesson, viewer: &Viewer, step: &StepRow) -> AnyView {
    let edit = lesson.unit.allows(viewer, ActionKind::ManageProgram) && !lesson.unit.is_locked();
    let edit = edit.then(|| {
        view! { <p><a href=paths::step_edit(step.id)>{t!(learning.edit_step)}</a></p> }
    });
    view! {
        {tabs(&lesson.unit, viewer, UnitTab::Preview)}
        <Notice title=t!(learning.preview_title)><p>{t!(learning.preview)}</p>{edit}</Notice>
    }
    .into_any()
}

/// Back at the left, on at the right, always in the same place.
fn actions(lesson: &Lesson, viewer: &Viewer, step: &StepRow) -> AnyView {
    let session = lesson.unit.session;
    let (before, after) = lesson.trail.neighbours(step.id);
    let back = before.map(|before| {
        view! {
            <ButtonLink kind=ButtonKind::Secondary href=paths::learn_step(session, before)>
                {t!(learning.back)}
            </ButtonLink>
        }
    });
    let done = lesson
        .steps
        .iter()
        .any(|line| line.id == step.id && line.done);
    let on = if lesson.enrolment.is_none() || done {
        let next = match after {
            Some(after) => paths::learn_step(session, after),
            None if lesson.enrolment.is_some() => paths::learn(session),
            None if lesson.unit.allows(viewer, ActionKind::ManageProgram) => {
                paths::session_steps(session)
            }
            None => paths::session_progress(session),
        };
        view! { <ButtonLink href=next>{t!(learning.go_on)}</ButtonLink> }.into_any()
    } else if step.kind == StepKind::Question {
        view! { <button class="button" type="submit" form=ANSWER_FORM>{t!(learning.go_on)}</button> }
            .into_any()
    } else {
        let fields = vec![("step", step.id.to_string())];
        view! {
            <PostButton action=ContinueStep::PATH fields=fields kind=ButtonKind::Primary>
                {t!(learning.go_on)}
            </PostButton>
        }
        .into_any()
    };
    view! { <div class="lesson-actions">{back}{on}</div> }.into_any()
}
