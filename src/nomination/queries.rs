//! All SQL of nominations.

mod lines;
mod lists;

pub(super) use self::{lines::*, lists::*};
