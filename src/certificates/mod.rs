//! Certificates: what attendance and grades earn, what was issued for it, and whether it still
//! stands.
//!
//! - What is earned follows from [`rule`], one pure function that explains itself.
//! - What is issued is frozen: the sheet's content as JSON with its digest. Changing the person,
//!   the course, the program or the wording afterwards changes nothing that was issued; a
//!   correction is a new certificate that replaces the old one.
//! - At most one certificate of an enrolment is valid (a unique index keeps it). A certificado
//!   replaces the constancia issued before it.
//! - The state of a certificate changes once, from valid to replaced or revoked, with a reason and
//!   a date; a revoked one is issued again only on a coordinator's explicit word.
//! - Anyone who holds a code learns whether it is genuine and what it says, and nothing else.
//!
//! Owns `certificates`.

#[cfg(feature = "ssr")]
#[expect(
    missing_docs,
    reason = "the server macro makes structs of the arguments"
)]
pub mod actions;
#[cfg(feature = "ssr")]
mod candidates;
#[cfg(feature = "ssr")]
mod check;
#[cfg(feature = "ssr")]
mod content;
#[cfg(feature = "ssr")]
mod files;
#[cfg(feature = "ssr")]
mod lost;
mod model;
#[cfg(feature = "ssr")]
mod operations;
#[cfg(feature = "ssr")]
mod own;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
mod progress;
#[cfg(feature = "ssr")]
mod queries;
#[cfg(feature = "ssr")]
pub mod rule;
#[cfg(feature = "ssr")]
mod tell;
#[cfg(feature = "ssr")]
pub mod words;

pub use self::model::*;
#[cfg(feature = "ssr")]
pub(crate) use self::queries::own_data;
#[cfg(feature = "ssr")]
pub use self::{
    candidates::{Candidate, candidates},
    check::{Damage, Fault, check},
    files::routes,
    own::{OwnCertificate, newest_of},
    progress::{DueEdition, OwnProgress, due_count, due_editions, standings_of},
    tell::samples as sample_letters,
};
