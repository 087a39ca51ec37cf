//! The states of an enrolment in words, and what each means to the reader.

use leptos::prelude::*;

use super::{
    EnrolmentState,
    quota::{NoSeat, QuotaGroup},
};
use crate::{
    people::words::{sector, sex},
    t,
    ui::{Chip, Tone},
};

/// The state as a word or two: "Inscrita".
pub fn state(state: EnrolmentState) -> String {
    match state {
        EnrolmentState::Requested => t!(terms.enrolment_state.requested),
        EnrolmentState::Enrolled => t!(terms.enrolment_state.enrolled),
        EnrolmentState::Waiting => t!(terms.enrolment_state.waiting),
        EnrolmentState::Declined => t!(terms.enrolment_state.declined),
        EnrolmentState::Withdrawn => t!(terms.enrolment_state.withdrawn),
        EnrolmentState::Completed => t!(terms.enrolment_state.completed),
        EnrolmentState::NotCompleted => t!(terms.enrolment_state.not_completed),
        EnrolmentState::NoShow => t!(terms.enrolment_state.no_show),
    }
}

/// What a state means to the reader.
pub const fn tone(state: EnrolmentState) -> Tone {
    match state {
        EnrolmentState::Requested => Tone::Progress,
        EnrolmentState::Enrolled | EnrolmentState::Completed => Tone::Good,
        EnrolmentState::Waiting => Tone::Attention,
        EnrolmentState::Declined | EnrolmentState::Withdrawn | EnrolmentState::NotCompleted => {
            Tone::Neutral
        }
        EnrolmentState::NoShow => Tone::Harm,
    }
}

/// The state as a chip.
pub fn state_chip(state: EnrolmentState) -> AnyView {
    view! { <Chip tone=tone(state) label=self::state(state) /> }.into_any()
}

/// Why somebody has no seat: "Las vacantes libres están guardadas para otros grupos."
pub(super) fn no_seat(why: NoSeat) -> String {
    match why {
        NoSeat::Full => t!(enrolment.no_seat.full),
        NoSeat::GroupFull => t!(enrolment.no_seat.group_full),
        NoSeat::Reserved => t!(enrolment.no_seat.reserved),
    }
}

/// A group of people that has a quota: "Policía", "Mujer", "Loreto", the institution's name.
pub(super) fn quota_group(group: QuotaGroup, institution: Option<&str>) -> String {
    match group {
        QuotaGroup::Sector(of) => sector(of),
        QuotaGroup::Institution(_) => institution.unwrap_or_default().to_owned(),
        QuotaGroup::Department(of) => of.name().to_owned(),
        QuotaGroup::Sex(of) => sex(of),
    }
}
