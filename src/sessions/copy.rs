//! Copying an edition to other dates: everything moves by the same number of days.

use chrono::{DateTime, Duration, NaiveDate, Utc};

use crate::error::Fault;

/// How many days everything moves so that the first day falls on `to`; with `keep_weekday`, on the
/// first day from `to` on that is the same day of the week as `from`.
pub fn days_between(from: NaiveDate, to: NaiveDate, keep_weekday: bool) -> i64 {
    let days = (to - from).num_days();
    if keep_weekday {
        days + (-days).rem_euclid(7)
    } else {
        days
    }
}

/// A day moved by so many days; refused where it leaves the calendar of Capacita.
pub fn move_day(day: NaiveDate, days: i64) -> Result<NaiveDate, Fault> {
    let moved = day
        .checked_add_signed(Duration::days(days))
        .ok_or(Fault::NotADate)?;
    crate::values::date(&moved.to_string())
}

/// A moment moved by so many days: Lima's clock shows the same hour all year.
pub fn move_moment(moment: DateTime<Utc>, days: i64) -> Result<DateTime<Utc>, Fault> {
    moment
        .checked_add_signed(Duration::days(days))
        .ok_or(Fault::NotADate)
}

#[cfg(test)]
mod tests {
    use chrono::Datelike as _;

    use super::*;
    use crate::server::clock::in_lima;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn the_first_day_falls_where_it_should() {
        let cases = [
            ("2026-11-21", "2026-11-21", false, 0),
            ("2026-11-21", "2027-01-01", false, 41),
            ("2026-11-21", "2026-11-01", false, -20),
            // A Saturday, moved to the first Saturday from a Monday on.
            ("2026-11-21", "2026-11-23", true, 7),
            ("2026-11-21", "2026-11-28", true, 7),
            ("2026-11-21", "2026-11-29", true, 14),
            ("2026-11-21", "2026-11-15", true, 0),
            ("2026-11-21", "2026-11-14", true, -7),
        ];
        for (from, to, keep, expected) in cases {
            let days = days_between(day(from), day(to), keep);
            assert_eq!(days, expected, "{from} to {to}");
            if keep {
                let moved = move_day(day(from), days).expect("a day");
                assert_eq!(moved.weekday(), day(from).weekday());
                assert!(moved >= day(to));
            }
        }
    }

    #[test]
    fn leap_days_are_days() {
        let days = days_between(day("2027-02-28"), day("2028-02-28"), false);
        assert_eq!(days, 365);
        assert_eq!(move_day(day("2027-03-01"), days), Ok(day("2028-02-29")));
        assert_eq!(move_day(day("2028-02-29"), 366), Ok(day("2029-03-01")));
        assert_eq!(move_day(day("2100-12-31"), 1), Err(Fault::NotADate));
    }

    #[test]
    fn hours_stay_whatever_the_season() {
        let summer: DateTime<Utc> = "2027-01-15T14:00:00Z".parse().expect("a time");
        let winter = move_moment(summer, 180).expect("a time");
        assert_eq!(in_lima(summer).time(), in_lima(winter).time());
    }
}
