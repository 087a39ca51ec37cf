//! All SQL of merging.

mod enrolments;
mod journal;
mod pairs;
mod records;
mod undo;

pub(super) use self::{enrolments::*, journal::*, pairs::*, records::*, undo::*};
