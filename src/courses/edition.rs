//! An edition as it is typed and as it is kept.

#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{EditionId, Language, Modality, VenueId};
use crate::{
    error::{AppError, Fault, FormCheck},
    people::Department,
    values::{LongText, Text, chosen, date, fold, optional, whole_number},
};

/// Seats at most, where they are limited at all.
pub const MAX_SEATS: i64 = 100_000;

/// The longest time that an edition gives to take a seat that comes free, in hours.
pub const MAX_OFFER_HOURS: i64 = 14 * 24;

/// What was typed about an edition.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields of the form, by their names")]
pub struct EditionForm {
    pub modality: String,
    pub language: String,
    pub starts_on: String,
    pub ends_on: String,
    pub venue: String,
    pub department: String,
    pub seats: String,
    pub unlimited: String,
    pub waiting_list: String,
    pub offer_hours: String,
    pub needs_approval: String,
    pub enrol_from: String,
    pub enrol_until: String,
    pub notes: String,
}

/// An edition, ready to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEdition {
    /// How it is held.
    pub modality: Modality,
    /// The language it is taught in.
    pub language: Language,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
    /// The venue's name; found, or noted as a new one.
    pub venue: Option<VenueName>,
    /// The department it takes place in.
    pub department: Option<Department>,
    /// Seats; none: no limit.
    pub seats: Option<i64>,
    /// Whether people may wait for a seat.
    pub waiting_list: bool,
    /// How many hours whoever is next has to take a seat that comes free; none: it is given at once.
    pub offer_hours: Option<i64>,
    /// Whether requests are decided by the coordinator.
    pub needs_approval: bool,
    /// The first day of the enrolment window.
    pub enrol_from: NaiveDate,
    /// The last day of the enrolment window.
    pub enrol_until: NaiveDate,
    /// What everyone should know.
    pub notes: LongText<2000>,
}

impl NewEdition {
    /// Parses what was typed.
    pub fn parse(form: &EditionForm) -> Result<Self, AppError> {
        let mut check = FormCheck::default();
        let modality = check.field("modality", chosen(&form.modality));
        let language = check.field("language", chosen(&form.language));
        let starts_on = check.field("starts_on", date(&form.starts_on));
        let ends_on = check.field("ends_on", date(&form.ends_on));
        let venue = check.field("venue", optional(&form.venue, VenueName::parse));
        let department = check.field("department", optional(&form.department, chosen));
        let seats = check.field("seats", seats(&form.seats, &form.unlimited));
        let hours = check.field(
            "offer_hours",
            optional(&form.offer_hours, |typed| {
                whole_number(typed, 1, MAX_OFFER_HOURS)
            }),
        );
        let enrol_from = check.field("enrol_from", date(&form.enrol_from));
        let enrol_until = check.field("enrol_until", date(&form.enrol_until));
        let notes = check.field("notes", LongText::parse(&form.notes));
        if before(ends_on, starts_on) {
            check.fault("ends_on", Fault::EndBeforeStart);
        }
        if before(enrol_until, enrol_from) {
            check.fault("enrol_until", Fault::EndBeforeStart);
        } else if before(ends_on, enrol_until) {
            check.fault("enrol_until", Fault::EnrolmentAfterEnd);
        }
        let seats = seats.zip(hours);
        let (modality, language, starts_on, ends_on, venue, department, seats, from, until, notes) =
            check.finish((
                modality,
                language,
                starts_on,
                ends_on,
                venue,
                department,
                seats,
                enrol_from,
                enrol_until,
                notes,
            ))?;
        let (seats, offer_hours) = seats;
        Ok(Self {
            modality,
            language,
            starts_on,
            ends_on,
            venue,
            department,
            seats,
            waiting_list: !form.waiting_list.is_empty(),
            offer_hours,
            needs_approval: !form.needs_approval.is_empty(),
            enrol_from: from,
            enrol_until: until,
            notes,
        })
    }
}

/// Whether both days are known and the first lies before the second.
fn before(day: Option<NaiveDate>, other: Option<NaiveDate>) -> bool {
    matches!((day, other), (Some(day), Some(other)) if day < other)
}

/// Seats, or none where there is no limit. Zero is a number: an edition may begin with none.
fn seats(typed: &str, unlimited: &str) -> Result<Option<i64>, Fault> {
    if unlimited.is_empty() {
        whole_number(typed, 0, MAX_SEATS).map(Some)
    } else {
        Ok(None)
    }
}

/// The name of a place; two that differ in accents or case alone are the same place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VenueName {
    name: Text<160>,
    folded: String,
}

impl VenueName {
    /// Parses what was typed. A name without a letter or a digit is none.
    pub fn parse(typed: &str) -> Result<Self, Fault> {
        let name = Text::parse(typed)?;
        let folded = fold(name.as_str());
        if folded.is_empty() {
            return Err(Fault::BadCharacter);
        }
        Ok(Self { name, folded })
    }

    /// The name as typed.
    pub fn as_str(&self) -> &str {
        self.name.as_str()
    }

    /// The name as compared.
    pub fn folded(&self) -> &str {
        &self.folded
    }
}

/// What the audit trail keeps of an edition.
#[derive(Clone, Debug, Serialize)]
pub struct EditionRecord {
    /// The edition.
    pub id: EditionId,
    /// 1, 2, 3 … within the course.
    pub number: i64,
    /// How it is held.
    pub modality: Modality,
    /// The language it is taught in.
    pub language: Language,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
    /// Its venue.
    pub venue_id: Option<VenueId>,
    /// The department it takes place in.
    pub department: Option<Department>,
    /// Seats; none: no limit.
    pub seats: Option<i64>,
    /// Whether people may wait for a seat.
    pub waiting_list: bool,
    /// How many hours whoever is next has to take a seat that comes free; none: it is given at once.
    pub offer_hours: Option<i64>,
    /// Whether requests are decided by the coordinator.
    pub needs_approval: bool,
    /// The first day of the enrolment window.
    pub enrol_from: NaiveDate,
    /// The last day of the enrolment window.
    pub enrol_until: NaiveDate,
    /// What everyone should know.
    pub notes: String,
}
