//! Server functions of people, affiliations and institutions.
//!
//! Forms arrive flat, one argument a field; checkboxes arrive blank where they are not ticked.

mod institution;
mod person;

use std::str::FromStr;

pub use self::{institution::*, person::*};
use crate::{
    error::{AppError, Fault},
    values::chosen,
};

/// An id that a form carries unseen: anything else is nothing that could be found.
fn hidden_id<T: FromStr<Err = Fault>>(typed: &str) -> Result<T, AppError> {
    chosen(typed).map_err(|_| AppError::NotFound)
}
