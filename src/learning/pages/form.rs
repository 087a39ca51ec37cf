//! The fields of a step.

use leptos::prelude::*;

use crate::{
    learning::{
        StepKind,
        file_kind::FileKind,
        queries::{OptionRow, StepRow},
        step::{ANSWER_FIELDS, MAX_ANSWERS},
        words,
    },
    paths, t,
    ui::{FieldSet, FileField, SelectField, TextAreaField, TextField},
};

/// How many answers are in sight before somebody asks for more.
const ANSWERS_SHOWN: usize = 4;

/// The fields of a step of this kind, with what it holds already.
pub(super) fn fields(kind: StepKind, step: Option<&StepRow>, options: &[OptionRow]) -> AnyView {
    let title = step.map_or(String::new(), |step| step.title.clone());
    let body = step.map_or(String::new(), |step| step.body.clone());
    let needed = matches!(kind, StepKind::Text | StepKind::Question);
    let rows = if kind == StepKind::Text { 16 } else { 5 };
    let special = match kind {
        StepKind::Text => ().into_any(),
        StepKind::Link => link_field(step),
        StepKind::File => file_field(step),
        StepKind::Question => answer_fields(options),
    };
    view! {
        <TextField name="title" label=t!(learning.field.title) value=title required=true maxlength=160 />
        <TextAreaField name="body" label=body_label(kind) hint=t!(learning.field.markdown)
            value=body required=needed maxlength=20000 rows=rows />
        {special}
    }
    .into_any()
}

fn body_label(kind: StepKind) -> String {
    match kind {
        StepKind::Text => t!(learning.field.text),
        StepKind::File | StepKind::Link => t!(learning.field.about),
        StepKind::Question => t!(learning.field.question),
    }
}

fn link_field(step: Option<&StepRow>) -> AnyView {
    let link = step.and_then(|step| step.link.clone());
    view! {
        <TextField name="link" label=t!(learning.field.link) hint=t!(learning.field.link_hint)
            value=link.unwrap_or_default() required=true maxlength=500 autocomplete="off" />
    }
    .into_any()
}

fn file_field(step: Option<&StepRow>) -> AnyView {
    let there = step.and_then(|step| Some((step.file?, step.file_name.clone()?, step)));
    let required = there.is_none();
    let there = there.map(|(file, name, step)| {
        let about = words::file(
            step.file_type.as_deref().unwrap_or_default(),
            step.file_size.unwrap_or_default(),
        );
        view! {
            <p>
                {t!(learning.field.present_file)}" "<a href=paths::file(file)>{name}</a>
                " "<span class="quiet">{about}</span>
            </p>
        }
    });
    let hint = if required {
        t!(learning.field.file_hint)
    } else {
        t!(learning.field.other_file_hint)
    };
    view! {
        {there}
        <FileField name="file" label=t!(learning.field.file) hint=hint required=required
            accept=FileKind::ACCEPT />
    }
    .into_any()
}

/// The answers, the first few in sight, and which of them is right.
fn answer_fields(options: &[OptionRow]) -> AnyView {
    let sets = (0..MAX_ANSWERS).map(|index| answer_set(index, options.get(index)));
    let mut sets: Vec<AnyView> = sets.collect();
    let more = sets.split_off(ANSWERS_SHOWN);
    let open = options.len() > ANSWERS_SHOWN;
    let correct = options.iter().position(|option| option.correct);
    let correct = correct.map_or(String::new(), |index| (index + 1).to_string());
    let numbers: Vec<(String, String)> = (1..=MAX_ANSWERS)
        .map(|number| (number.to_string(), t!(learning.field.answer, n = number)))
        .collect();
    view! {
        {sets}
        <details class="more" open=open>
            <summary>{t!(learning.field.more_answers)}</summary>
            {more}
        </details>
        <SelectField name="correct" label=t!(learning.field.correct) required=true value=correct
            placeholder=t!(learning.field.choose_answer) options=numbers />
    }
    .into_any()
}

fn answer_set(index: usize, option: Option<&OptionRow>) -> AnyView {
    let (answer_field, feedback_field) = ANSWER_FIELDS[index];
    let answer = option.map_or(String::new(), |option| option.answer.clone());
    let feedback = option.map_or(String::new(), |option| option.feedback.clone());
    let legend = t!(learning.field.answer, n = index + 1);
    view! {
        <FieldSet legend=legend>
            <TextField name=answer_field label=t!(learning.field.answer_text) value=answer
                required=index < 2 maxlength=500 autocomplete="off" />
            <TextAreaField name=feedback_field label=t!(learning.field.feedback)
                hint=t!(learning.field.feedback_hint) value=feedback maxlength=1000 rows=2 />
        </FieldSet>
    }
    .into_any()
}
