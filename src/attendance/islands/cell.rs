//! One cell: the word of what stands, how far it is saved, and whether two disagree.

use leptos::prelude::*;

use super::{
    live,
    state::{Place, Shown, State},
};
use crate::{attendance::MarkStatus, paths};

/// The cell of one person in one session.
pub fn cell(state: State, place: Place) -> AnyView {
    let shown = state.cell(place);
    // Read-only but for what may be said already; the reason is the cell's own.
    let why = state
        .why(place.column)
        .filter(|_| state.grid(|grid| grid.open));
    let limited = if why.is_some() { " is-limited" } else { "" };
    view! {
        <td class=live::text(move || format!("{}{limited}", class(&shown.get()))) title=why aria-disabled=(!limited.is_empty()).then_some("true")>{live::view(move || content(state, place, &shown.get()))}</td>
    }
    .into_any()
}

fn class(shown: &Shown) -> &'static str {
    if shown.is_waiting() {
        "mark-cell is-unsaved"
    } else if shown.conflict() {
        "mark-cell is-conflict"
    } else if shown.saved {
        "mark-cell is-saved"
    } else {
        "mark-cell"
    }
}

fn content(state: State, place: Place, shown: &Shown) -> AnyView {
    let word = state.words(|words| words.status(shown.status()).to_owned());
    let chip = match shown.status() {
        MarkStatus::NotTaken => view! {
            <span class="mark-chip mark-none">
                <span aria-hidden="true">"–"</span>
                <span class="visually-hidden">{word}</span>
            </span>
        }
        .into_any(),
        MarkStatus::Partial => {
            let minutes = shown.minutes().to_string();
            let minutes = state.words(|words| words.cell_minutes.replace("{n}", &minutes));
            view! {
                <span class="mark-chip mark-partial">
                    <span class="visually-hidden">{word}" "</span>
                    {minutes}
                </span>
            }
            .into_any()
        }
        status => view! { <span class=chip_class(status)>{word}</span> }.into_any(),
    };
    if !shown.conflict() {
        return chip;
    }
    let history = state.grid(|grid| {
        paths::mark_history(
            grid.people[place.row].enrolment,
            grid.sessions[place.column].id,
        )
    });
    let label = state.words(|words| words.conflict.clone());
    view! {
        {chip}
        <a class="mark-conflict" href=history>
            <span aria-hidden="true">"!"</span>
            <span class="visually-hidden">{label}</span>
        </a>
    }
    .into_any()
}

fn chip_class(status: MarkStatus) -> &'static str {
    match status {
        MarkStatus::Present => "mark-chip mark-present",
        MarkStatus::Late => "mark-chip mark-late",
        MarkStatus::Partial => "mark-chip mark-partial",
        MarkStatus::Excused => "mark-chip mark-excused",
        MarkStatus::Absent => "mark-chip mark-absent",
        MarkStatus::NotTaken => "mark-chip mark-none",
    }
}
