//! The first page of every role: what needs somebody now, each one click from done.
//!
//! Whoever holds several roles sees one part for each. Strangers see the public front page,
//! participants their own learning. Everything here is read; the work is done where it belongs.
//!
//! Comes last in the order of the domains, so it may read from all. Owns no table.

pub mod pages;
pub mod queries;
