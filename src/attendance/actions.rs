//! Server functions of attendance.
//!
//! Those in [`grid`] answer islands with data and are compiled for the browser too; the others
//! take forms and end in a redirect.

#[cfg(feature = "ssr")]
mod form;
mod grid;
#[cfg(feature = "ssr")]
mod results;

pub use self::grid::*;
#[cfg(feature = "ssr")]
pub use self::{form::*, results::*};
