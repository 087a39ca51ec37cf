//! All SQL of programs, courses and editions.

mod catalogue;
mod courses;
mod editions;
mod facilitators;
mod header;
mod own_data;
mod programs;
mod state;
mod venues;

pub(crate) use self::own_data::own_data;
pub(super) use self::state::*;
pub(crate) use self::{
    catalogue::*, courses::*, editions::*, facilitators::*, header::header, programs::*, venues::*,
};
