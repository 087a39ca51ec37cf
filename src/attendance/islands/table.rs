//! The table: sessions across, people down, their shares at the end, totals at the foot.

use leptos::prelude::*;

use super::{
    cell::cell,
    live,
    state::{Place, State},
};
use crate::{
    attendance::{MarkStatus, Outlook, grid::GridSession},
    paths,
};

/// A tick, on a 16 × 16 grid.
const CHECK: &str = "M3 8.5 6.5 12 13 4.5";
/// A triangle with a mark of exclamation.
const TRIANGLE: &str = "M8 2.5 14.5 13.5h-13zM8 6.5v3.5M8 11.6v.4";

/// The whole table.
pub fn table(state: State) -> AnyView {
    let (rows, columns) = state.size();
    let heads: Vec<AnyView> = (0..columns).map(|column| head(state, column)).collect();
    let lines: Vec<AnyView> = (0..rows).map(|row| line(state, row)).collect();
    let totals: Vec<AnyView> = (0..columns).map(|column| total(state, column)).collect();
    let [label, person, share, attended] = state.words(|words| {
        [
            words.label.clone(),
            words.person.clone(),
            words.share.clone(),
            words.attended.clone(),
        ]
    });
    view! {
        <table class="grid" class:is-awake=live::flag(move || state.awake.get())>
            <caption class="visually-hidden">{label}</caption>
            <thead>
                <tr>
                    <th scope="col" class="grid-person">{person}</th>
                    {heads}
                    <th scope="col" class="grid-share">{share}</th>
                </tr>
            </thead>
            <tbody>{lines}</tbody>
            <tfoot>
                <tr>
                    <th scope="row" class="grid-person">{attended}</th>
                    {totals}
                    <td class="grid-share"></td>
                </tr>
            </tfoot>
        </table>
    }
    .into_any()
}

/// A session: when it is held, the way to its list, and everybody present at once.
fn head(state: State, column: usize) -> AnyView {
    let (session, open) = state.grid(|grid| (grid.sessions[column].clone(), grid.open));
    let GridSession {
        id,
        title,
        day,
        hour,
        limit,
        ..
    } = session;
    let all_present = open && state.allows(column, MarkStatus::Present);
    let only_excuses = !state.allows(column, MarkStatus::Absent);
    let [take, take_of, rest, rest_of] = state.words(|words| {
        let (take, take_of) = if only_excuses {
            (&words.excuse, &words.excuse_of)
        } else {
            (&words.take, &words.take_of)
        };
        [
            take.clone(),
            take_of.replace("{session}", &title),
            words.rest_present.clone(),
            words.rest_present_of.replace("{session}", &title),
        ]
    });
    let rest_button = all_present.then(|| {
        view! {
            <button type="button" class="button button-quiet" class:is-asleep=live::flag(move || !state.awake.get())
                aria-label=rest_of hidden=live::flag(move || !state.search.get().is_empty())
                on:click=live::act(move |_| state.mark_rest(column))>
                {rest}
            </button>
        }
    });
    let list = open.then(|| {
        view! {
            <a class="button button-quiet" href=paths::session_attendance(id) aria-label=take_of>
                {take}
            </a>
        }
    });
    let limit = limit.filter(|_| open).map(|limit| {
        let why = limit.why.clone();
        view! {
            <span class="grid-limit" title=why>
                <span aria-hidden="true">{limit.short}</span>
                <span class="visually-hidden">{limit.why}</span>
            </span>
        }
    });
    view! {
        <th scope="col" title=title>
            {day}
            <span class="grid-hour">{hour}</span>
            {limit}
            {list}
            {rest_button}
        </th>
    }
    .into_any()
}

fn line(state: State, row: usize) -> AnyView {
    let (_, columns) = state.size();
    let (name, institution) = state.grid(|grid| {
        let person = &grid.people[row];
        (person.name.clone(), person.institution.clone())
    });
    let cells: Vec<AnyView> = (0..columns)
        .map(|column| cell(state, Place { row, column }))
        .collect();
    view! {
        <tr hidden=live::flag(move || !state.is_found(row))>
            <th scope="row" class="grid-person">
                {name}
                {institution.map(|institution| view! { <span class="quiet">{institution}</span> })}
            </th>
            {cells}
            <td class="grid-share">{share(state, row)}</td>
        </tr>
    }
    .into_any()
}

/// The share as a bar with the minimum drawn in, and as a number.
fn share(state: State, row: usize) -> AnyView {
    let share = Memo::new(move |_| state.share(row));
    let minimum = state.grid(|grid| grid.min_share_permille);
    let outlook = move || share.get().outlook(minimum);
    let length = move || {
        let share = share.get();
        (share.attended * 100)
            .checked_div(share.planned)
            .unwrap_or(0)
            .to_string()
    };
    let threshold = (minimum / 10).min(99);
    let [yes, open, no] = state.words(|words| {
        [
            words.reached.clone(),
            words.open.clone(),
            words.short.clone(),
        ]
    });
    view! {
        <span class=live::text(move || match outlook() {
            Outlook::Reached => "share share-reached",
            Outlook::Open => "share share-open",
            Outlook::Short => "share share-short",
        })>
            <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                <rect class="bar-track" x="0" y="0" width="100" height="8"></rect>
                <rect class=live::text(move || if outlook() == Outlook::Short { "bar-short" } else { "bar-fill" })
                    x="0" y="0" width=live::text(length) height="8"></rect>
                <rect class="bar-threshold" x=threshold.to_string() y="0" width="1" height="8"></rect>
            </svg>
            <span class="share-value">
                {live::text(move || share.get().percent())}
                <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
                    <path d=live::text(move || match outlook() {
                        Outlook::Reached => CHECK,
                        Outlook::Open => "",
                        Outlook::Short => TRIANGLE,
                    })></path>
                </svg>
                <span class="visually-hidden">
                    " "{live::text(move || match outlook() {
                        Outlook::Reached => yes.clone(),
                        Outlook::Open => open.clone(),
                        Outlook::Short => no.clone(),
                    })}
                </span>
            </span>
        </span>
    }
    .into_any()
}

fn total(state: State, column: usize) -> AnyView {
    let (all, _) = state.size();
    view! { <td class="num">{live::text(move || format!("{}/{all}", state.attended(column)))}</td> }
        .into_any()
}
