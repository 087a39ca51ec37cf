//! Participant reports of video calls, from a file to marks.
//!
//! A report is read whoever wrote it ([`report`]), each person in it is matched with the edition's
//! people ([`matching`]), and nothing is marked before somebody has seen who is meant and for how
//! long. Marks are made as everywhere ([`crate::attendance`]), without having seen those of others:
//! where they disagree, the conflict shows.
//!
//! What holds:
//! - minutes are counted within the session's time, and once, however many devices somebody used
//!   ([`spells`]);
//! - all of the planned minutes are present, fewer are partial, none is nothing: a report does not
//!   say that somebody was absent;
//! - the same report twice changes nothing;
//! - what was in the file is sealed, and erased once somebody has decided, after another report of
//!   the session came in, or after thirty days.
//!
//! Absent on purpose: fetching reports from the services. That takes an administrator's key to every
//! meeting they hold.
//!
//! Owns `video_reports`.

#[expect(
    missing_docs,
    reason = "the server macro makes structs of the arguments"
)]
pub mod actions;
mod files;
mod headings;
mod matching;
mod model;
mod moment;
mod operations;
pub mod pages;
mod queries;
mod report;
mod spells;

pub use self::{files::routes, model::*};
