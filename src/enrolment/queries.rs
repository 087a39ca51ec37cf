//! All SQL of enrolments.

mod change;
mod feed;
mod list;
mod mine;
mod offers;
mod one;
mod own_data;
mod quotas;
mod reminders;
mod roster;
mod rules;

pub(crate) use self::own_data::own_data;
pub(super) use self::{
    change::{NewEnrolment, NewEvent, change_state, insert, insert_event, take_place_of},
    feed::{calendar_owner, calendar_token, remove_calendar_token, set_calendar_token},
    offers::{offers_over, set_offer},
    quotas::{QuotaRow, quotas, remove_quota, seated, sector_of, set_quota},
    reminders::{Due, due_reminders},
    rules::{
        Concerned, Standing, active, concerned, facilitates, first_waiting, has_attended,
        is_cleared, is_of_account, is_staff, missing_prerequisites, open, person_name, standing,
        taken_seats,
    },
};
pub use self::{
    list::{
        Counts, Filter, ListColumn, ListRow, Page, active_among, counts, list, waiting_position,
    },
    mine::{MyEnrolment, NextSession, OpenEdition, my_enrolment_in, my_enrolments, open_to},
    offers::{editions_with_offers_over, offered_until},
    one::{EnrolmentDetail, EventRow, detail, events},
    roster::{HistoryEntry, RosterEntry, history, roster},
};
