//! Sessions: scheduling them, what overlaps, copying an edition, the calendar.

mod calendar;
mod conflicts;
mod copy;
mod schedule;
