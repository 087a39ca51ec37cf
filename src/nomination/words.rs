//! The words for lists, in the language of the request.

use super::{Field, NominationState, Outcome, Verdict};
use crate::{
    people::{Sex, words::sex},
    t,
    ui::{Chip, Tone},
};
use leptos::prelude::*;

/// What a column holds: the headings of the empty list.
pub(super) fn field(field: Field) -> String {
    match field {
        Field::DocumentKind => t!(nomination.field.document_kind),
        Field::DocumentNumber => t!(nomination.field.document_number),
        Field::PaternalSurname => t!(nomination.field.paternal_surname),
        Field::MaternalSurname => t!(nomination.field.maternal_surname),
        Field::GivenNames => t!(nomination.field.given_names),
        Field::Sex => t!(nomination.field.sex),
        Field::BirthYear => t!(nomination.field.birth_year),
        Field::Nationality => t!(nomination.field.nationality),
        Field::Email => t!(nomination.field.email),
        Field::Phone => t!(nomination.field.phone),
        Field::Institution => t!(nomination.field.institution),
        Field::Unit => t!(nomination.field.unit),
        Field::Position => t!(nomination.field.position),
        Field::Department => t!(nomination.field.department),
    }
}

/// The sexes a list may state.
pub(super) fn sexes() -> Vec<String> {
    [Sex::Female, Sex::Male].map(sex).to_vec()
}

/// What to write instead where a word is not known; `None`: the fault says it.
pub(super) fn remedy(of: Field) -> Option<String> {
    match of {
        Field::Institution => Some(t!(nomination.remedy.institution)),
        Field::Unit => Some(t!(nomination.remedy.unit)),
        Field::Department => Some(t!(nomination.remedy.department)),
        Field::Sex => Some(t!(nomination.remedy.sex)),
        Field::DocumentKind => Some(t!(nomination.remedy.document_kind)),
        Field::Nationality => Some(t!(nomination.remedy.nationality)),
        _ => None,
    }
}

/// The lines of one verdict, as a tab names them.
pub(super) fn verdicts(verdict: Verdict) -> String {
    match verdict {
        Verdict::Unread => t!(nomination.verdicts.unread),
        Verdict::Faulty => t!(nomination.verdicts.faulty),
        Verdict::Possible => t!(nomination.verdicts.possible),
        Verdict::Conflict => t!(nomination.verdicts.conflict),
        Verdict::New => t!(nomination.verdicts.new),
        Verdict::Known => t!(nomination.verdicts.known),
        Verdict::Enrolled => t!(nomination.verdicts.enrolled),
        Verdict::Repeated => t!(nomination.verdicts.repeated),
    }
}

/// A line's verdict.
pub(super) fn verdict_chip(verdict: Verdict) -> AnyView {
    let (tone, label) = match verdict {
        Verdict::Unread => (Tone::Neutral, t!(nomination.verdict.unread)),
        Verdict::Faulty => (Tone::Harm, t!(nomination.verdict.faulty)),
        Verdict::Possible => (Tone::Attention, t!(nomination.verdict.possible)),
        Verdict::Conflict => (Tone::Harm, t!(nomination.verdict.conflict)),
        Verdict::New => (Tone::Good, t!(nomination.verdict.new)),
        Verdict::Known => (Tone::Good, t!(nomination.verdict.known)),
        Verdict::Enrolled => (Tone::Neutral, t!(nomination.verdict.enrolled)),
        Verdict::Repeated => (Tone::Neutral, t!(nomination.verdict.repeated)),
    };
    view! { <Chip tone=tone label=label /> }.into_any()
}

/// What became of a line.
pub(super) fn outcome_chip(outcome: Outcome) -> AnyView {
    let (tone, label) = match outcome {
        Outcome::Enrolled => (Tone::Good, t!(nomination.outcome.enrolled)),
        Outcome::Waiting => (Tone::Attention, t!(nomination.outcome.waiting)),
        Outcome::Requested => (Tone::Progress, t!(nomination.outcome.requested)),
        Outcome::Unchanged => (Tone::Neutral, t!(nomination.outcome.unchanged)),
        Outcome::Refused => (Tone::Harm, t!(nomination.outcome.refused)),
        Outcome::Left => (Tone::Neutral, t!(nomination.outcome.left)),
    };
    view! { <Chip tone=tone label=label /> }.into_any()
}

/// What became of lines, as a figure names it.
pub(super) fn outcomes(outcome: Outcome) -> String {
    match outcome {
        Outcome::Enrolled => t!(nomination.outcomes.enrolled),
        Outcome::Waiting => t!(nomination.outcomes.waiting),
        Outcome::Requested => t!(nomination.outcomes.requested),
        Outcome::Unchanged => t!(nomination.outcomes.unchanged),
        Outcome::Refused => t!(nomination.outcomes.refused),
        Outcome::Left => t!(nomination.outcomes.left),
    }
}

/// How far a list is.
pub(super) fn state_chip(state: NominationState) -> AnyView {
    let (tone, label) = match state {
        NominationState::Columns => (Tone::Attention, t!(nomination.state.columns)),
        NominationState::Checked => (Tone::Progress, t!(nomination.state.checked)),
        NominationState::Applied => (Tone::Good, t!(nomination.state.applied)),
        NominationState::Undone => (Tone::Neutral, t!(nomination.state.undone)),
        NominationState::Discarded => (Tone::Neutral, t!(nomination.state.discarded)),
    };
    view! { <Chip tone=tone label=label /> }.into_any()
}
