//! Server functions of programs, courses and editions.

mod courses;
mod editions;
mod facilitators;
mod programs;
mod state;

use std::str::FromStr;

pub use self::{courses::*, editions::*, facilitators::*, programs::*, state::*};
use crate::{
    error::{AppError, Fault},
    values::{chosen, whole_number},
};

/// An id that a form carries unseen: anything else is nothing that could be found.
pub(crate) fn hidden_id<T: FromStr<Err = Fault>>(typed: &str) -> Result<T, AppError> {
    chosen(typed).map_err(|_| AppError::NotFound)
}

/// The version that a form carries unseen.
pub(crate) fn hidden_version(typed: &str) -> Result<i64, AppError> {
    whole_number(typed, 1, i64::MAX).map_err(|fault| AppError::field("version", fault))
}
