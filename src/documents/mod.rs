//! Documents: what Capacita hands out on paper or as PDF.
//!
//! A document is made from *content* (plain data, frozen by the caller) and a *template* (Typst
//! source, its words and its fonts, compiled into the binary). One build makes the same bytes
//! from the same content every time; a later build makes the same sheet.
//!
//! # Invariants
//! - Nothing here reads the database, the clock, the file system or the network. The engine sees
//!   only the templates, words and fonts embedded below.
//! - What people typed reaches a template as data (`sys.inputs`), never as Typst source: a name
//!   such as `#panic()` or `$x$` is printed as it stands.
//! - Templates of certificates are append-only, like migrations: an issued one must look tomorrow
//!   as it looked when it was signed. (A sign-in sheet is used once, and of a closing
//!   record its content counts, whose SHA-256 it bears: their templates may change.)
//!   `certificate_v1.typ`, its words `words_v1.json` and its fonts are never edited; a change of
//!   design or wording is a new version beside the old one. A test holds their hashes. For this reason the words of a certificate are not in `locales/`.
//! - Every PDF is tagged, carries its title and language, embeds its fonts and claims PDF/UA-1
//!   and PDF/A-2a. Where a character makes that impossible (no glyph in the fonts), the document
//!   is still made, without the claim.
//!
//! Typesetting is plain computation (about 0.1 s a certificate in an unoptimised build): call it
//! through [`make`].
//!
//! Absent on purpose: templates that users upload, system fonts, Typst packages. The state of a
//! certificate (valid, replaced, revoked) is not printed on it either; it is asked of the
//! verification page, to which the QR code leads.

pub mod badges;
pub mod certificate;
pub mod closing_record;
mod coverage;
mod engine;
pub mod icalendar;
pub mod qr;
pub mod sign_in_sheet;

pub use certificate::CertificateContent;
pub use coverage::prints;

use tokio::{
    sync::Semaphore,
    task::{JoinError, spawn_blocking},
};

/// Documents set at once: each takes a core, and more than ten megabytes while it is set.
const AT_ONCE: usize = 2;

static PLACES: Semaphore = Semaphore::const_new(AT_ONCE);

/// Makes a document away from the threads that serve, when it is its turn.
///
/// # Errors
///
/// The work panicked.
pub async fn make<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, JoinError> {
    let _place = PLACES
        .acquire()
        .await
        .expect("the semaphore is never closed");
    spawn_blocking(work).await
}

/// Why a document could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// The content names a template version that this program does not have.
    #[error("no certificate template has the version {0}")]
    UnknownTemplate(u32),
    /// The content breaks a rule of its type; says which.
    #[error("the content cannot be printed: {0}")]
    Invalid(&'static str),
    /// The template failed. A fault of this program, not of the content.
    #[error("typesetting failed: {0}")]
    Typesetting(String),
}
