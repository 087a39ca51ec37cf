//! What a letter says of an edition.

use chrono::NaiveDate;

use super::{EditionHeader, words};
use crate::{t, ui::time};

/// Which edition, when and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The course's title.
    pub course_title: String,
    /// 1, 2, 3 … within the course.
    pub number: i64,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
    /// Venue and department, whichever are known.
    pub place: Option<String>,
}

impl About {
    /// An invented edition, to show how letters read.
    pub fn invented() -> Self {
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).expect("a day of November");
        Self {
            course_title: t!(messages.sample.course),
            number: 2,
            starts_on: day(14),
            ends_on: day(16),
            place: Some(t!(messages.sample.place)),
        }
    }

    /// "Cadena de custodia, edición 2".
    pub fn title(&self) -> String {
        words::edition_title(&self.course_title, self.number)
    }

    /// When and where, a line each.
    pub fn facts(&self) -> String {
        let dates = time::date_range(self.starts_on, self.ends_on);
        let when = t!(messages.dates, dates = dates);
        match &self.place {
            Some(place) => format!("{when}\n{}", t!(messages.place, place = place.as_str())),
            None => when,
        }
    }
}

impl From<&EditionHeader> for About {
    fn from(header: &EditionHeader) -> Self {
        Self {
            course_title: header.course_title.clone(),
            number: header.number,
            starts_on: header.starts_on,
            ends_on: header.ends_on,
            place: header.whereabouts(),
        }
    }
}
