//! Pages of vetting.

mod edition;
mod program;

pub use self::{edition::EditionVettingPage, program::ProgramVettingPage};
