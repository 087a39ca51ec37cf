//! What the grid shows, and what a person can do to it.

use std::collections::VecDeque;

use leptos::prelude::*;

use super::{
    past::{Before, Past},
    queue::{self, Job},
};
use crate::attendance::{
    Cell, MarkId, MarkStatus, Share,
    grid::{Grid, GridSession, GridWords},
};

/// A row and a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The person's row, from 0.
    pub row: usize,
    /// The session's column, from 0.
    pub column: usize,
}

/// What a cell shows: what the server has told of it, and what was marked over that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    told: Told,
    /// Marked here and on its way to the server: status and minutes.
    wanted: Option<(MarkStatus, i64)>,
    /// Marked here, and the server has it.
    pub saved: bool,
}

/// What the server has told of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Told {
    status: MarkStatus,
    minutes: i64,
    newest: Option<MarkId>,
    conflict: bool,
}

impl Shown {
    const NOTHING: Self = Self {
        told: Told {
            status: MarkStatus::NotTaken,
            minutes: 0,
            newest: None,
            conflict: false,
        },
        wanted: None,
        saved: false,
    };

    /// What is marked, whether the server has it or not.
    pub fn status(&self) -> MarkStatus {
        self.wanted.map_or(self.told.status, |(status, _)| status)
    }

    /// Minutes attended.
    pub fn minutes(&self) -> i64 {
        self.wanted
            .map_or(self.told.minutes, |(_, minutes)| minutes)
    }

    /// The newest mark that the server has told of.
    pub fn newest(&self) -> Option<MarkId> {
        self.told.newest
    }

    /// Whether two markers disagree.
    pub fn conflict(&self) -> bool {
        self.told.conflict
    }

    /// Whether a mark is on its way.
    pub fn is_waiting(&self) -> bool {
        self.wanted.is_some()
    }

    /// Takes over what the server says of the cell.
    pub fn hear(&mut self, cell: &Cell) {
        self.told = Told {
            status: cell.status,
            minutes: cell.minutes,
            newest: cell.newest,
            conflict: cell.conflict,
        };
    }

    /// Shows what the server has told last: nothing is on its way any more.
    pub fn arrive(&mut self, saved: bool) {
        self.wanted = None;
        self.saved = saved;
    }

    fn want(&mut self, status: MarkStatus, minutes: i64) {
        self.wanted = Some((status, minutes));
        self.saved = false;
    }
}

/// The small menu beside a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Menu {
    /// Of which cell.
    pub place: Place,
    /// It asks for the minutes of partial attendance.
    pub minutes: bool,
}

/// All of the grid's state; a handle that is copied freely.
#[derive(Clone, Copy)]
pub struct State {
    grid: StoredValue<Grid>,
    cells: StoredValue<Vec<RwSignal<Shown>>>,
    /// Marks not yet sent, the oldest first.
    pub queue: StoredValue<VecDeque<Job>>,
    /// Whether the first of them is on its way.
    pub sending: StoredValue<bool>,
    /// How often it has failed.
    pub tries: StoredValue<u32>,
    past: StoredValue<Past>,
    /// Whether there is something to undo.
    pub can_undo: RwSignal<bool>,
    /// How many marks the server does not have yet.
    pub waiting: RwSignal<usize>,
    /// Whether the last try did not reach the server.
    pub cut_off: RwSignal<bool>,
    /// What went wrong, in words.
    pub fault: RwSignal<Option<String>>,
    /// What is read out.
    pub said: RwSignal<String>,
    /// Folded letters of the surname looked for.
    pub search: RwSignal<String>,
    /// The open menu.
    pub menu: RwSignal<Option<Menu>>,
    /// Whether the client runs: on the server it never does.
    pub awake: RwSignal<bool>,
}

impl State {
    /// The state at first.
    pub fn new(grid: Grid) -> Self {
        let mut shown = vec![Shown::NOTHING; grid.people.len() * grid.sessions.len()];
        for cell in &grid.cells {
            if let Some(place) = place_of(&grid, cell) {
                shown[index(&grid, place)].hear(cell);
            }
        }
        Self {
            cells: StoredValue::new(shown.into_iter().map(RwSignal::new).collect()),
            grid: StoredValue::new(grid),
            queue: StoredValue::default(),
            sending: StoredValue::new(false),
            tries: StoredValue::new(0),
            past: StoredValue::default(),
            can_undo: RwSignal::new(false),
            waiting: RwSignal::new(0),
            cut_off: RwSignal::new(false),
            fault: RwSignal::new(None),
            said: RwSignal::default(),
            search: RwSignal::default(),
            menu: RwSignal::new(None),
            awake: RwSignal::new(false),
        }
    }

    /// Reads the grid.
    pub fn grid<T>(self, read: impl FnOnce(&Grid) -> T) -> T {
        self.grid.with_value(read)
    }

    /// Reads the words.
    pub fn words<T>(self, read: impl FnOnce(&GridWords) -> T) -> T {
        self.grid.with_value(|grid| read(&grid.words))
    }

    /// Rows and columns.
    pub fn size(self) -> (usize, usize) {
        self.grid(|grid| (grid.people.len(), grid.sessions.len()))
    }

    /// What a place shows.
    pub fn cell(self, place: Place) -> RwSignal<Shown> {
        let index = self.grid(|grid| index(grid, place));
        self.cells.with_value(|cells| cells[index])
    }

    /// Where the server's cell is shown, if it is.
    pub fn place_of(self, cell: &Cell) -> Option<Place> {
        self.grid(|grid| place_of(grid, cell))
    }

    /// Whether the row's name holds what is looked for.
    pub fn is_found(self, row: usize) -> bool {
        let search = self.search.get();
        self.grid(|grid| grid.people[row].folded.contains(&search))
    }

    /// The row's share; follows the cells.
    pub fn share(self, row: usize) -> Share {
        let (_, columns) = self.size();
        (0..columns).fold(Share::default(), |share, column| {
            let shown = self.cell(Place { row, column }).get();
            self.grid(|grid| {
                let GridSession { planned, open, .. } = grid.sessions[column];
                let status = shown.status();
                let share = share.plus(planned, status, shown.minutes(), grid.excused_counts);
                if open && status == MarkStatus::NotTaken {
                    return share.with_open(planned);
                }
                share
            })
        })
    }

    /// How many were there; follows the cells.
    pub fn attended(self, column: usize) -> usize {
        let (rows, _) = self.size();
        let attended = |row: &usize| {
            let shown = self.cell(Place { row: *row, column }).get();
            shown.status().attended()
        };
        (0..rows).filter(attended).count()
    }

    /// Whether this may be said of a session now.
    pub fn allows(self, column: usize, status: MarkStatus) -> bool {
        self.grid(|grid| grid.sessions[column].allows(status))
    }

    /// Why something may not be said of a session now.
    pub fn why(self, column: usize) -> Option<String> {
        let limit = |grid: &Grid| grid.sessions[column].limit.clone();
        self.grid(limit).map(|limit| limit.why)
    }

    /// Marks one cell. `given`: the minutes of partial attendance.
    pub fn mark(self, place: Place, status: MarkStatus, given: Option<i64>) {
        let shown = self.cell(place).get_untracked();
        if self.set(place, status, given, shown.newest()) {
            if shown.conflict() {
                // Whoever settles it overrules the other's word.
                self.lose(place);
            }
            self.remember(vec![before(place, shown)]);
        }
    }

    /// Marks everybody present who is not marked in a session.
    pub fn mark_rest(self, column: usize) {
        if !self.grid(|grid| grid.open) || !self.allows(column, MarkStatus::Present) {
            return;
        }
        let (rows, _) = self.size();
        let mut marked = Vec::new();
        for row in 0..rows {
            let place = Place { row, column };
            let shown = self.cell(place).get_untracked();
            if shown.status() == MarkStatus::NotTaken {
                marked.push(before(place, shown));
                self.show(place, MarkStatus::Present, None);
            }
        }
        if marked.is_empty() {
            return;
        }
        let rows = marked.iter().map(|before| before.place.row).collect();
        self.remember(marked);
        queue::push(self, Job::Rest { column, rows });
    }

    /// Takes the last thing done here back, but for cells that others have marked since.
    pub fn undo(self) {
        let last = self.past.try_update_value(Past::pop).flatten();
        let left = self.past.with_value(Past::is_empty);
        self.can_undo.set(!left);
        let Some((last, lost)) = last else {
            return;
        };
        for before in &last {
            let (status, minutes) = (before.status, Some(before.minutes));
            self.set(before.place, status, minutes, before.seen);
        }
        if !last.is_empty() {
            self.said.set(self.words(|words| words.undone.clone()));
        }
        if lost > 0 {
            let left = self.words(|words| words.not_undone.of(lost));
            self.fault.set(Some(left));
        }
    }

    /// Somebody else's word is in this place: it is not taken back here.
    pub fn lose(self, place: Place) {
        self.past.update_value(|past| past.lose(place));
    }

    /// Says what stands in a place.
    pub fn say(self, place: Place) {
        let shown = self.cell(place).get_untracked();
        let said = self.grid(|grid| {
            let what = grid.words.status(shown.status());
            grid.words
                .said
                .replace("{person}", &grid.people[place.row].name)
                .replace("{session}", &grid.sessions[place.column].day)
                .replace("{what}", what)
        });
        self.said.set(said);
    }

    /// Shows a mark and sends it, unless it says what is shown already. In a conflict saying the
    /// same again settles it. `seen`: the newest mark that it claims to have seen.
    fn set(
        self,
        place: Place,
        status: MarkStatus,
        given: Option<i64>,
        seen: Option<MarkId>,
    ) -> bool {
        if !self.allows(place.column, status) {
            self.fault.set(self.why(place.column));
            return false;
        }
        let before = self.cell(place).get_untracked();
        let partial = status == MarkStatus::Partial;
        let same = before.status() == status && (!partial || given == Some(before.minutes()));
        let planned = self.grid(|grid| grid.sessions[place.column].planned);
        let sound = status.minutes(given, planned).is_ok();
        if !self.grid(|grid| grid.open) || !sound || (same && !before.conflict()) {
            return false;
        }
        self.show(place, status, given);
        let minutes = if partial { given } else { None };
        queue::push(self, Job::mark(place, status, minutes, seen));
        self.say(place);
        true
    }

    fn show(self, place: Place, status: MarkStatus, given: Option<i64>) {
        let planned = self.grid(|grid| grid.sessions[place.column].planned);
        let minutes = status.minutes(given, planned).unwrap_or_default();
        self.cell(place).update(|shown| shown.want(status, minutes));
    }

    fn remember(self, before: Vec<Before>) {
        self.past.update_value(|past| past.push(before));
        self.can_undo.set(true);
    }
}

/// What a place shows before something is done to it.
fn before(place: Place, shown: Shown) -> Before {
    Before {
        place,
        status: shown.status(),
        minutes: shown.minutes(),
        seen: shown.newest(),
    }
}

fn index(grid: &Grid, place: Place) -> usize {
    place.row * grid.sessions.len() + place.column
}

fn place_of(grid: &Grid, cell: &Cell) -> Option<Place> {
    let row = grid
        .people
        .iter()
        .position(|person| person.enrolment == cell.enrolment)?;
    let column = grid
        .sessions
        .iter()
        .position(|session| session.id == cell.session)?;
    Some(Place { row, column })
}
