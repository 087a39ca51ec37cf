//! All SQL of the audit trail.

mod chain;
mod reading;

pub(super) use self::{chain::*, reading::*};
