//! Enrolments: a person in an edition, from asking for a seat to the outcome.
//!
//! What holds:
//! - one active enrolment per person and edition (a unique index keeps it);
//! - an edition is never overbooked: seats are counted in the writing transaction that takes one;
//! - whoever waits longest is next, quota first: no newcomer takes a seat while somebody eligible
//!   waits, and a freed seat is filled in the transaction that frees it;
//! - where the edition gives time to answer, a freed seat is offered by link and counts as taken
//!   until it is answered or the time is over ([`offer`]);
//! - seats that are kept for a group go to nobody else, and no group gets more than it may
//!   ([`quota`]);
//! - every change of state is one row of `enrolment_events` with who and why, and one audit event;
//! - institution, sector, department and sex are those of the day of the enrolment;
//! - cancelling an edition leaves nobody in it asking, waiting or enrolled, and tells everybody.
//!
//! The states and the steps between them are in [`state`]. Who facilitates an edition cannot take
//! part in it. Document numbers are never shown here.
//!
//! One look goes against the direction of the domains: whether a person has attendance, because
//! who has attended can no longer withdraw alone. It is a single query of `attendance_standing`.
//!
//! Owns `enrolments`, `enrolment_events`, `edition_quotas`, `calendar_addresses`.

#[cfg(feature = "ssr")]
#[expect(
    missing_docs,
    reason = "the server macro makes structs of the arguments"
)]
pub mod actions;
#[cfg(feature = "ssr")]
mod feed;
#[cfg(feature = "ssr")]
mod list_file;
#[cfg(feature = "ssr")]
mod list_query;
mod model;
#[cfg(feature = "ssr")]
mod offer;
#[cfg(feature = "ssr")]
pub mod operations;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod queries;
#[cfg(feature = "ssr")]
mod quota;
#[cfg(feature = "ssr")]
pub mod state;
#[cfg(feature = "ssr")]
mod view;
#[cfg(feature = "ssr")]
pub mod words;

#[cfg(feature = "ssr")]
pub use self::{feed::routes, view::ListView};
pub use model::*;
