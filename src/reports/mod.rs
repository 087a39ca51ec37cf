//! Totals that stand up to an audit: seven figures, by any cut, over any days.
//!
//! What is counted is decided by a day in Lima: that of the session, in self-paced sessions the day
//! of the mark, for certificates the last day attended (`queries/facts.rs` says it of each kind).
//! Cancelled editions keep what was attended in them. A person is counted once per stated scope;
//! participations, attendances and hours are separate figures and always shown side by side.
//! Affiliation, sector, department and sex are those of the enrolment, not of today: officials
//! rotate, and last year's report must not change. Facilitators and staff are not participants, so
//! they are in none of the figures.
//!
//! Who was counted in a session and is not named is a participation, and in no other figure: nobody
//! knows whether they are one person or several, nor which.
//!
//! The page and both files come from one function, so their numbers cannot differ. Groups overlap
//! (a person of two months), so the grand total is counted, never summed.
//!
//! What leaves the program may give a person away by a number: asked for with `small=withheld`, figures
//! of fewer than five people are not told, nor others that would give them away (`withhold.rs`).
//!
//! Owns no table.

mod export;
mod model;
mod operations;
pub mod pages;
mod parse;
pub mod queries;
mod withhold;

use axum::{Router, routing::get};

pub use self::{
    model::{Cut, Figures, Group, Month, Told, Totals, TotalsQuery, TotalsRow},
    operations::{Refused, ask, first_day, programs, totals},
    parse::{BadParameter, fiscal_year, parse, period, presets},
};

/// The files.
pub fn routes() -> Router<crate::server::AppState> {
    Router::new()
        .route("/reports/totals.csv", get(export::csv))
        .route("/reports/totals.xlsx", get(export::xlsx))
}
