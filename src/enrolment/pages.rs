//! Pages about enrolments, and the parts that other pages show of them.

mod edition;
mod history;
mod list;
mod list_query;
mod mine;
mod one;
mod rows;
mod seek;

pub use self::{
    edition::enrol_part,
    history::person_history,
    list::EnrolmentsPage,
    mine::{my_enrolments_section, open_editions_section},
    one::EnrolmentPage,
};
