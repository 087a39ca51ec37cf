//! What administrators look at and set: the state of the system, accounts, messages, settings.
//!
//! Stands at the end of the order of domains, so it may read from all of them; none reads from it.
//! The rules of accounts are in `access`, those of settings in `settings`: here are their pages.
//!
//! Whoever administers sees every message with the links in it, and could so enter any account:
//! the role is given to few, and each granting is in the audit trail.
//!
//! Owns no table.

#[expect(
    missing_docs,
    reason = "the server macro makes structs of the arguments"
)]
pub mod actions;
mod operations;
pub mod pages;
mod queries;
mod words;

pub use crate::settings::academic_minutes;
