//! Paper, reconciled: the sheet that is signed in a room without a connection, and what becomes of
//! it afterwards.
//!
//! The room stands behind [`crate::check_in`], because whoever signed without being enrolled is a
//! walk-in, and before all that counts: certificates, closing and totals read what was brought in
//! here. Printing the sheet is here too, so that the list to be ticked and the sheet agree in page
//! and row.
//!
//! What holds:
//! - a tick says that somebody signed, an empty box says nothing: nobody is ever unmarked;
//! - the paper has seen nobody's mark: a tick against an absence that somebody else said is a
//!   conflict that everybody sees ([`crate::attendance`]);
//! - the same form twice changes nothing;
//! - headcounts are appended, the last one stands; whether it differs from the people known by name
//!   is derived, so it comes back when somebody marks afterwards. An explanation holds for the
//!   figures it explained, which are kept with it;
//! - who was counted and is not named is a number, and never becomes a person.
//!
//! Absent on purpose: late and partial. The roll has them; a sheet does not say when somebody came.
//!
//! Owns `headcounts`.

#[expect(
    missing_docs,
    reason = "the server macro makes structs of the arguments"
)]
pub mod actions;
mod model;
mod operations;
pub mod pages;
mod queries;
mod sheet;

pub use self::{
    model::{BySex, Count, HeadcountId},
    queries::standing,
    sheet::routes,
};
