//! Sessions: when and where an edition meets, and what can be studied at one's own pace.
//!
//! Invariants: a session lies within the days of its edition; one that meets begins and ends on the
//! same day in Lima and is worth no more minutes than it lasts; a self-paced one is open for whole
//! days. Overlaps of teachers, places and participants are shown, never forbidden. A session that
//! somebody attended is not deleted.
//!
//! Here stand also the pages that show an edition with its sessions (overview, schedule, calendar),
//! and the copying of an edition with all that is in it, the steps of self-paced sessions included.
//!
//! Owns `sessions`, `deleted_sessions`.

mod model;

#[cfg(feature = "ssr")]
#[expect(
    missing_docs,
    reason = "the server macro makes structs of the arguments"
)]
pub mod actions;
#[cfg(feature = "ssr")]
pub mod calendar;
#[cfg(feature = "ssr")]
pub mod conflict;
#[cfg(feature = "ssr")]
pub mod copy;
#[cfg(feature = "ssr")]
pub mod letters;
#[cfg(feature = "ssr")]
pub(crate) mod operations;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub(crate) mod queries;
#[cfg(feature = "ssr")]
pub mod series;
#[cfg(feature = "ssr")]
pub mod session;

#[cfg(feature = "ssr")]
pub use self::calendar::routes;
pub use self::model::*;
#[cfg(feature = "ssr")]
pub(crate) use self::queries::{entries_of_person, find, list};
