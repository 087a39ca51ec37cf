//! Rules and transactions of programs, courses and editions.

mod rights;
mod state;

pub use self::state::{StateReason, take_step};
pub(crate) use self::{
    rights::{manage_course, manage_edition},
    state::change_state,
};
