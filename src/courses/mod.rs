//! Programs, the courses they own, and the editions in which courses are given.
//!
//! Invariants: a course belongs to one program for good; an edition's number is given once and
//! never reused; an edition moves only along [`state::next`]; a closed or cancelled edition does
//! not change; an edition keeps the completion rule that it was announced under, whatever changes in
//! its course afterwards. Drafts are invisible to everyone but their staff.
//!
//! Owns `programs`, `program_signatories`, `courses`, `course_prerequisites`, `venues`, `editions`,
//! `edition_rules`, `edition_facilitators`. Counts rows of `sessions` and `enrolments` for the head of an edition
//! and for the rules of its state, and reads nothing else of them.

mod model;

#[cfg(feature = "ssr")]
mod about;
#[cfg(feature = "ssr")]
#[expect(
    missing_docs,
    reason = "the server macro makes structs of the arguments"
)]
pub mod actions;
#[cfg(feature = "ssr")]
pub mod course;
#[cfg(feature = "ssr")]
pub mod edition;
#[cfg(feature = "ssr")]
mod header;
#[cfg(feature = "ssr")]
pub(crate) mod operations;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod program;
#[cfg(feature = "ssr")]
pub(crate) mod queries;
#[cfg(feature = "ssr")]
pub mod state;
#[cfg(feature = "ssr")]
pub mod words;

pub use self::model::*;
#[cfg(feature = "ssr")]
pub use self::{
    about::About,
    header::{EditionHeader, header_for, visible_header},
    state::Step,
};
