//! Rules and transactions of programs, courses and editions.

mod courses;
mod editions;
mod facilitators;
mod programs;
mod rights;
mod state;

pub use self::{
    courses::{create_course, update_course},
    editions::create_edition,
    facilitators::{assign_facilitator, remove_facilitator},
    programs::{create_program, update_program},
    state::{StateReason, start_edition, take_step},
};
pub(crate) use self::{
    editions::{change_edition, insert_edition},
    rights::{manage_course, manage_edition},
    state::change_state,
};
