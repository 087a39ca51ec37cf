//! What somebody takes along of themselves: a section from each room, as the pages about a person
//! are composed.

use crate::{
    attendance, certificates, check_in, courses, enrolment, error::AppError, learning, messages,
    nomination, offline, people::OwnSection, sessions,
};

macro_rules! section {
    ($name:literal, [$($table:literal),+], $read:path) => {
        OwnSection {
            name: $name,
            tables: &[$($table),+],
            read: |connection, person| {
                Box::pin(async move { Ok::<_, AppError>($read(connection, person).await?) })
            },
        }
    };
}

/// Every section. A test holds them against all that refers to a person in the database.
pub const OWN_DATA: &[OwnSection] = &[
    section!(
        "participations",
        ["enrolments", "enrolment_events"],
        enrolment::queries::own_data
    ),
    section!(
        "attendance",
        ["attendance_marks", "attendance_standing"],
        attendance::queries::own_data
    ),
    section!("phone_marks", ["offline_marks"], offline::own_data),
    section!("steps_done", ["steps_done"], learning::queries::own_data),
    section!("certificates", ["certificates"], certificates::own_data),
    section!("letters", ["outbox"], messages::own_data),
    section!("notices", ["notices"], messages::own_notices),
    section!("lists", ["nomination_lines"], nomination::own_data),
    section!("walk_ins", ["walk_ins"], check_in::own_data),
    section!(
        "teaches",
        ["edition_facilitators"],
        courses::queries::own_data
    ),
    section!("leads", ["sessions"], sessions::queries::own_data),
];
