//! Sessions: when and where an edition meets, and what can be studied at one's own pace.
//!
//! Invariants: a session lies within the days of its edition and has the length it is worth or
//! more; overlaps of teachers, places and participants are shown, never forbidden; a session with
//! attendance cannot be deleted.
//!
//! Owns `sessions`.

mod model;

#[cfg(feature = "ssr")]
pub(crate) mod queries;

pub use self::model::*;
#[cfg(feature = "ssr")]
pub(crate) use self::queries::{find, list};
