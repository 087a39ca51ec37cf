//! Self-paced sessions: their steps, who has done which, and what finishing one is worth.
//!
//! What holds:
//! - steps are done in their order, each once per enrolment; doing one twice changes nothing;
//! - a question is done by its right answer alone, and a wrong one is not recorded;
//! - steps are done while the session is open ([`trail`]); those done stay readable;
//! - whoever has done the last step is credited in the same transaction, once: a step added
//!   afterwards takes no credit back;
//! - a step that somebody has done is not deleted, and nothing changes in an edition that is
//!   closed or cancelled;
//! - a file is served to those who take part in an edition that uses it, and to its staff.
//!
//! Absent on purpose: what was answered. Only that a step was done is kept.
//!
//! Owns `steps`, `step_options`, `steps_done`, `files`.

#[cfg(feature = "ssr")]
#[expect(
    missing_docs,
    reason = "the server macro makes structs of the arguments"
)]
pub mod actions;
#[cfg(feature = "ssr")]
pub mod file_kind;
#[cfg(feature = "ssr")]
mod files;
mod model;
#[cfg(feature = "ssr")]
pub mod operations;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub(crate) mod queries;
#[cfg(feature = "ssr")]
pub mod step;
#[cfg(feature = "ssr")]
pub mod trail;
#[cfg(feature = "ssr")]
pub mod unit;
#[cfg(feature = "ssr")]
pub mod words;

#[cfg(feature = "ssr")]
pub use self::{
    files::routes,
    queries::{InProgress, in_progress},
};
pub use model::*;
