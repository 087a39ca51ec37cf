//! Rules and transactions of sessions.

mod copy;
mod schedule;

pub use self::{
    copy::{Copying, copy_edition},
    schedule::{create_meeting, create_series, create_unit, delete, update_meeting, update_unit},
};
