//! Pages of nominations.

mod columns;
mod lines;
mod list;
mod lists;
mod why;

pub use self::{list::NominationPage, lists::EditionNominationsPage};
