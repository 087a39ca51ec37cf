//! Keyboard and mouse on the grid.
//!
//! Arrows, Home and End move; Enter goes on to the next person; a letter marks; Delete takes the
//! mark back; Space opens the menu; Ctrl+Z takes the last mark back.

use leptos::{ev, html, prelude::*};

use super::{
    dom,
    state::{Menu, Place, State},
};
use crate::attendance::MarkStatus;

/// A click on a cell opens its menu, or closes it.
pub fn clicked(state: State, event: &ev::MouseEvent) {
    if dom::is_in(event, "a, button, input, .grid-menu") {
        return;
    }
    let menu = dom::place(event).map(|place| Menu {
        place,
        minutes: false,
    });
    state.menu.set(if state.menu.get_untracked() == menu {
        None
    } else {
        menu
    });
}

/// A key pressed on a cell or in the menu.
pub fn pressed(state: State, frame: NodeRef<html::Div>, event: &ev::KeyboardEvent) {
    let key = event.key();
    if key == "Escape" {
        if let Some(menu) = state.menu.get_untracked() {
            state.menu.set(None);
            dom::focus(frame, menu.place);
        }
        return;
    }
    if dom::is_in(event, "a, button, input") || event.alt_key() {
        return;
    }
    let Some(place) = dom::place(event) else {
        return;
    };
    let done = if event.ctrl_key() || event.meta_key() {
        pressed_with_control(state, frame, place, &key)
    } else {
        pressed_plain(state, frame, place, &key, event.shift_key())
    };
    if done {
        event.prevent_default();
    }
}

fn pressed_with_control(state: State, frame: NodeRef<html::Div>, place: Place, key: &str) -> bool {
    let (rows, columns) = state.size();
    match key {
        "z" | "Z" => state.undo(),
        "Home" => go(state, frame, place, -to_steps(rows), -to_steps(columns)),
        "End" => go(state, frame, place, to_steps(rows), to_steps(columns)),
        _ => return false,
    }
    true
}

fn pressed_plain(
    state: State,
    frame: NodeRef<html::Div>,
    place: Place,
    key: &str,
    shift: bool,
) -> bool {
    let (_, columns) = state.size();
    match key {
        "ArrowLeft" => go(state, frame, place, 0, -1),
        "ArrowRight" => go(state, frame, place, 0, 1),
        "ArrowUp" => go(state, frame, place, -1, 0),
        "ArrowDown" => go(state, frame, place, 1, 0),
        "Enter" => go(state, frame, place, if shift { -1 } else { 1 }, 0),
        "Home" => go(state, frame, place, 0, -to_steps(columns)),
        "End" => go(state, frame, place, 0, to_steps(columns)),
        "Delete" | "Backspace" => state.mark(place, MarkStatus::NotTaken, None),
        " " => open(state, place, false),
        letter => match state.words(|words| words.status_of_key(letter)) {
            Some(MarkStatus::Partial) if state.allows(place.column, MarkStatus::Partial) => {
                open(state, place, true);
            }
            Some(status) => state.mark(place, status, None),
            None => return false,
        },
    }
    true
}

fn open(state: State, place: Place, minutes: bool) {
    let minutes = minutes && state.grid(|grid| grid.open);
    state.menu.set(Some(Menu { place, minutes }));
}

/// Moves the focus by rows in sight and columns, as far as there are any.
fn go(state: State, frame: NodeRef<html::Div>, place: Place, down: isize, right: isize) {
    let (rows, columns) = state.size();
    let found: Vec<usize> = (0..rows)
        .filter(|row| untrack(|| state.is_found(*row)))
        .collect();
    let own = found.iter().position(|row| *row == place.row).unwrap_or(0);
    let Some(row) = found.get(step(own, down, found.len())) else {
        return;
    };
    let target = Place {
        row: *row,
        column: step(place.column, right, columns),
    };
    state.menu.set(None);
    dom::focus(frame, target);
}

fn step(from: usize, by: isize, size: usize) -> usize {
    from.saturating_add_signed(by).min(size.saturating_sub(1))
}

fn to_steps(count: usize) -> isize {
    isize::try_from(count).unwrap_or(isize::MAX)
}
