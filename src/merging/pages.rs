//! Pages of merging.

mod duplicates;
mod merge;
mod part;

pub use self::{duplicates::DuplicatesPage, merge::MergePage, part::merged_records};
