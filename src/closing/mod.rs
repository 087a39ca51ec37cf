//! Closing an edition: the checklist before it, the record of it, and what changed since the last.
//!
//! - Closing says of everybody what became of them: completed (earned what the course offers, a
//!   constancia at least), never came, or neither. Whoever still asked for a seat or waited for one
//!   is told that there will be none. Certificates can be issued before and after it.
//! - What is missing is closed over only with a written explanation, kept in the record; marks that
//!   disagree are settled first, whatever anybody writes ([`checklist`]).
//! - The closing record says everything as it was: sessions, headcounts, cells, shares, grades,
//!   outcomes, explanations. It is numbered by year, its SHA-256 stands in the audit trail, and it never
//!   changes. Reopening sets it aside; the next one says what is different ([`compare`]).
//! - No record holds the number of any document.
//!
//! Editions that were closed before there were records have none, and none is made up for them.
//!
//! Owns `closing_records`.

#[expect(
    missing_docs,
    reason = "the server macro makes structs of the arguments"
)]
pub mod actions;
mod check;
mod checklist;
mod compare;
mod content;
mod files;
mod model;
mod operations;
pub mod pages;
mod queries;
mod words;

pub use self::{
    check::{Fault, check},
    checklist::{Check, Finding, Item},
    compare::{About, Change, changes},
    content::{
        CellSaid, EditionSaid, Facts, HeadcountSaid, ItemSaid, MissingSaid, PersonSaid,
        PreviousSaid, RecordContent, SessionSaid,
    },
    files::routes,
    model::RecordId,
    operations::{Explanations, Outcomes, close, record_demo, reopen},
};
