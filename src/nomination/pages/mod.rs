//! Pages of nominations.

mod columns;
mod lines;
mod list;
mod lists;

pub use self::{list::NominationPage, lists::EditionNominationsPage};
