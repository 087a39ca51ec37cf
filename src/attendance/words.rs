//! The words of attendance, in the language of the request.

use super::{Cell, MarkSource, MarkStatus};
use crate::{
    t,
    ui::{Tone, time},
};

/// What a mark says ("Presente").
pub fn status(status: MarkStatus) -> String {
    match status {
        MarkStatus::Present => t!(terms.mark_status.present),
        MarkStatus::Late => t!(terms.mark_status.late),
        MarkStatus::Partial => t!(terms.mark_status.partial),
        MarkStatus::Excused => t!(terms.mark_status.excused),
        MarkStatus::Absent => t!(terms.mark_status.absent),
        MarkStatus::NotTaken => t!(terms.mark_status.not_taken),
    }
}

/// The same with the minutes where they say something: "Parcial, 1 h 30 min".
pub fn status_with_minutes(status: MarkStatus, minutes: i64) -> String {
    let word = self::status(status);
    match status {
        MarkStatus::Partial => format!("{word}, {}", time::duration(minutes)),
        _ => word,
    }
}

/// What stands in a cell, with its minutes where they say something.
pub fn cell(cell: &Cell) -> String {
    status_with_minutes(cell.status, cell.minutes)
}

/// What a status means to the reader.
pub const fn tone(status: MarkStatus) -> Tone {
    match status {
        MarkStatus::Present => Tone::Good,
        MarkStatus::Late | MarkStatus::Partial => Tone::Attention,
        MarkStatus::Absent => Tone::Harm,
        MarkStatus::Excused | MarkStatus::NotTaken => Tone::Neutral,
    }
}

/// Where a mark was made ("Lista de la sesión").
pub fn source(source: MarkSource) -> String {
    match source {
        MarkSource::Form => t!(terms.mark_source.form),
        MarkSource::Grid => t!(terms.mark_source.grid),
        MarkSource::SelfPaced => t!(terms.mark_source.self_paced),
        MarkSource::Demo => t!(terms.mark_source.demo),
        MarkSource::RoomCode => t!(terms.mark_source.room_code),
        MarkSource::PersonalCode => t!(terms.mark_source.personal_code),
        MarkSource::WalkIn => t!(terms.mark_source.walk_in),
        MarkSource::VideoCall => t!(terms.mark_source.video_call),
        MarkSource::Sheet => t!(terms.mark_source.sheet),
        MarkSource::Offline => t!(terms.mark_source.offline),
    }
}
