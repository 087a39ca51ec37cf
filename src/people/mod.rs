//! People, the institutions they serve in, and who they were with at one time.
//!
//! - A person is a human being, with or without an account. Names stand in three fields and are
//!   never split from a full name; [`listed_name`] and [`full_name`] show them.
//! - Document numbers are text. The database holds them sealed, beside a keyed hash for uniqueness
//!   and exact lookup; lists and pages show four characters, and the person's page all of them to
//!   whoever asks for them.
//! - A coordinator finds everybody by name, document or institution, so that nobody is added twice,
//!   but reads and changes only who takes or took part in, teaches in or works for a program of
//!   theirs, whom they added, and who belongs to no program at all.
//! - Affiliations are history: a new one closes the former, and none is ever overwritten. At most
//!   one is current.
//! - Whatever changes a name or a present institution refreshes `people_search` in the same
//!   transaction.
//! - Absent on purpose: courses and enrolments. They come later than people; what they show on a
//!   person's page is handed in where the route is declared.
//!
//! Owns `people`, `affiliations`, `institutions`, `institution_units`, `people_search`.

#[cfg(feature = "ssr")]
#[expect(
    missing_docs,
    reason = "the server macro makes structs of the arguments"
)]
pub mod actions;
#[cfg(feature = "ssr")]
mod affiliation;
mod country;
#[cfg(feature = "ssr")]
mod country_words;
#[cfg(feature = "ssr")]
mod document;
#[cfg(feature = "ssr")]
mod duplicates;
#[cfg(feature = "ssr")]
mod export;
#[cfg(feature = "ssr")]
mod institution;
#[cfg(feature = "ssr")]
mod institution_names;
#[cfg(feature = "ssr")]
mod likeness;
#[cfg(feature = "ssr")]
mod lookup;
mod model;
#[cfg(feature = "ssr")]
mod name;
#[cfg(feature = "ssr")]
pub mod operations;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
mod person;
#[cfg(feature = "ssr")]
mod queries;
#[cfg(feature = "ssr")]
mod record;
#[cfg(feature = "ssr")]
mod register;
#[cfg(feature = "ssr")]
mod register_file;
#[cfg(feature = "ssr")]
pub mod words;

#[cfg(feature = "ssr")]
pub use self::{
    affiliation::{AffiliationForm, NewAffiliation},
    document::{Document, DocumentNumber, masked},
    duplicates::{Difference, Match, match_person, written_alike},
    export::{OWN_TABLES, OwnSection, SectionReader, routes},
    institution::{InstitutionData, InstitutionForm},
    institution_names::InstitutionNames,
    lookup::{
        AffiliationSnapshot, PersonHit, find, find_with_document, hit, institution_choices,
        institution_label, snapshot,
    },
    name::{PersonName, full_name, listed_name, parse_name},
    person::{Contact, NewPerson, PersonData, PersonForm, Phone, SelfIdentification},
    record::{AccountState, PersonRecord},
    register::RegisterColumn,
};
pub use self::{country::Country, model::*};
#[cfg(feature = "ssr")]
pub(crate) use self::{
    document::possible_hashes,
    lookup::{refresh_words, search_words, stands_for},
};
