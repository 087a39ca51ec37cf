//! All SQL of sessions.

mod calendar;
mod conflict;
mod copy;
mod session;

pub(crate) use self::session::{find, list, minutes_ahead};
pub(super) use self::{calendar::*, conflict::*, copy::*, session::*};
