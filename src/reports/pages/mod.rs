//! Pages of reports.

mod filters;
mod totals;

pub use self::totals::{TotalsPage, hours, preset_label};
