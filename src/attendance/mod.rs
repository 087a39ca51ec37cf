//! Attendance: who said what, when, from which source, about one enrolment in one session; and the
//! results that are recorded beside it.
//!
//! - Marks are appended, never changed. What stands in a cell is derived from all its marks by
//!   [`standing`], written in the same transaction, and compared with a recount by
//!   [`disagreements`].
//! - Two markers who disagree without knowing of each other make a conflict that everybody sees;
//!   it is never settled by whoever happened to be last.
//! - Attendance counts over all sessions of the edition, taken or not ([`share`]), in whole
//!   minutes: 79.9 % is not 80 %.
//! - A closed or cancelled edition takes no marks and no results.
//!
//! Absent on purpose: a status for "not taken". It is the absence of a standing row.
//!
//! Owns `attendance_marks`, `attendance_standing`, and the results in `enrolments`.

#[expect(
    missing_docs,
    reason = "the server macro makes structs of the arguments"
)]
pub mod actions;
mod answer;
#[cfg(feature = "ssr")]
pub mod arrival;
#[cfg(feature = "ssr")]
mod form;
pub mod grid;
#[expect(
    missing_docs,
    reason = "the island macro makes structs of the properties"
)]
pub mod islands;
mod model;
#[cfg(feature = "ssr")]
mod operations;
mod packed;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub(crate) mod queries;
#[cfg(feature = "ssr")]
pub mod results;
pub mod share;
#[cfg(feature = "ssr")]
pub mod standing;
#[cfg(feature = "ssr")]
pub mod words;

pub use self::{
    model::*,
    share::{Outlook, Share},
};
#[cfg(feature = "ssr")]
pub use self::{
    operations::{
        Arrival, CheckedIn, HandIn, NewMark, Reported, Said, Statement, arrival as arrival_of,
        check_in, check_in_person, credit, disagreements, is_ahead, mark, mark_many, mark_reported,
        mark_rest_present, mark_signed,
    },
    queries::{Remarks, remarks, share_of, shares},
};
