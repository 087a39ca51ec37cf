//! Rules and transactions of people, affiliations and institutions.

mod affiliation;
mod institution;
mod named;
mod own_data;
mod person;

pub use self::{
    affiliation::{change_affiliation, end_affiliation, must_exist},
    institution::{add_unit, create_institution, rename_unit, update_institution},
    named::{Begun, Elsewhere, begin_affiliation, serves_elsewhere, take_back_affiliation},
    own_data::{OwnData, update_own_data},
    person::{add_person, create_person, forget_email, update_person},
};
