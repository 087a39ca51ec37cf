//! The small menu beside a cell: what it can say, with the letters, and its history.

use leptos::{ev, html, prelude::*};

use super::{
    dom, live,
    state::{Menu, Place, State},
};
use crate::{
    attendance::{MarkStatus, grid::StatusWord},
    paths,
};

/// The menu, empty while it is closed.
pub fn menu(state: State, frame: NodeRef<html::Div>) -> AnyView {
    let element = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        let Some(menu) = state.menu.get() else {
            return;
        };
        request_animation_frame(move || {
            if let (Some(frame), Some(element)) = (frame.get_untracked(), element.get_untracked()) {
                dom::place_menu(&frame, &element, menu.place);
            }
        });
    });
    view! {
        <div class="grid-menu" node_ref=element hidden=live::flag(move || state.menu.get().is_none())>
            {live::view(move || match state.menu.get() {
                Some(menu) => content(state, frame, menu),
                None => ().into_any(),
            })}
        </div>
    }
    .into_any()
}

fn content(state: State, frame: NodeRef<html::Div>, menu: Menu) -> AnyView {
    let place = menu.place;
    let whose = state.grid(|grid| {
        let (person, session) = (&grid.people[place.row], &grid.sessions[place.column]);
        format!("{}, {}", person.name, session.day)
    });
    let choices = if menu.minutes {
        minutes(state, frame, place)
    } else {
        choices(state, frame, place)
    };
    view! {
        <p class="grid-menu-title">{whose}</p>
        {choices}
    }
    .into_any()
}

fn choices(state: State, frame: NodeRef<html::Div>, place: Place) -> AnyView {
    let (open, statuses) = state.grid(|grid| (grid.open, grid.words.statuses.clone()));
    let buttons: Vec<AnyView> = statuses
        .into_iter()
        .filter(|word| open && state.allows(place.column, word.status))
        .map(|word| choice(state, frame, place, word))
        .collect();
    let has_marks = state.cell(place).get_untracked().newest().is_some();
    let history = has_marks.then(|| {
        let path = state.grid(|grid| {
            let enrolment = grid.people[place.row].enrolment;
            paths::mark_history(enrolment, grid.sessions[place.column].id)
        });
        let label = state.words(|words| words.history.clone());
        view! { <a class="grid-menu-line" href=path>{label}</a> }
    });
    let why = state.why(place.column).filter(|_| open);
    let why = why.map(|why| view! { <p class="grid-menu-why">{why}</p> });
    view! { {why} {buttons} {history} }.into_any()
}

fn choice(state: State, frame: NodeRef<html::Div>, place: Place, word: StatusWord) -> AnyView {
    let StatusWord { status, word, key } = word;
    let chosen = state.cell(place).get_untracked().status() == status;
    let choose = move |_| {
        if status == MarkStatus::Partial {
            state.menu.set(Some(Menu {
                place,
                minutes: true,
            }));
        } else {
            state.menu.set(None);
            state.mark(place, status, None);
            dom::focus(frame, place);
        }
    };
    let key = (!key.is_empty()).then(|| view! { <kbd>{key}</kbd> });
    view! {
        <button type="button" class="grid-menu-line" aria-pressed=chosen.to_string() on:click=live::act(choose)>
            {word}{key}
        </button>
    }
    .into_any()
}

/// Asks for the minutes of partial attendance.
fn minutes(state: State, frame: NodeRef<html::Div>, place: Place) -> AnyView {
    let max = state.grid(|grid| grid.sessions[place.column].planned) - 1;
    let [label, bad, set] = state.words(|words| {
        [
            words.minutes_of.replace("{max}", &max.to_string()),
            words.minutes_bad.replace("{max}", &max.to_string()),
            words.set_minutes.clone(),
        ]
    });
    let shown = state.cell(place).get_untracked();
    let partial = shown.status() == MarkStatus::Partial;
    let value = if partial {
        shown.minutes().to_string()
    } else {
        String::new()
    };
    let input = NodeRef::<html::Input>::new();
    let is_bad = RwSignal::new(false);
    let save = move || {
        let typed = input.get_untracked().map(|input| input.value());
        match typed.and_then(|typed| typed.trim().parse().ok()) {
            Some(minutes) if (1..=max).contains(&minutes) => {
                state.menu.set(None);
                state.mark(place, MarkStatus::Partial, Some(minutes));
                dom::focus(frame, place);
            }
            _ => is_bad.set(true),
        }
    };
    let pressed = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            save();
        }
    };
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            // The place where the digits go; a field that has gone needs no focus.
            drop(input.focus());
            input.select();
        }
    });
    view! {
        <label class="grid-menu-minutes">
            <span>{label}</span>
            <input class="input input-number" type="number" inputmode="numeric" min="1"
                max=max.to_string() value=value node_ref=input on:keydown=live::act(pressed)
                aria-invalid=move || is_bad.get().then_some("true") />
        </label>
        <p class="field-error" role="alert" hidden=live::flag(move || !is_bad.get())>{bad}</p>
        <button type="button" class="button" on:click=live::act(move |_| save())>{set}</button>
    }
    .into_any()
}
