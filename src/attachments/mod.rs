//! Files that are kept as they were sent: scans of signed sheets, letters that lists came with.
//!
//! One place for all of them, so that what is sealed, asked for and erased is the same everywhere. It
//! serves the domains and has no page of its own: theirs show the files by [`files`].
//!
//! What holds:
//! - a file is a PDF or a photograph by its own first bytes and by its name; at most
//!   [`server::MAX_FILE`](crate::server::MAX_FILE) bytes, at most [`MOST`] at one session or list;
//! - it is sealed with a key that is not in the database, which alone gives away no signature;
//! - whoever asks for one is asked for the permit that the work asks for: to take the session's
//!   attendance, to decide on the list's enrolments. For everybody else there is no such file;
//! - it is always taken as a download, and nothing on the way keeps it;
//! - who removes one says why. Its row and SHA-256 stay, its bytes are erased;
//! - the same file again adds nothing.
//!
//! Owns `attachments`.

#[cfg(feature = "ssr")]
#[expect(
    missing_docs,
    reason = "the server macro makes structs of the arguments"
)]
pub mod actions;
#[cfg(feature = "ssr")]
mod check;
#[cfg(feature = "ssr")]
mod files;
mod model;
#[cfg(feature = "ssr")]
mod operations;
#[cfg(feature = "ssr")]
mod queries;
#[cfg(feature = "ssr")]
mod view;

pub use self::model::*;
#[cfg(feature = "ssr")]
pub use self::{
    check::{any_sealed, check},
    files::routes,
    queries::{Listed, listed},
    view::files,
};
