//! Attendance without a connection: a session's list is taken along on a phone, marked from for a
//! day, and handed in later.
//!
//! What holds:
//! - a list on a phone is one row ([`RosterId`]) with a token of its own. The token does one thing,
//!   handing in marks of that one session, and is not the sign-in: it outlives it by a day, and who
//!   finds it reads nobody's name with it. That is why a phone that takes two lists has two tokens;
//! - a list leaves with names and nothing else about people: no document, telephone or institution.
//!   Codes that may be scanned leave as hashes;
//! - on the phone it is encrypted with a key that takes both the browser's own key and a PIN, which
//!   is never sent; it is erased after a sync, at signing out, when it expires or is revoked, and
//!   after five wrong PINs. What was marked stays until the server has answered for it;
//! - a mark bears a UUID: however often it comes in it is taken once, and always answered the same;
//! - clocks that go wrong are corrected by the server's ([`clock`]);
//! - all rules are asked when a mark comes in. What they refuse is kept for the coordinator
//!   ([`Refusal`]), who hands it in again or dismisses it with a reason: nothing is dropped silently;
//! - the order in which phones hand in does not matter ([`crate::attendance::standing`]): of one
//!   marker the newest word counts, of two who did not know of each other both do, and where they
//!   disagree the conflict shows.
//!
//! Where the browser keeps its own key, whoever has both the unlocked phone's whole storage and the
//! PIN can read the list; a web page cannot do better than that.
//!
//! Owns `offline_rosters`, `offline_marks`.

#[expect(
    missing_docs,
    reason = "the server macro makes structs of the arguments"
)]
pub mod actions;
mod clock;
mod model;
mod operations;
pub mod pages;
mod queries;
mod request;
mod sync;
mod words;

pub(crate) use self::queries::own_data;
pub use self::{
    model::*,
    pages::{own_phones, waiting_marks},
    sync::routes,
};
