//! Moments as people read them: Lima's time, "sáb 14 nov 2026, 9:00".

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, Timelike, Utc};
use leptos::prelude::*;

pub use crate::server::clock::{from_lima, in_lima};

/// The value of a `DateTimeField`: "2026-11-14T09:00" in Lima's time.
pub fn input_date_time(moment: DateTime<Utc>) -> String {
    in_lima(moment).format("%Y-%m-%dT%H:%M").to_string()
}

/// The short name of a day of the week ("sáb").
pub fn weekday_name(date: NaiveDate) -> String {
    match date.weekday() {
        chrono::Weekday::Mon => crate::t!(ui.mon),
        chrono::Weekday::Tue => crate::t!(ui.tue),
        chrono::Weekday::Wed => crate::t!(ui.wed),
        chrono::Weekday::Thu => crate::t!(ui.thu),
        chrono::Weekday::Fri => crate::t!(ui.fri),
        chrono::Weekday::Sat => crate::t!(ui.sat),
        chrono::Weekday::Sun => crate::t!(ui.sun),
    }
}

/// The short name of a month, 1 to 12 ("nov").
pub fn month_name(month: u32) -> String {
    match month {
        1 => crate::t!(ui.jan),
        2 => crate::t!(ui.feb),
        3 => crate::t!(ui.mar),
        4 => crate::t!(ui.apr),
        5 => crate::t!(ui.may),
        6 => crate::t!(ui.jun),
        7 => crate::t!(ui.jul),
        8 => crate::t!(ui.aug),
        9 => crate::t!(ui.sep),
        10 => crate::t!(ui.oct),
        11 => crate::t!(ui.nov),
        _ => crate::t!(ui.dec),
    }
}

/// The full name of a month, 1 to 12 ("noviembre").
pub fn long_month_name(month: u32) -> String {
    match month {
        1 => crate::t!(ui.january),
        2 => crate::t!(ui.february),
        3 => crate::t!(ui.march),
        4 => crate::t!(ui.april),
        5 => crate::t!(ui.may_long),
        6 => crate::t!(ui.june),
        7 => crate::t!(ui.july),
        8 => crate::t!(ui.august),
        9 => crate::t!(ui.september),
        10 => crate::t!(ui.october),
        11 => crate::t!(ui.november),
        _ => crate::t!(ui.december),
    }
}

/// "14 nov 2026".
pub fn short_date(date: NaiveDate) -> String {
    format!(
        "{} {} {}",
        date.day(),
        month_name(date.month()),
        date.year()
    )
}

/// "sáb 14 nov 2026".
pub fn date(date: NaiveDate) -> String {
    format!("{} {}", weekday_name(date), short_date(date))
}

/// "sáb 14 nov", where the year is known.
pub fn day_and_month(date: NaiveDate) -> String {
    format!(
        "{} {} {}",
        weekday_name(date),
        date.day(),
        month_name(date.month())
    )
}

/// "9:00" in Lima's time.
pub fn hour(moment: DateTime<Utc>) -> String {
    clock(in_lima(moment))
}

fn clock(local: NaiveDateTime) -> String {
    format!("{}:{:02}", local.hour(), local.minute())
}

/// "sáb 14 nov 2026, 9:00" in Lima's time.
pub fn date_time(moment: DateTime<Utc>) -> String {
    let local = in_lima(moment);
    format!("{}, {}", date(local.date()), clock(local))
}

/// Two days: "14 nov 2026", "14–16 nov 2026", "28 nov – 2 dic 2026", "28 dic 2026 – 2 ene 2027".
pub fn date_range(from: NaiveDate, to: NaiveDate) -> String {
    if from >= to {
        short_date(from)
    } else if from.year() != to.year() {
        format!("{} – {}", short_date(from), short_date(to))
    } else if from.month() != to.month() {
        format!(
            "{} {} – {}",
            from.day(),
            month_name(from.month()),
            short_date(to)
        )
    } else {
        format!("{}–{}", from.day(), short_date(to))
    }
}

/// Two moments: "sáb 14 nov 2026, 9:00–13:00", or both in full when they fall on different days.
pub fn time_range(from: DateTime<Utc>, to: DateTime<Utc>) -> String {
    if in_lima(from).date() == in_lima(to).date() {
        format!("{}–{}", date_time(from), hour(to))
    } else {
        format!("{} – {}", date_time(from), date_time(to))
    }
}

/// A duration: "45 min", "2 h", "2 h 30 min".
pub fn duration(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// Training hours with what an hour is: "20 h lectivas (de 45 min)"; tenths are shown, rounded down.
pub fn training_hours(minutes: i64, minutes_per_hour: i64) -> String {
    let tenths = minutes * 10 / minutes_per_hour.max(1);
    let hours = match (tenths / 10, tenths % 10) {
        (whole, 0) => super::number::count(whole),
        (whole, tenth) => format!("{}.{tenth}", super::number::count(whole)),
    };
    crate::t!(
        ui.training_hours,
        hours = hours,
        minutes = minutes_per_hour.to_string()
    )
}

/// The Mondays-first weeks that cover a month, days of its neighbours included.
pub fn weeks_of(month: NaiveDate) -> Vec<[NaiveDate; 7]> {
    let first = month - Days::new(u64::from(month.day0()));
    let monday = first - Days::new(u64::from(first.weekday().num_days_from_monday()));
    let week = |index: u64| std::array::from_fn(|day| monday + Days::new(index * 7 + day as u64));
    (0..6)
        .map(week)
        .filter(|days: &[NaiveDate; 7]| days.iter().any(|day| day.month() == first.month()))
        .collect()
}

/// A moment: `<time>` with "sáb 14 nov 2026, 9:00".
#[component]
pub fn When(
    /// The moment.
    at: DateTime<Utc>,
) -> impl IntoView {
    view! { <time datetime=at.format("%Y-%m-%dT%H:%M:%SZ").to_string()>{date_time(at)}</time> }
}

/// A day: `<time>` with "sáb 14 nov 2026".
#[component]
pub fn Day(
    /// The day.
    date: NaiveDate,
) -> impl IntoView {
    view! { <time datetime=date.to_string()>{self::date(date)}</time> }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    #[test]
    fn lima_is_five_hours_behind() {
        let moment = Utc
            .with_ymd_and_hms(2026, 11, 15, 2, 30, 0)
            .single()
            .expect("a moment");
        assert_eq!(in_lima(moment).to_string(), "2026-11-14 21:30:00");
        assert_eq!(from_lima(in_lima(moment)), moment);
        assert_eq!(input_date_time(moment), "2026-11-14T21:30");
    }

    #[test]
    fn durations_read_naturally() {
        assert_eq!(duration(45), "45 min");
        assert_eq!(duration(120), "2 h");
        assert_eq!(duration(150), "2 h 30 min");
    }

    #[test]
    fn a_month_is_covered_by_whole_weeks() {
        let weeks = weeks_of(day("2026-11-14"));
        assert_eq!(weeks.len(), 6);
        assert_eq!(weeks[0][0], day("2026-10-26"));
        assert_eq!(weeks_of(day("2027-02-01")).len(), 4);
    }
}
