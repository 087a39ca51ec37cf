//! Pages that show an edition with its sessions.

mod calendar;
mod copy;
mod fields;
mod forms;
mod overview;
mod schedule;
mod session_edit;

pub use self::overview::edition_overview;
pub use self::{
    calendar::CalendarPage, copy::EditionCopyPage, schedule::SchedulePage,
    session_edit::SessionEditPage,
};
