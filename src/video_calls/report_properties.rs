//! Reports made up at random: sound ones against a recount second by second, hostile ones for what
//! must hold of anything.

use std::collections::BTreeMap;

use axum::body::Bytes;
use chrono::Duration;
use proptest::{collection::vec, prelude::*};

use super::*;
use crate::{server::clock::in_lima, tables};

/// Somebody's comings and goings, in seconds from the session's beginning.
type Visits = Vec<(i64, i64)>;

const LENGTH: i64 = 4 * 3600;

/// 12 November 2026, 9:00 to 13:00 in Lima.
fn session() -> Spell {
    let from: DateTime<Utc> = "2026-11-12T14:00:00Z".parse().expect("a time");
    (from, from + Duration::seconds(LENGTH))
}

fn read_now(content: Vec<u8>) -> Option<Report> {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let table = runtime
        .expect("a runtime")
        .block_on(tables::read(Bytes::from(content)));
    read(&table.ok()?, session())
}

/// The minutes of a session that somebody was there: each second looked at by itself.
fn recounted(visits: &Visits) -> i64 {
    let there = |second: &i64| {
        visits
            .iter()
            .any(|(from, until)| from <= second && second < until)
    };
    let seconds = (0..LENGTH).filter(there).count();
    i64::try_from((seconds + 30) / 60).expect("a few hours")
}

/// A service, the format of its times, what separates its cells, its headings and how a line is
/// written of a name, an address, a coming and a going.
type Written = (
    CallService,
    &'static str,
    &'static str,
    fn(&str, &str, &str, &str) -> String,
);

const WRITTEN: [Written; 3] = [
    (
        CallService::Zoom,
        "%Y-%m-%d %H:%M:%S",
        "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest",
        |name, email, from, until| format!("{name},{email},{from},{until},7,Yes"),
    ),
    (
        CallService::Teams,
        "%m/%d/%y, %I:%M:%S %p",
        "3. In-Meeting Activities\nName\tJoin Time\tLeave Time\tDuration\tEmail\tParticipant ID (UPN)",
        |name, email, from, until| format!("{name}\t{from}\t{until}\t7m\t{email}\t{email}"),
    ),
    (
        CallService::Meet,
        "%H:%M:%S",
        "First name,Last name,Email,Duration,Time joined,Time exited",
        |name, email, from, until| format!("{name},,{email},7 min,{from},{until}"),
    ),
];

/// The report of a service about these people, with lines of nothing between theirs.
fn written(service: usize, people: &[Visits], noise: &[String]) -> String {
    let (_, format, headings, line) = WRITTEN[service];
    let time = |seconds: i64| {
        let at = session().0 + Duration::seconds(seconds);
        in_lima(at).format(format).to_string()
    };
    let mut lines = Vec::new();
    let longest = people.iter().map(Vec::len).max().unwrap_or(0);
    for round in 0..longest {
        for (number, visits) in people.iter().enumerate() {
            if let Some(&(from, until)) = visits.get(round) {
                let (name, email) = (format!("Persona {number}"), format!("p{number}@x.pe"));
                lines.push(line(&name, &email, &time(from), &time(until)));
            }
        }
        lines.extend(noise.get(round).cloned());
    }
    format!("{headings}\n{}\n", lines.join("\n"))
}

fn utf16(text: &str) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

fn visits() -> impl Strategy<Value = Vec<Visits>> {
    // From two hours before the session to two hours after it, so that Meet's clock names one day.
    let visit = (-7_000_i64..LENGTH + 5_000, 1_i64..7_000);
    vec(
        vec(visit.prop_map(|(from, long)| (from, from + long)), 1..5),
        1..6,
    )
}

/// Pieces that reports are made of, and that break readers.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "Name (Original Name)",
            "Full Name",
            "User Action",
            "Timestamp",
            "First name",
            "Join Time",
            "Leave Time",
            "First Join",
            "Last Leave",
            "Duration",
            "Duración (minutos)",
            "Correo electrónico",
            "Hora de entrada (UTC)",
            "1. Summary",
            "3. In-Meeting Activities",
            "Topic",
            "Joined",
            "Left",
            "Salió",
            "11/12/26, 9:00:12 AM",
            "2026-11-12 09:00:12",
            "262142-12-31 23:59:59 -14:00",
            "0001-01-01 00:00:00 +14:00",
            "9:02",
            "99:99:99",
            "=HYPERLINK(\"http://x\")",
            "ñandú\u{202e}",
            "a@b.pe",
            "-1",
            "9999999d",
            "1h 27m 51s",
        ])
        .prop_map(str::to_owned),
        "[0-9:/ apmAPM.+ZUTC-]{0,30}",
        "\\PC{0,12}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn everybodys_minutes_are_those_of_a_recount(
        people in visits(),
        noise in vec("[a-z =@|'+-]{0,12}", 0..5),
        service in 0_usize..3,
        wide in any::<bool>(),
    ) {
        let text = written(service, &people, &noise);
        let content = if wide { utf16(&text) } else { text.clone().into_bytes() };
        let report = read_now(content).expect("a report");
        prop_assert_eq!(report.service, WRITTEN[service].0);
        let found: BTreeMap<String, i64> = report
            .people
            .iter()
            .map(|one| (one.email.clone(), one.stay.minutes_within(session())))
            .collect();
        for (number, visits) in people.iter().enumerate() {
            let minutes = found.get(&format!("p{number}@x.pe"));
            prop_assert_eq!(minutes, Some(&recounted(visits)), "{}", text);
        }
        prop_assert!(report.unread <= noise.len(), "{}", text);
    }

    #[test]
    fn what_is_made_of_pieces_breaks_nothing(
        rows in vec(vec(piece(), 0..8), 0..14),
        separator in prop::sample::select(vec![",", ";", "\t", ",\""]),
        wide in any::<bool>(),
    ) {
        let lines: Vec<String> = rows.iter().map(|row| row.join(separator)).collect();
        let text = lines.join("\n");
        let content = if wide { utf16(&text) } else { text.into_bytes() };
        let report = read_now(content);
        for one in report.map(|report| report.people).unwrap_or_default() {
            prop_assert!((0..=LENGTH / 60).contains(&one.stay.minutes_within(session())));
            prop_assert!(!one.name.is_empty() || !one.email.is_empty());
            prop_assert!(one.name.chars().count() <= MAX_NAME);
            prop_assert!(one.stay.spells.iter().all(|(from, until)| from < until));
        }
    }

    #[test]
    fn no_bytes_break_the_reader(content in vec(any::<u8>(), 0..1_500)) {
        let _ = read_now(content);
    }

    #[test]
    fn no_text_breaks_the_readers_of_times(
        text in prop_oneof![piece(), "\\PC{0,70}", "[0-9]{1,7}[/-][0-9]{1,3}[/-][0-9]{1,7} [0-9]{1,2}:[0-9]{2}( [+-][0-9]{1,4})?"],
        utc in any::<bool>(),
    ) {
        let _ = moment(&text, session().0, utc);
        let seconds = duration(&text);
        prop_assert!(seconds.is_none_or(|seconds| (0..=7 * 24 * 3600).contains(&seconds)));
    }
}
