//! All SQL of people, institutions and affiliations.

mod affiliation;
mod institution;
mod list;
mod lookup;
mod person;
mod search;

pub(super) use self::{affiliation::*, institution::*, list::*, lookup::*, person::*, search::*};
