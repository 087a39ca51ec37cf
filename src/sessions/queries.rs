//! All SQL of sessions.

mod calendar;
mod conflict;
mod copy;
mod session;

pub(crate) use self::session::{find, list};
pub(super) use self::{calendar::*, conflict::*, copy::*, session::*};
