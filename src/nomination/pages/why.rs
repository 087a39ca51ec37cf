//! What is said of a line: why it is as it is, what can be chosen, what became of it.

use leptos::prelude::*;

use super::lines::LineView;
use crate::{
    error::Reason,
    nomination::{Decision, Verdict, check::Found, line::LineFault, queries::Line, words},
    people::{self, Difference, PersonHit, operations::Elsewhere},
    server::words as house_words,
    t,
    ui::time,
};

/// Why a line is as it is, and the choice where there is one.
pub(super) fn why(view: &LineView) -> AnyView {
    let line = &view.line;
    let number = line.number.to_string();
    match (&view.found, line.verdict) {
        (_, Verdict::Repeated) => {
            let first = line.repeats.unwrap_or_default();
            t!(nomination.why_repeated, n = first).into_any()
        }
        (Some(Found::Faulty(faults)), _) => {
            let faults = faults.iter().map(fault).collect_view();
            view! { <ul class="lines" role="list">{faults}</ul> }.into_any()
        }
        (Some(Found::Possible(hits, _)), Verdict::Possible) => same_or_not(view, hits),
        (Some(Found::Conflict(holder, differences)), Verdict::Conflict) => {
            conflict(view, holder, differences)
        }
        (Some(Found::Conflict(..)), _) => t!(nomination.why_changed).into_any(),
        (_, Verdict::New | Verdict::Known) => {
            let taken = line.decision != Decision::Leave;
            let label = t!(nomination.take_line, name = view.name.as_str());
            let id = format!("take-{number}");
            view! {
                <input type="hidden" name="shown[]" value=number.clone() />
                <div class="choice">
                    <input type="checkbox" id=id.clone() name="take[]" value=number checked=taken aria-label=label />
                    <label for=id>{t!(nomination.take)}</label>
                </div>
            }
            .into_any()
        }
        (_, Verdict::Enrolled) => t!(nomination.why_enrolled).into_any(),
        _ => t!(nomination.why_changed).into_any(),
    }
}

/// A column, what stands in it, what is wrong with it and what to do.
fn fault(fault: &LineFault) -> AnyView {
    let column = words::field(fault.field);
    let sentence = words::remedy(fault.field)
        .filter(|_| fault.fault == crate::error::Fault::UnknownChoice)
        .unwrap_or_else(|| house_words::fault_sentence(&fault.fault));
    let value = if fault.value.is_empty() {
        t!(nomination.blank)
    } else {
        format!("«{}»", fault.value)
    };
    view! { <li><strong>{column}</strong>": "{value}" "{sentence}</li> }.into_any()
}

/// Whose number it is and what differs; it may be the same person all the same, and is nobody else.
fn conflict(view: &LineView, holder: &PersonHit, differences: &[Difference]) -> AnyView {
    let differs = people::words::differences(differences);
    let name = holder.name_and_institution();
    let words = t!(
        nomination.why_conflict,
        name = name.as_str(),
        differs = differs.as_str()
    );
    let options = vec![leave(&view.line), same(&view.line, holder)];
    view! { <p>{words}</p>{choice(view, options)} }.into_any()
}

/// The people of the same names, and that it is none of them.
fn same_or_not(view: &LineView, hits: &[PersonHit]) -> AnyView {
    let line = &view.line;
    let another = option(
        line,
        "another".to_owned(),
        t!(nomination.is_another),
        line.decision == Decision::Another,
    );
    let people = hits.iter().map(|hit| same(line, hit));
    let options = std::iter::once(leave(line))
        .chain(people)
        .chain([another])
        .collect();
    choice(view, options)
}

fn leave(line: &Line) -> AnyView {
    let chosen = line.decision == Decision::Leave;
    option(line, "leave".to_owned(), t!(nomination.leave), chosen)
}

fn same(line: &Line, hit: &PersonHit) -> AnyView {
    let name = hit.name_and_institution();
    let word = t!(nomination.is_person, name = name.as_str());
    let chosen = line.decision == Decision::Take && line.person == Some(hit.id);
    option(line, hit.id.to_string(), word, chosen)
}

fn option(line: &Line, decided: String, word: String, chosen: bool) -> AnyView {
    let value = format!("{}:{decided}", line.number);
    view! { <option value=value selected=chosen>{word}</option> }.into_any()
}

fn choice(view: &LineView, options: Vec<AnyView>) -> AnyView {
    let label = t!(nomination.who_is, name = view.name.as_str());
    view! { <select class="input" name="choice[]" aria-label=label>{options}</select> }.into_any()
}

/// That the list names somebody at another institution, and the choice to write it down.
pub(super) fn moves(view: &LineView, elsewhere: &Elsewhere) -> AnyView {
    let line = &view.line;
    let number = line.number.to_string();
    let said = elsewhere.said.as_str();
    let sentence = match &elsewhere.registered {
        Some(registered) => {
            t!(
                nomination.moves.differs,
                said = said,
                registered = registered.as_str()
            )
        }
        None => t!(nomination.moves.unknown, said = said),
    };
    let since = time::date(elsewhere.affiliation.since);
    let (no, yes) = (
        format!("{number}:no"),
        format!("{number}:{}", elsewhere.person),
    );
    let id = format!("moves-{number}");
    let label = t!(
        nomination.moves.label,
        name = view.name.as_str(),
        said = said
    );
    view! {
        <p class="quiet">{sentence}</p>
        <input type="hidden" name="moves[]" value=no />
        <div class="choice">
            <input type="checkbox" id=id.clone() name="moves[]" value=yes checked=line.moves aria-label=label />
            <label for=id>{t!(nomination.moves.choose, since = since)}</label>
        </div>
    }
    .into_any()
}

/// Why a line was not enrolled, and whether the register learned where the person serves.
pub(super) fn became(line: &Line) -> AnyView {
    let moved = (line.moves && line.outcome.is_some())
        .then(|| view! { <p class="quiet">{t!(nomination.moves.done)}</p> });
    let refusal = refusal(line);
    view! { {refusal}{moved} }.into_any()
}

/// Why a line was not enrolled.
fn refusal(line: &Line) -> AnyView {
    let reason: Option<Reason> = line
        .refusal
        .as_deref()
        .and_then(|text| serde_json::from_str(text).ok());
    reason
        .map(|reason| house_words::sentence(&reason.into()))
        .unwrap_or_default()
        .into_any()
}
