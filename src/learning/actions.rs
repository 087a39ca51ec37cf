//! Server functions of self-paced sessions, for those who write them and those who do them.

mod author;
mod learner;

use std::str::FromStr;

pub use self::{author::*, learner::*};
use crate::{
    error::{AppError, Fault},
    values::{chosen, whole_number},
};

/// An id that a form carries unseen: anything else is nothing that could be found.
pub(super) fn hidden_id<T: FromStr<Err = Fault>>(typed: &str) -> Result<T, AppError> {
    chosen(typed).map_err(|_| AppError::NotFound)
}

/// The version that a form carries unseen.
pub(super) fn hidden_version(typed: &str) -> Result<i64, AppError> {
    whole_number(typed, 1, i64::MAX).map_err(|fault| AppError::field("version", fault))
}
