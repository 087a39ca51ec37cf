//! All SQL of sessions.

mod calendar;
mod conflict;
mod copy;
mod entries;
mod own_data;
mod session;

pub(crate) use self::own_data::own_data;
pub(super) use self::{calendar::*, conflict::*, copy::*, entries::entries_of_edition, session::*};
pub(crate) use self::{
    entries::entries_of_person,
    session::{find, list},
};
