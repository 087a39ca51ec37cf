//! Sending marks one after the other, and seeing what others mark.
//!
//! A mark that does not reach the server stays first in line and is tried again, each time later,
//! under the same key, so the server takes it once. One that the server refuses is dropped with a
//! word why, and the server's view is shown again.

use std::{collections::VecDeque, time::Duration};

use leptos::{leptos_dom::helpers::set_interval, prelude::*, task::spawn_local, web_sys::js_sys};

use super::state::{Place, State};
use crate::{
    attendance::{
        Cell, MarkId, MarkStatus,
        actions::{mark_cell, mark_rest, read_grid},
        grid::GridWords,
    },
    error::{AppError, Reason},
};

/// How often others' marks are fetched.
const REFRESH: Duration = Duration::from_secs(20);

/// The longest wait before another try, in seconds.
const LONGEST_WAIT: u64 = 30;

/// Something for the server.
#[derive(Clone, Debug)]
pub enum Job {
    /// One mark.
    Mark {
        /// Where.
        place: Place,
        /// What.
        status: MarkStatus,
        /// Minutes, for partial attendance.
        minutes: Option<i64>,
        /// The newest mark of the cell that was in sight.
        seen: Option<MarkId>,
        /// Its name, the same at every try.
        key: String,
    },
    /// Everybody present who is not marked in a session.
    Rest {
        /// The session's column.
        column: usize,
        /// The rows that are shown as present for it.
        rows: Vec<usize>,
    },
}

impl Job {
    /// A mark with a key of its own.
    pub fn mark(
        place: Place,
        status: MarkStatus,
        minutes: Option<i64>,
        seen: Option<MarkId>,
    ) -> Self {
        Self::Mark {
            place,
            status,
            minutes,
            seen,
            key: new_key(),
        }
    }

    /// How many marks it makes.
    fn size(&self) -> usize {
        match self {
            Self::Mark { .. } => 1,
            Self::Rest { rows, .. } => rows.len(),
        }
    }

    fn concerns(&self, place: Place) -> bool {
        match self {
            Self::Mark { place: own, .. } => *own == place,
            Self::Rest { column, rows } => *column == place.column && rows.contains(&place.row),
        }
    }

    async fn send(self, state: State) -> Result<Vec<Cell>, AppError> {
        match self {
            Self::Mark {
                place,
                status,
                minutes,
                seen,
                key,
            } => {
                let (enrolment, session) = state.grid(|grid| {
                    let person = &grid.people[place.row];
                    (person.enrolment, grid.sessions[place.column].id)
                });
                let minutes = minutes.map_or_else(String::new, |minutes| minutes.to_string());
                let seen = seen.map_or_else(String::new, |seen| seen.to_string());
                let (enrolment, session) = (enrolment.to_string(), session.to_string());
                let status = status.as_str().to_owned();
                // What needs a reason is not offered in the grid.
                let reason = String::new();
                let cell =
                    mark_cell(enrolment, session, status, key, minutes, seen, reason).await?;
                Ok(vec![cell])
            }
            Self::Rest { column, .. } => {
                let session = state.grid(|grid| grid.sessions[column].id);
                mark_rest(session.to_string()).await
            }
        }
    }
}

/// Random enough to be nobody else's: 128 bits as hexadecimal digits. It is a name, not a secret.
fn new_key() -> String {
    let part = |_| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a random number from 0 up to 2^32"
        )]
        let number = (js_sys::Math::random() * 4_294_967_296.0) as u32;
        format!("{number:08x}")
    };
    (0..4).map(part).collect()
}

/// Puts something at the end of the line.
pub fn push(state: State, job: Job) {
    state.fault.set(None);
    state.queue.update_value(|queue| queue.push_back(job));
    count(state);
    send_next(state);
}

/// Sends the first in line, unless it is on its way.
pub fn send_next(state: State) {
    let job = state.queue.with_value(|queue| queue.front().cloned());
    let Some(job) = job else {
        return;
    };
    if state.sending.get_value() {
        return;
    }
    state.sending.set_value(true);
    spawn_local(async move {
        let answer = job.send(state).await;
        state.sending.set_value(false);
        match answer {
            Ok(cells) => sent(state, &cells),
            Err(error) if is_passing(&error) => try_later(state, &error),
            Err(error) => refused(state, &error),
        }
    });
}

/// Fetches what others have marked.
pub fn refresh(state: State) {
    spawn_local(async move {
        let edition = state.grid(|grid| grid.edition);
        if let Ok(cells) = read_grid(edition.to_string()).await {
            show_others(state, &cells);
        }
    });
}

/// Fetches it again and again while the page is in sight.
pub fn keep_fresh(state: State) {
    set_interval(
        move || {
            if !document().hidden() {
                refresh(state);
            }
        },
        REFRESH,
    );
}

fn sent(state: State, cells: &[Cell]) {
    if state.cut_off.get_untracked() {
        state.fault.set(None);
    }
    let done = drop_first(state);
    for cell in cells {
        if let Some(place) = state.place_of(cell) {
            state.cell(place).update(|shown| shown.hear(cell));
            arrive(state, place, true);
        }
    }
    // Of a whole session the server marks only those whom nobody else has marked meanwhile.
    if let Some(Job::Rest { column, rows }) = done
        && rows.len() != cells.len()
    {
        let marked = |place| cells.iter().any(|cell| state.place_of(cell) == Some(place));
        for row in rows {
            let place = Place { row, column };
            arrive(state, place, false);
            if !marked(place) {
                state.lose(place);
            }
        }
        refresh(state);
    }
    send_next(state);
}

/// Takes the first out of the line.
fn drop_first(state: State) -> Option<Job> {
    let first = state.queue.try_update_value(VecDeque::pop_front).flatten();
    state.tries.set_value(0);
    state.cut_off.set(false);
    count(state);
    first
}

/// Shows what the server has told of a place, unless another mark of it is in line.
fn arrive(state: State, place: Place, saved: bool) {
    let cell = state.cell(place);
    if cell.get_untracked().is_waiting() && !is_in_line(state, place) {
        cell.update(|shown| shown.arrive(saved));
    }
}

fn try_later(state: State, error: &AppError) {
    let tries = state.tries.get_value();
    state.tries.set_value(tries.saturating_add(1));
    state.cut_off.set(true);
    if matches!(error, AppError::SignInRequired) {
        state
            .fault
            .set(Some(state.words(|words| words.refused_sign_in.clone())));
    }
    let wait = LONGEST_WAIT.min(2 << tries.min(8));
    set_timeout(move || send_next(state), Duration::from_secs(wait));
}

fn refused(state: State, error: &AppError) {
    let sentence = state.words(|words| sentence(words, error).to_owned());
    state.fault.set(Some(sentence));
    match drop_first(state) {
        Some(Job::Mark { place, .. }) => arrive(state, place, false),
        Some(Job::Rest { column, rows }) => {
            for row in rows {
                arrive(state, Place { row, column }, false);
            }
        }
        None => {}
    }
    refresh(state);
    send_next(state);
}

/// Takes over the cells that others have marked meanwhile.
fn show_others(state: State, cells: &[Cell]) {
    let mut changed = 0;
    for cell in cells {
        let Some(place) = state.place_of(cell) else {
            continue;
        };
        let signal = state.cell(place);
        let known = signal.get_untracked();
        if known.is_waiting() || cell.newest <= known.newest() {
            continue;
        }
        changed += 1;
        state.lose(place);
        signal.update(|shown| {
            shown.hear(cell);
            shown.saved = false;
        });
    }
    if changed > 0 {
        state
            .said
            .set(state.words(|words| words.by_others.of(changed)));
    }
}

fn is_in_line(state: State, place: Place) -> bool {
    state
        .queue
        .with_value(|queue| queue.iter().any(|job| job.concerns(place)))
}

fn count(state: State) {
    let waiting = state
        .queue
        .with_value(|queue| queue.iter().map(Job::size).sum());
    state.waiting.set(waiting);
}

/// Whether the same request may well succeed later.
fn is_passing(error: &AppError) -> bool {
    matches!(
        error,
        AppError::Transport(_) | AppError::Internal { .. } | AppError::SignInRequired
    )
}

fn sentence<'a>(words: &'a GridWords, error: &AppError) -> &'a str {
    match error {
        AppError::Conflict(Reason::EditionClosed) => &words.refused_closed,
        AppError::Conflict(Reason::SessionNotBegun) => &words.refused_not_begun,
        AppError::Conflict(Reason::NotTakingPart) => &words.refused_not_taking_part,
        AppError::Forbidden | AppError::NotFound => &words.refused_forbidden,
        _ => &words.refused,
    }
}
