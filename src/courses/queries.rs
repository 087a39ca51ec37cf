//! All SQL of programs, courses and editions.

mod header;
mod state;

pub(crate) use self::header::header;
pub(super) use self::state::*;
