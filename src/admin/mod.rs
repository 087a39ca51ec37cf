//! What administrators look at and set: the state of the system, accounts, messages, settings.
//!
//! Stands at the end of the order of domains, so it may read from all of them; none reads from it.
//! The rules of accounts are in `access`, those of settings in `settings`: here are their pages.
//!
//! Owns no table.

pub use crate::settings::academic_minutes;
