//! All SQL of accounts, sign-ins and of where objects belong.

mod accounts;
mod failures;
mod known;
mod links;
mod places;
mod registrations;
mod sign_ins;
mod unproven;

pub use self::{accounts::*, links::*, sign_ins::*};
pub(super) use self::{failures::*, known::*, places::*, registrations::*, unproven::*};
