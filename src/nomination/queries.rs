//! All SQL of nominations.

mod lines;
mod lists;
mod moves;
mod own_data;

pub(crate) use self::own_data::own_data;
pub(super) use self::{lines::*, lists::*, moves::*};
