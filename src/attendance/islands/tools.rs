//! Above the table: search, undo, refresh, what is saved, and the keys.

use leptos::prelude::*;

use super::{live, queue, state::State};
use crate::values::fold;

/// The tools; hidden where there is no client to serve them.
pub fn tools(state: State) -> AnyView {
    let (search, refresh) = state.words(|words| (words.search.clone(), words.refresh.clone()));
    let open = state.grid(|grid| grid.open);
    view! {
        <div class="grid-tools" class:is-asleep=live::flag(move || !state.awake.get())>
            <label class="grid-search">
                <span>{search}</span>
                <input class="input" type="search" autocomplete="off"
                    on:input=live::act(move |event| {
                        state.menu.set(None);
                        state.search.set(fold(event_target_value(&event).trim()));
                    }) />
            </label>
            {open.then(|| undo_button(state))}
            <button type="button" class="button button-secondary" on:click=live::act(move |_| queue::refresh(state))>
                {refresh}
            </button>
            {open.then(|| saving(state))}
        </div>
        {keys(state)}
    }
    .into_any()
}

fn undo_button(state: State) -> AnyView {
    let undo = state.words(|words| words.undo.clone());
    view! {
        <button type="button" class="button button-secondary"
            disabled=live::flag(move || !state.can_undo.get()) on:click=live::act(move |_| state.undo())>
            {undo}
        </button>
    }
    .into_any()
}

/// What is saved, what waits, and what was refused.
fn saving(state: State) -> AnyView {
    let retry = state.words(|words| words.retry.clone());
    view! {
        <p class="grid-saved" class:is-cut-off=live::flag(move || state.cut_off.get())>{live::text(move || saved(state))}</p>
        <button type="button" class="button button-secondary" hidden=live::flag(move || !state.cut_off.get())
            on:click=live::act(move |_| queue::send_next(state))>
            {retry}
        </button>
        <p class="field-error" role="alert" hidden=live::flag(move || state.fault.get().is_none())>
            {live::text(move || state.fault.get().unwrap_or_default())}
        </p>
    }
    .into_any()
}

/// How far the marks are saved, in words.
fn saved(state: State) -> String {
    let (waiting, cut_off) = (state.waiting.get(), state.cut_off.get());
    let undoable = state.can_undo.get();
    state.words(|words| match waiting {
        0 if undoable => words.all_saved.clone(),
        0 => words.marks_are_saved.clone(),
        _ if cut_off => words.waiting.of(waiting),
        _ => words.saving.of(waiting),
    })
}

/// The letters that mark and the keys that move.
fn keys(state: State) -> AnyView {
    let (title, moves) = state.words(|words| (words.keys.clone(), words.keys_move.clone()));
    let letters = state.words(|words| words.statuses.clone());
    let letters: Vec<AnyView> = letters
        .into_iter()
        .filter(|word| !word.key.is_empty())
        .map(|word| view! { <span><kbd>{word.key}</kbd>" "{word.word}</span> }.into_any())
        .collect();
    let open = state.grid(|grid| grid.open);
    view! {
        <details class="grid-keys" class:is-asleep=live::flag(move || !state.awake.get()) hidden=!open>
            <summary>{title}</summary>
            <p class="grid-letters">{letters}</p>
            <p>{moves}</p>
        </details>
    }
    .into_any()
}
