//! Times and durations as video-call services write them.
//!
//! Which of two numbers is the day and which the month is seldom said: the reading that lies nearer
//! to the session is meant. Clocks are Lima's unless the text says otherwise.

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};

use crate::server::clock::{from_lima, in_lima};

/// The longest text that is looked at.
const MAX_LENGTH: usize = 60;

/// A moment. `near`: the session's beginning; `utc`: the heading says that the times are UTC.
pub fn moment(text: &str, near: DateTime<Utc>, utc: bool) -> Option<DateTime<Utc>> {
    let text = plain(text)?;
    let (date, clock) = split_at_clock(&text)?;
    let (time, rest) = clock_time(clock)?;
    let zone = zone(rest).or(utc.then(Duration::zero));
    let days = days(date, in_lima(near).date());
    let at = |day: NaiveDate| match zone {
        Some(ahead) => (day.and_time(time) - ahead).and_utc(),
        None => from_lima(day.and_time(time)),
    };
    days.into_iter().map(at).min_by_key(|at| (*at - near).abs())
}

/// A duration in seconds: `87`, `1h 27m 51s`, `1 h 27 min`, `01:27:51`.
pub fn duration(text: &str) -> Option<i64> {
    let text = plain(text)?;
    let numbers: Vec<i64> = numbers(&text)?;
    let seconds = if text.contains(':') {
        match numbers[..] {
            [minutes, seconds] => minutes * 60 + seconds,
            [hours, minutes, seconds] => (hours * 60 + minutes) * 60 + seconds,
            _ => return None,
        }
    } else if text.chars().any(char::is_alphabetic) {
        with_units(&text)?
    } else {
        // Whole minutes; what stands behind a point or a comma is less than one.
        numbers.first()? * 60
    };
    (0..=7 * 24 * 3600).contains(&seconds).then_some(seconds)
}

/// Lower case, with every kind of space a space. `None`: too long to be meant.
fn plain(text: &str) -> Option<String> {
    if text.len() > MAX_LENGTH {
        return None;
    }
    let lower = text.to_lowercase();
    let spaced = lower
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c });
    Some(spaced.collect::<String>().trim().to_owned())
}

fn numbers(text: &str) -> Option<Vec<i64>> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .map(|digits| digits.parse::<i64>().ok().filter(|n| *n < 1_000_000))
        .collect()
}

fn with_units(text: &str) -> Option<i64> {
    let (mut seconds, mut number) = (0, None::<i64>);
    let mut begins_word = true;
    for c in text.chars() {
        match (c.to_digit(10), number) {
            (Some(digit), _) => {
                let before = number.unwrap_or(0);
                number = Some((before * 10 + i64::from(digit)).min(1_000_000));
                begins_word = true;
            }
            (None, Some(count)) if c.is_alphabetic() && begins_word => {
                seconds += match c {
                    'd' => count * 86_400,
                    'h' => count * 3600,
                    'm' => count * 60,
                    's' => count,
                    _ => return None,
                };
                number = None;
                begins_word = false;
            }
            _ => {}
        }
    }
    number.is_none().then_some(seconds)
}

/// The text before the time of day, and from there on.
fn split_at_clock(text: &str) -> Option<(&str, &str)> {
    let colon = text.find(':')?;
    let before = &text[..colon];
    let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    (1..=2)
        .contains(&digits)
        .then(|| text.split_at(colon - digits))
}

/// The time of day, and what follows it.
fn clock_time(text: &str) -> Option<(NaiveTime, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != ':')
        .unwrap_or(text.len());
    let (digits, mut rest) = text.split_at(end);
    let parts = numbers(digits)?;
    let (mut hour, minute, second) = match parts[..] {
        [hour, minute] => (hour, minute, 0),
        [hour, minute, second] => (hour, minute, second),
        _ => return None,
    };
    // Fractions of a second say nothing here.
    if let Some(fraction) = rest.strip_prefix('.') {
        rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    let letters: String = rest.chars().filter(char::is_ascii_alphabetic).collect();
    if letters.starts_with("pm") && hour < 12 {
        hour += 12;
    } else if letters.starts_with("am") && hour == 12 {
        hour = 0;
    }
    let small = |number: i64| u32::try_from(number).ok();
    let time = NaiveTime::from_hms_opt(small(hour)?, small(minute)?, small(second)?)?;
    Some((time, rest))
}

/// How far ahead of UTC a clock is, where the text says it: `Z`, `UTC`, `GMT-5`, `-05:00`.
fn zone(rest: &str) -> Option<Duration> {
    let rest = rest.trim();
    let named = rest.contains("utc") || rest.contains("gmt") || rest == "z";
    let Some(at) = rest.find(['+', '-', '−']) else {
        return named.then(Duration::zero);
    };
    let negative = !rest[at..].starts_with('+');
    let digits = numbers(&rest[at..])?;
    let minutes = match digits[..] {
        [hours] if hours <= 14 => hours * 60,
        [packed] if (100..=1400).contains(&packed) => packed / 100 * 60 + packed % 100,
        [hours, minutes, ..] if hours <= 14 && minutes < 60 => hours * 60 + minutes,
        _ => return None,
    };
    Some(Duration::minutes(if negative { -minutes } else { minutes }))
}

/// The days that a text may mean; the session's own where it names none.
fn days(text: &str, session: NaiveDate) -> Vec<NaiveDate> {
    let Some(parts) = numbers(text) else {
        return Vec::new();
    };
    let day = |year: i64, month: i64, day: i64| {
        let year = if year < 100 { year + 2000 } else { year };
        let small = |number: i64| u32::try_from(number).ok();
        // No call was in another time; at the ends of the calendar a clock's zone has no room.
        let year = i32::try_from(year)
            .ok()
            .filter(|year| (1970..3000).contains(year))?;
        NaiveDate::from_ymd_opt(year, small(month)?, small(day)?)
    };
    match parts[..] {
        [] => vec![session],
        [year, month, first] if year > 999 => day(year, month, first).into_iter().collect(),
        [first, second, year] => [day(year, second, first), day(year, first, second)]
            .into_iter()
            .flatten()
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near() -> DateTime<Utc> {
        "2026-11-12T14:00:00Z".parse().expect("a time")
    }

    #[test]
    fn times_are_read_as_services_write_them() {
        for (text, expected) in [
            // Zoom, in English and in Spanish.
            ("11/12/2026 09:00:12 AM", "2026-11-12T14:00:12Z"),
            ("12/11/2026 09:00:12 a. m.", "2026-11-12T14:00:12Z"),
            ("12/11/2026 01:05:00 p.\u{a0}m.", "2026-11-12T18:05:00Z"),
            ("2026-11-12 09:00:12", "2026-11-12T14:00:12Z"),
            ("12-11-2026 9:00", "2026-11-12T14:00:00Z"),
            // Teams.
            ("11/12/26, 9:00:12 AM", "2026-11-12T14:00:12Z"),
            ("11/12/26, 9:00:12\u{202f}PM", "2026-11-13T02:00:12Z"),
            ("12/11/2026, 9:00:12", "2026-11-12T14:00:12Z"),
            ("12/11/26, 12:00:00 a. m.", "2026-11-12T05:00:00Z"),
            // Meet: the day is the session's.
            ("9:02 AM", "2026-11-12T14:02:00Z"),
            ("12:30 PM", "2026-11-12T17:30:00Z"),
            ("21:15", "2026-11-13T02:15:00Z"),
            // Where the text says whose clock it is.
            ("2026-11-12T14:00:12Z", "2026-11-12T14:00:12Z"),
            ("2026-11-12T14:00:12.250Z", "2026-11-12T14:00:12Z"),
            ("2026-11-12T09:00:12-05:00", "2026-11-12T14:00:12Z"),
            ("2026-11-12 15:00:12 +0100", "2026-11-12T14:00:12Z"),
            ("12/11/2026 09:00:12 GMT-5", "2026-11-12T14:00:12Z"),
            ("12/11/2026 14:00:12 UTC", "2026-11-12T14:00:12Z"),
        ] {
            let expected: DateTime<Utc> = expected.parse().expect("a time");
            assert_eq!(moment(text, near(), false), Some(expected), "{text}");
        }
        let heading = moment("2026-11-12 14:00:12", near(), true);
        assert_eq!(heading, "2026-11-12T14:00:12Z".parse().ok());
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in [
            "",
            ":",
            "9",
            "9h",
            "25:00",
            "9:61",
            "99/99/2026 9:00",
            "1/2/3/4 9:00",
            "=9:00:00:00",
            "2026-11-12",
            "٩:٠٠",
            "999999999999999999999/1/2026 9:00",
            "262142-12-31 23:59:59",
            "262142-12-31 23:59:59 -14:00",
            "1969-12-31 23:59:59",
        ] {
            assert_eq!(moment(text, near(), false), None, "{text}");
        }
        assert_eq!(moment(&"9:00".repeat(100), near(), false), None);
    }

    #[test]
    fn durations_are_read_in_all_their_ways() {
        for (text, seconds) in [
            ("87", Some(5220)),
            ("87.5", Some(5220)),
            ("1h 27m 51s", Some(5271)),
            ("1 h 27 min 51 s", Some(5271)),
            ("27 min", Some(1620)),
            ("2 horas", Some(7200)),
            ("01:27:51", Some(5271)),
            ("27:51", Some(1671)),
            ("0", Some(0)),
            ("", None),
            ("nada", Some(0)),
            ("5 lunas", None),
            ("1:2:3:4", None),
            ("99999999999999", None),
            ("-", None),
        ] {
            assert_eq!(duration(text), seconds, "{text:?}");
        }
    }
}
