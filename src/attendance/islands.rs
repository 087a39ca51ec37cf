//! The attendance grid in the browser: the table that the server has drawn comes alive.
//!
//! Without JavaScript it is a table to read, with a link to each session's list. With it, a letter
//! marks, and each mark is saved by itself: shown at once, sent in order, tried again until the
//! server has it ([`queue`]). What others mark appears within twenty seconds. Nothing is decided
//! here: what stands and whether there is a conflict is the server's answer.
//!
//! | file | holds |
//! | --- | --- |
//! | [`state`] | what is shown, and what a person can do to it |
//! | [`past`] | what was marked here and can be taken back |
//! | [`queue`] | sending marks, refreshing |
//! | [`keys`] | keyboard and mouse |
//! | [`live`] | what follows the state, in few types |
//! | [`dom`] | the little that must be done to elements by hand |
//! | [`cell`], [`menu`], [`table`], [`tools`] | the views |

mod cell;
mod dom;
mod keys;
mod live;
mod menu;
mod past;
mod queue;
mod state;
mod table;
mod tools;

use leptos::{ev, html, prelude::*};

use self::state::State;
use super::grid::Grid;

/// The grid. Its first rendering, on the server, is the whole table.
#[island]
pub fn AttendanceGrid(
    /// All it shows.
    grid: Grid,
) -> impl IntoView {
    let state = State::new(grid);
    let frame = NodeRef::<html::Div>::new();
    Effect::new(move |_| wake(state, frame));
    Effect::new(move |_| {
        state.search.track();
        request_animation_frame(move || dom::make_first_tabbable(frame));
    });
    let label = state.words(|words| words.label.clone());
    view! {
        {tools::tools(state)}
        <div class="grid-frame" role="region" aria-label=label node_ref=frame
            tabindex=live::text(move || if state.awake.get() { "-1" } else { "0" })
            on:click=live::act(move |event| keys::clicked(state, &event))
            on:keydown=live::act(move |event| keys::pressed(state, frame, &event))
            on:focusin=move |event| dom::make_tabbable(frame, &event)>
            {table::table(state)}
            {menu::menu(state, frame)}
        </div>
        <p class="visually-hidden" role="status">{live::text(move || state.said.get())}</p>
    }
}

/// Runs once, in the browser alone.
fn wake(state: State, frame: NodeRef<html::Div>) {
    let Some(element) = frame.get() else {
        return;
    };
    if state.awake.get_untracked() {
        return;
    }
    dom::become_grid(&element);
    state.awake.set(true);
    queue::keep_fresh(state);
    window_event_listener(ev::online, move |_| queue::send_next(state));
    window_event_listener(ev::beforeunload, move |event| {
        if state.waiting.get_untracked() > 0 {
            event.prevent_default();
        }
    });
    window_event_listener(ev::click, move |event| {
        if !dom::is_within(&event, frame) {
            state.menu.set(None);
        }
    });
}
