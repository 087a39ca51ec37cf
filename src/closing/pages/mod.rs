//! Pages of closing, and the sheet of the record.

mod edition;
mod list;
mod record;
pub(super) mod sheet;

pub use self::edition::EditionClosingPage;
