//! Pages of reports.

mod carried;
mod filters;
mod totals;

pub use self::totals::{TotalsPage, hours, preset_label};
