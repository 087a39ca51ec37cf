//! Vetting: some funders want to know who is trained before people of certain sectors are.
//!
//! What holds:
//! - a program says which sectors are vetted ([`Rules`]); nobody else is concerned;
//! - whoever is vetted for a program and not cleared until the edition's last day is neither
//!   confirmed nor promoted, however they come into the edition;
//! - it is seen and written by whoever decides on enrolments, and by nobody else: the person reads
//!   only that their request is being looked at.
//!
//! The rule itself is asked by the enrolments, in the transaction that gives a seat, of the view
//! `uncleared_enrolments` and of `vetting_rules`: they come before this domain and read its tables.
//!
//! Owns `vetting_rules`, `vettings`.

#[cfg(feature = "ssr")]
#[expect(
    missing_docs,
    reason = "the server macro makes structs of the arguments"
)]
pub mod actions;
mod model;
#[cfg(feature = "ssr")]
mod operations;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
mod queries;
#[cfg(feature = "ssr")]
mod words;

pub use model::*;
