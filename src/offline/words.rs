//! The words of attendance without a connection.

use chrono::{DateTime, Utc};

use super::{Refusal, queries::PhoneLine};
use crate::{
    t,
    ui::{Tone, time},
};

/// Why a mark was refused.
pub fn refusal(refusal: Refusal) -> String {
    match refusal {
        Refusal::Revoked => t!(offline.refusal.revoked),
        Refusal::NotAllowed => t!(offline.refusal.not_allowed),
        Refusal::ForeignSession => t!(offline.refusal.foreign_session),
        Refusal::UnknownCode => t!(offline.refusal.unknown_code),
        Refusal::NotEnrolled => t!(offline.refusal.not_enrolled),
        Refusal::OwnRecord => t!(offline.refusal.own_record),
        Refusal::EditionClosed => t!(offline.refusal.edition_closed),
        Refusal::TooEarly => t!(offline.refusal.too_early),
        Refusal::TooLate => t!(offline.refusal.too_late),
        Refusal::BadMinutes => t!(offline.refusal.bad_minutes),
    }
}

/// Whether a phone holds its list.
pub fn state(line: &PhoneLine, now: DateTime<Utc>) -> (Tone, String) {
    if line.revoked_at.is_some() {
        (Tone::Harm, t!(offline.state.revoked))
    } else if line.ended_at.is_some() {
        (Tone::Neutral, t!(offline.state.ended))
    } else if line.expires_at <= now {
        (Tone::Neutral, t!(offline.state.expired))
    } else {
        let when = time::date_time(line.expires_at);
        (Tone::Attention, t!(offline.state.held, when = when))
    }
}
