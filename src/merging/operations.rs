//! Finding pairs, putting two records together, and taking that back.

mod compare;
mod enrolments;
mod merge;
mod undo;

pub use self::{
    compare::{compare_some, dismiss},
    merge::{Choices, Seen, merge},
    undo::undo,
};
pub(super) use self::{
    enrolments::{Collision, collisions},
    merge::both,
};
