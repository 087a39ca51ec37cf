//! Calendars as files (RFC 5545): what phones and mail programs take up and keep up to date.
//!
//! Written by hand: the crate that would do it folds lines by counting characters where the
//! standard counts octets, and Spanish is full of letters of two.

use std::fmt::Write as _;

use chrono::{DateTime, Days, NaiveDate, Utc};

/// The longest line in octets, without its end.
const LINE: usize = 75;

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The same for ever, and of no other event.
    pub uid: String,
    /// Rises whenever something about it changes.
    pub sequence: i64,
    /// When it is.
    pub time: EventTime,
    /// What it is, in a few words.
    pub summary: String,
    /// More about it.
    pub description: String,
    /// Where it is.
    pub location: Option<String>,
    /// Its page.
    pub url: String,
    /// It will not be: whoever has it strikes it out.
    pub cancelled: bool,
}

/// When an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventTime {
    /// From one moment to another.
    Span(DateTime<Utc>, DateTime<Utc>),
    /// On one day, without keeping anybody busy.
    Day(NaiveDate),
}

/// A calendar with a name. `now`: when it is written.
pub fn write(name: &str, now: DateTime<Utc>, events: &[Event]) -> String {
    let mut text = String::with_capacity(400 + events.len() * 500);
    let mut line = |content: &str| push_folded(&mut text, content);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//Capacita//Capacita//ES");
    line("CALSCALE:GREGORIAN");
    line("METHOD:PUBLISH");
    line(&format!("X-WR-CALNAME:{}", escape(name)));
    line("X-WR-TIMEZONE:America/Lima");
    line("REFRESH-INTERVAL;VALUE=DURATION:PT6H");
    line("X-PUBLISHED-TTL:PT6H");
    for event in events {
        lines_of(event, now, &mut line);
    }
    line("END:VCALENDAR");
    text
}

fn lines_of(event: &Event, now: DateTime<Utc>, line: &mut impl FnMut(&str)) {
    line("BEGIN:VEVENT");
    line(&format!("UID:{}", event.uid));
    line(&format!("DTSTAMP:{}", moment(now)));
    line(&format!("SEQUENCE:{}", event.sequence));
    match event.time {
        EventTime::Span(from, until) => {
            line(&format!("DTSTART:{}", moment(from)));
            line(&format!("DTEND:{}", moment(until)));
        }
        EventTime::Day(day) => {
            let after = day.checked_add_days(Days::new(1)).unwrap_or(day);
            line(&format!("DTSTART;VALUE=DATE:{}", day.format("%Y%m%d")));
            line(&format!("DTEND;VALUE=DATE:{}", after.format("%Y%m%d")));
            line("TRANSP:TRANSPARENT");
        }
    }
    line(&format!("SUMMARY:{}", escape(&event.summary)));
    line(&format!("DESCRIPTION:{}", escape(&event.description)));
    if let Some(location) = &event.location {
        line(&format!("LOCATION:{}", escape(location)));
    }
    line(&format!("URL:{}", event.url));
    let status = if event.cancelled {
        "CANCELLED"
    } else {
        "CONFIRMED"
    };
    line(&format!("STATUS:{status}"));
    line("END:VEVENT");
}

/// A moment in UTC, which needs no description of a time zone.
fn moment(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// A text as a value: what would end it or begin another one is escaped.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A line and its end; what is longer than 75 octets goes on in the next one after a space.
fn push_folded(text: &mut String, content: &str) {
    let mut used = 0;
    for c in content.chars().filter(|c| !c.is_control()) {
        if used + c.len_utf8() > LINE {
            text.push_str("\r\n ");
            used = 1;
        }
        text.push(c);
        used += c.len_utf8();
    }
    write!(text, "\r\n").expect("writing to a String does not fail");
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn event() -> Event {
        Event {
            uid: "session-1@capacita".to_owned(),
            sequence: 3,
            time: EventTime::Span(DateTime::UNIX_EPOCH, DateTime::UNIX_EPOCH),
            summary: "Uno; dos, tres\\".to_owned(),
            description: "Una línea\r\nOtra\u{7}".to_owned(),
            location: None,
            url: "https://capacita.pe/editions/1".to_owned(),
            cancelled: false,
        }
    }

    #[test]
    fn an_event_reads_as_the_standard_has_it() {
        let text = write("Mis sesiones", DateTime::UNIX_EPOCH, &[event()]);
        let expected = "BEGIN:VEVENT\r\nUID:session-1@capacita\r\nDTSTAMP:19700101T000000Z\r\n\
                        SEQUENCE:3\r\nDTSTART:19700101T000000Z\r\nDTEND:19700101T000000Z\r\n\
                        SUMMARY:Uno\\; dos\\, tres\\\\\r\nDESCRIPTION:Una línea\\nOtra \r\n\
                        URL:https://capacita.pe/editions/1\r\nSTATUS:CONFIRMED\r\nEND:VEVENT\r\n";
        assert!(text.contains(expected), "{text}");
        assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"));
        assert!(text.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
    }

    #[test]
    fn a_day_keeps_nobody_busy_and_a_cancelled_event_says_so() {
        let day = NaiveDate::from_ymd_opt(2026, 12, 31).expect("a day");
        let event = Event {
            time: EventTime::Day(day),
            cancelled: true,
            ..event()
        };
        let text = write("x", DateTime::UNIX_EPOCH, &[event]);
        for line in [
            "DTSTART;VALUE=DATE:20261231",
            "DTEND;VALUE=DATE:20270101",
            "TRANSP:TRANSPARENT",
            "STATUS:CANCELLED",
        ] {
            assert!(text.contains(&format!("\r\n{line}\r\n")), "{line}");
        }
    }

    #[test]
    fn nothing_breaks_out_of_its_value() {
        let event = Event {
            uid: "a\r\nATTENDEE:x".to_owned(),
            summary: "a\nEND:VEVENT\r\nBEGIN:VALARM\rX".to_owned(),
            url: "b\nX:y".to_owned(),
            ..event()
        };
        let text = write("n\nX:y", DateTime::UNIX_EPOCH, &[event]);
        let begins: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with("BEGIN:"))
            .collect();
        assert_eq!(begins, ["BEGIN:VCALENDAR", "BEGIN:VEVENT"]);
        assert!(!text.contains("\nATTENDEE") && !text.contains("\nX:y"));
    }

    proptest! {
        #[test]
        fn folding_is_undone_by_unfolding(content in "\\PC{0,400}") {
            let mut folded = String::new();
            push_folded(&mut folded, &content);
            prop_assert!(folded.ends_with("\r\n"));
            for line in folded.trim_end_matches("\r\n").split("\r\n") {
                prop_assert!(line.len() <= LINE, "{} octets", line.len());
                prop_assert!(!line.contains(['\r', '\n']));
            }
            let unfolded = folded.replace("\r\n ", "");
            prop_assert_eq!(unfolded, format!("{content}\r\n"));
        }

        #[test]
        fn escaping_is_undone_by_reading(text in "[a-zñ;,\\\\\n ]{0,60}") {
            let escaped = escape(&text);
            prop_assert!(!escaped.contains('\n'));
            let mut read = String::new();
            let mut chars = escaped.chars();
            while let Some(c) = chars.next() {
                match (c, c == '\\') {
                    (_, true) => match chars.next() {
                        Some('n') => read.push('\n'),
                        Some(other) => read.push(other),
                        None => prop_assert!(false, "a lone backslash"),
                    },
                    (c, false) => read.push(c),
                }
            }
            prop_assert_eq!(read, text);
        }
    }
}
