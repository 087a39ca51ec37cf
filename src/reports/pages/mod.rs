//! Pages of reports.

mod totals;

pub use self::totals::{TotalsPage, preset_label};
