//! Nominations: lists of people whom institutions name for an edition, from a spreadsheet to
//! enrolments.
//!
//! A list is read ([`crate::tables`]), its columns are guessed ([`columns`]), every line is read as
//! a person ([`line`]) and matched with the register ([`check`]). Nothing is enrolled before
//! somebody has seen the verdicts. Then all chosen lines are enrolled in one transaction, and may be
//! taken back as a whole while nothing depends on them.
//!
//! What holds:
//! - the same list twice changes nothing: who is in the edition already stays as they are;
//! - what the register says of a known person is not changed by a list, but for one thing, where
//!   somebody chooses it in the review: that they serve at the institution that it names now. It
//!   becomes a new affiliation from the day on which the list came in, unless the register has
//!   learned something newer;
//! - seats and the waiting list hold as for everybody ([`crate::enrolment`]), in the list's order;
//! - cells are sealed, and gone once their line is enrolled, or the list is given up or left alone
//!   for thirty days;
//! - nobody is told anything before the coordinator says so: telling is what cannot be taken back.
//!
//! Owns `nominations`, `nomination_lines`, `nomination_headings`.

#[cfg(feature = "ssr")]
#[expect(
    missing_docs,
    reason = "the server macro makes structs of the arguments"
)]
pub mod actions;
#[cfg(feature = "ssr")]
mod check;
#[cfg(feature = "ssr")]
mod columns;
#[cfg(feature = "ssr")]
mod files;
#[cfg(feature = "ssr")]
mod line;
mod model;
#[cfg(feature = "ssr")]
mod operations;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
mod queries;
#[cfg(feature = "ssr")]
mod runs;
#[cfg(feature = "ssr")]
mod template;
#[cfg(feature = "ssr")]
mod words;

#[cfg(feature = "ssr")]
pub(crate) use self::check::{Found, check};
pub use self::model::*;
#[cfg(feature = "ssr")]
pub(crate) use self::queries::own_data;
#[cfg(feature = "ssr")]
pub use self::{files::routes, runs::Runs};
