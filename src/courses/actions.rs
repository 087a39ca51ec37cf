//! Server functions of programs, courses and editions.

mod state;

use std::str::FromStr;

pub use self::state::*;
use crate::{
    error::{AppError, Fault},
    values::chosen,
};

/// An id that a form carries unseen: anything else is nothing that could be found.
fn hidden_id<T: FromStr<Err = Fault>>(typed: &str) -> Result<T, AppError> {
    chosen(typed).map_err(|_| AppError::NotFound)
}

/// Whether a checkbox arrived ticked.
fn is_ticked(typed: &str) -> bool {
    !typed.is_empty()
}
