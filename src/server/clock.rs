//! The one place that asks what time it is.
//!
//! Time is a parameter: tests own it. Everything is stored in whole seconds of UTC, so that the
//! text in the database sorts as time does; people live in Lima's time, UTC−5 all year (Peru has
//! had no daylight saving since 1994).

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, TimeZone, Utc};

/// Where the present comes from.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    System,
    /// Seconds since 1970, moved by a test.
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands still until it is moved.
    pub fn manual(now: DateTime<Utc>) -> Self {
        Self::Manual(Arc::new(AtomicI64::new(now.timestamp())))
    }

    /// Now, in whole seconds.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the machine's clock"
    )]
    pub fn now(&self) -> DateTime<Utc> {
        let seconds = match self {
            Self::System => Utc::now().timestamp(),
            Self::Manual(seconds) => seconds.load(Ordering::Relaxed),
        };
        Utc.timestamp_opt(seconds, 0)
            .single()
            .expect("clocks stand within the range of dates")
    }

    /// Today in Lima.
    pub fn today(&self) -> NaiveDate {
        lima_date(self.now())
    }

    /// Moves a manual clock.
    pub fn advance(&self, by: Duration) {
        if let Self::Manual(seconds) = self {
            seconds.fetch_add(by.num_seconds(), Ordering::Relaxed);
        }
    }
}

/// Lima's distance from UTC.
const LIMA: Duration = Duration::hours(-5);

/// A moment as clocks in Lima show it.
pub fn in_lima(at: DateTime<Utc>) -> NaiveDateTime {
    (at + LIMA).naive_utc()
}

/// The day of a moment in Lima.
pub fn lima_date(at: DateTime<Utc>) -> NaiveDate {
    in_lima(at).date()
}

/// The moment at which clocks in Lima show this.
pub fn from_lima(local: NaiveDateTime) -> DateTime<Utc> {
    (local - LIMA).and_utc()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_turns_at_five_in_utc() {
        let before = Utc
            .with_ymd_and_hms(2026, 11, 21, 4, 59, 59)
            .single()
            .expect("a time");
        assert_eq!(lima_date(before).to_string(), "2026-11-20");
        assert_eq!(
            lima_date(before + Duration::seconds(1)).to_string(),
            "2026-11-21"
        );
        assert_eq!(from_lima(in_lima(before)), before);
    }
}
