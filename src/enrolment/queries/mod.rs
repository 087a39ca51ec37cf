//! All SQL of enrolments.

mod roster;

pub use self::roster::{HistoryEntry, RosterEntry, history, roster};
