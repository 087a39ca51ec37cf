//! What a step shows: text, file, link or question.

use leptos::{prelude::*, server_fn::ServerFn as _};

use crate::{
    learning::{
        StepKind,
        actions::Answer,
        queries::{OptionRow, StepRow},
        step::link_host,
        words,
    },
    paths, t,
    ui::{
        ButtonKind, ButtonLink, Choice, Form, HiddenField, Icon, IconShape, Markdown, Notice,
        NoticeKind, RadioGroup,
    },
};

/// The id of the form that answers; the button that sends it stands outside.
pub(super) const ANSWER_FORM: &str = "answer";

/// A step as learners see it. A question that is `settled` shows its right answer; any other asks.
pub(super) fn step_view(step: &StepRow, options: Vec<OptionRow>, settled: bool) -> AnyView {
    let special = match step.kind {
        StepKind::Text => ().into_any(),
        StepKind::Link => link(step),
        StepKind::File => file(step),
        StepKind::Question if settled => right_answer(options),
        StepKind::Question => question(step, options),
    };
    view! { <Markdown text=step.body.clone() />{special} }.into_any()
}

fn link(step: &StepRow) -> AnyView {
    let href = step.link.clone().unwrap_or_default();
    let host = link_host(&href).to_owned();
    view! {
        <p>
            <a class="button button-secondary" href=href target="_blank" rel="noopener noreferrer">
                {t!(learning.open_link, host = host)}
            </a>
        </p>
        <p class="quiet small">{t!(learning.link_outside)}</p>
    }
    .into_any()
}

fn file(step: &StepRow) -> AnyView {
    let Some(file) = step.file else {
        return ().into_any();
    };
    let name = step.file_name.clone().unwrap_or_default();
    let about = words::file(
        step.file_type.as_deref().unwrap_or_default(),
        step.file_size.unwrap_or_default(),
    );
    view! {
        <p>
            <ButtonLink kind=ButtonKind::Secondary href=paths::file(file) download=true>
                <Icon shape=IconShape::Download />{t!(learning.download)}
            </ButtonLink>
        </p>
        <p class="quiet small">{name}" · "{about}</p>
    }
    .into_any()
}

fn question(step: &StepRow, options: Vec<OptionRow>) -> AnyView {
    let choices: Vec<Choice> = options
        .into_iter()
        .map(|option| Choice::new(option.id.to_string(), option.answer))
        .collect();
    let (id, version) = (step.id.to_string(), step.version.to_string());
    view! {
        <Form action=Answer::PATH id=ANSWER_FORM>
            <HiddenField name="step" value=id />
            <HiddenField name="version" value=version />
            <RadioGroup name="option" label=t!(learning.choose) required=true options=choices />
        </Form>
    }
    .into_any()
}

fn right_answer(options: Vec<OptionRow>) -> AnyView {
    let right = options.into_iter().find(|option| option.correct);
    right
        .map(|option| {
            let feedback =
                (!option.feedback.is_empty()).then(|| view! { <p>{option.feedback}</p> });
            view! {
                <Notice kind=NoticeKind::Success title=t!(learning.right_answer)>
                    <p>{option.answer}</p>
                    {feedback}
                </Notice>
            }
        })
        .into_any()
}
