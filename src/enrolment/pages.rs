//! Pages about enrolments, and the parts that other pages show of them.

mod cancel;
mod edition_box;
mod history;
mod list;
mod my_calendar;
mod notices;
mod offer;
mod one;
mod quotas;
mod rows;
mod seek;
mod substitute;

pub use self::{
    cancel::EditionCancelPage,
    edition_box::edition_box,
    history::person_history,
    list::EnrolmentsPage,
    my_calendar::MyCalendarPage,
    notices::NoticesPage,
    offer::OfferPage,
    one::{EnrolmentPage, withdraw_own},
    quotas::QuotasPage,
    substitute::SubstitutePage,
};
