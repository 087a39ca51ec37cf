//! One person, recorded twice: pairs of records that may be one, putting them together, and taking
//! that back.
//!
//! - Candidates are found in the background, a few people at a time ([`operations::compare_some`]),
//!   and kept as pairs with their reasons. Who knows better says so once: "not the same person".
//! - A merge moves everything that refers to the record that goes ([`references`]) to the one that
//!   stays, and journals each row and column that it changes. The record that goes stays in its
//!   table, says where it went, and is listed and counted no more.
//! - Undoing reads the journal backwards and restores every row as it was. It is refused, and says
//!   why, when a row has changed since or something depends on it.
//! - Who was enrolled twice in an edition takes part once: the strongest attendance of each session
//!   stands in the enrolment that stays, by a mark of its own; the marks of both stay readable.
//! - Certificates keep their codes and what they say.
//! - Nobody merges themselves. Where a record has an account, whoever signs in with it comes to hold
//!   what both have earned: then it takes the right to invite both.
//!
//! Owns `duplicate_pairs`, `merges`, `merge_changes`, and the columns `merged_into`.

#[expect(
    missing_docs,
    reason = "the server macro makes structs of the arguments"
)]
pub mod actions;
mod model;
pub mod operations;
pub mod pages;
mod queries;
pub mod references;
mod similar;
mod words;

pub use self::model::*;
