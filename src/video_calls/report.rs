//! Reading the participant reports of video-call services: which service, who, from when to when.
//!
//! The services are told apart by what is in the file; its name says nothing. Read are:
//!
//! | service | what it writes |
//! | --- | --- |
//! | Zoom | `Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,…`, or without the times (`Total Duration (Minutes)`) where each person has one line; perhaps a block about the meeting before it, with headings of its own (`Topic,Meeting ID,…`). In Spanish `Nombre (nombre original),E-mail del usuario,Hora para unirse,Hora para salir,Duración (minutos)`, lately `Correo electrónico,Hora de entrada,Hora de salida` |
//! | Teams | tabs, UTF-16: `1. Summary`, `2. Participants` (`Name`, `First Join`, `Last Leave`, `In-Meeting Duration`, `Email`, …), `3. In-Meeting Activities` (`Name`, `Join Time`, `Leave Time`, …); earlier `Full Name`, `Join Time`, `Leave Time`, `Duration`; at first a log: `Full Name`, `User Action`, `Timestamp` |
//! | Meet | `First name,Last name,Email,Duration,Time joined,Time exited`, or the duration alone |
//!
//! Sources: `microsoft/vivainsights_zoom_int` (the block about a Zoom meeting) and the R package
//! `Lightbridge-KS/zoomclass` (the report with and without it); Microsoft's own
//! `MicrosoftDocs/OfficeDocs-SkypeForBusiness` (`meeting-attendance-report.md`, also in Spanish) and
//! "Manage the attendance report for meetings and events in Microsoft Teams"; Google Workspace help,
//! "Track attendance and view live stream reports". No Spanish samples of Teams and
//! Meet are public: their headings in [`super::headings`] follow the words of those products, and an
//! unknown heading is said to whoever sends the report.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    CallService,
    headings::{Column, Columns},
    moment::{duration, moment},
    spells::{Spell, Stay},
};
use crate::{
    tables::{Row, Table},
    values::fold,
};

/// The longest name that is kept.
const MAX_NAME: usize = 200;

/// Somebody in a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Present {
    /// As they called themselves.
    pub name: String,
    /// Where the service knew it.
    pub email: String,
    /// How long they were there.
    pub stay: Stay,
}

/// A report as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Whose it is.
    pub service: CallService,
    /// Who was there, each once, in the order of their names.
    pub people: Vec<Present>,
    /// How many lines could not be read.
    pub unread: usize,
}

impl Report {
    /// How many people it names.
    pub fn count(&self) -> i64 {
        i64::try_from(self.people.len()).unwrap_or(i64::MAX)
    }
}

/// A part of a report beneath headings of its own.
struct Part<'t> {
    columns: Columns,
    rows: Vec<&'t Row>,
}

/// Reads a report about a session; `None`: no service that is known writes such a thing.
pub fn read(table: &Table, session: Spell) -> Option<Report> {
    let parts = parts(table);
    let service = service(table, &parts)?;
    let exact = |part: &&Part<'_>| {
        part.columns.at(Column::Joined).is_some() || part.columns.at(Column::Action).is_some()
    };
    // Where each coming and going is told, what sums them up is not needed.
    let chosen: Vec<&Part<'_>> = match parts.iter().filter(exact).collect::<Vec<_>>() {
        exact if exact.iter().any(|part| !part.rows.is_empty()) => exact,
        _ => parts.iter().collect(),
    };
    let mut people: BTreeMap<String, Present> = BTreeMap::new();
    let mut unread = 0;
    for part in chosen {
        if part.columns.at(Column::Action).is_some() {
            unread += read_log(part, session, &mut people);
        } else {
            unread += read_lines(part, session, &mut people);
        }
    }
    Some(Report {
        service,
        people: people.into_values().collect(),
        unread,
    })
}

/// The parts of a report: each headings, and the rows until the next ones.
fn parts(table: &Table) -> Vec<Part<'_>> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    let mut last = 0;
    for row in &table.rows {
        if let Some(columns) = Columns::of(row) {
            let rows = Vec::new();
            parts.push(Part { columns, rows });
        } else if let Some(part) = parts.last_mut()
            // A title of the next part has a line to itself after a blank one.
            && (row.cells.len() > 1 || row.number == last + 1)
            && !is_title(row)
        {
            part.rows.push(row);
        }
        last = row.number;
    }
    parts
}

/// "3. In-Meeting Activities": a number, a point, and nothing beside it.
fn is_title(row: &Row) -> bool {
    let first = row.cell(0);
    let number = first.trim_start_matches(|c: char| c.is_ascii_digit());
    row.cells.len() == 1 && number.len() < first.len() && number.starts_with('.')
}

fn service(table: &Table, parts: &[Part<'_>]) -> Option<CallService> {
    let first = parts.first()?;
    let has = |column| parts.iter().any(|part| part.columns.at(column).is_some());
    let words = |wanted: &[&str]| {
        let cells = table.rows.iter().take(60).flat_map(|row| &row.cells);
        let mut cells = cells.filter(|cell| cell.len() < 80).map(|cell| fold(cell));
        cells.any(|cell| wanted.contains(&cell.as_str()))
    };
    let teams = [
        "1 summary",
        "1 resumen",
        "meeting summary",
        "resumen de la reunion",
        "participant id upn",
        "id de participante upn",
        "id del participante upn",
        "in meeting duration",
        "full name",
        "nombre completo",
    ];
    let zoom = [
        "name original name",
        "nombre nombre original",
        "duration minutes",
        "duracion minutos",
        "total duration minutes",
        "duracion total minutos",
    ];
    let meet = first.columns.at(Column::GivenNames).is_some()
        || first.columns.at(Column::Surnames).is_some()
        || first.columns.at(Column::Email).is_some();
    if has(Column::Action) || has(Column::FirstJoined) || words(&teams) {
        Some(CallService::Teams)
    } else if words(&zoom) {
        Some(CallService::Zoom)
    } else {
        meet.then_some(CallService::Meet)
    }
}

/// Lines that each tell of one stay. Gives how many could not be read.
fn read_lines(part: &Part<'_>, session: Spell, people: &mut BTreeMap<String, Present>) -> usize {
    let columns = &part.columns;
    let time = |row: &Row, column| moment(columns.text(row, column), session.0, columns.utc);
    let all = [
        Column::Joined,
        Column::Left,
        Column::FirstJoined,
        Column::LastLeft,
    ];
    let times = part
        .rows
        .iter()
        .flat_map(|row| all.map(|column| time(row, column)));
    let latest = times.flatten().max();
    let mut unread = 0;
    for row in &part.rows {
        let joined = time(row, Column::Joined).or_else(|| time(row, Column::FirstJoined));
        let left = time(row, Column::Left).or_else(|| time(row, Column::LastLeft));
        let summed = columns.at(Column::Joined).is_none();
        let seconds = duration(columns.text(row, Column::Duration)).filter(|_| summed);
        // Who had not left when the report was made was there until its last word.
        let spells: Vec<Spell> = joined
            .zip(left.or(latest))
            .filter(|(joined, left)| joined < left)
            .into_iter()
            .collect();
        let told = joined.is_some() || (seconds.is_some() && !has_times(columns));
        if !told || !put(people, columns, row, Stay { spells, seconds }) {
            unread += 1;
        }
    }
    unread
}

fn has_times(columns: &Columns) -> bool {
    columns.at(Column::Joined).is_some() || columns.at(Column::FirstJoined).is_some()
}

/// A log of comings and goings. Gives how many lines could not be read.
fn read_log(part: &Part<'_>, session: Spell, people: &mut BTreeMap<String, Present>) -> usize {
    let columns = &part.columns;
    let mut unread = 0;
    let mut events: Vec<(DateTime<Utc>, bool, &Row)> = Vec::new();
    for row in &part.rows {
        let at = moment(columns.text(row, Column::Moment), session.0, columns.utc);
        match at {
            Some(at) => events.push((at, is_leaving(columns.text(row, Column::Action)), row)),
            None => unread += 1,
        }
    }
    events.sort_by_key(|(at, leaves, _)| (*at, *leaves));
    let Some(latest) = events.last().map(|(at, ..)| *at) else {
        return unread;
    };
    let mut open: BTreeMap<String, (DateTime<Utc>, &Row)> = BTreeMap::new();
    let mut close = |row: &Row, from, until| {
        let spells = if from < until {
            vec![(from, until)]
        } else {
            Vec::new()
        };
        let seconds = None;
        put(people, columns, row, Stay { spells, seconds });
    };
    for (at, leaves, row) in events {
        let who = key(&columns.name(row), columns.text(row, Column::Email));
        if leaves {
            if let Some((from, row)) = open.remove(&who) {
                close(row, from, at);
            }
        } else {
            open.entry(who).or_insert((at, row));
        }
    }
    for (from, row) in open.into_values() {
        close(row, from, latest);
    }
    unread
}

/// Whether an action of a log is that of leaving: `Left`, `Salió`, `Abandonó`, `Se retiró`.
fn is_leaving(action: &str) -> bool {
    let action = fold(action);
    ["left", "leave", "sali", "abandon", "retir", "se fue"]
        .iter()
        .any(|word| action.contains(word))
}

/// Adds a stay to whoever it is; `false`: the line names nobody.
fn put(people: &mut BTreeMap<String, Present>, columns: &Columns, row: &Row, stay: Stay) -> bool {
    let name: String = columns.name(row).chars().take(MAX_NAME).collect();
    let email: String = columns
        .text(row, Column::Email)
        .chars()
        .take(MAX_NAME)
        .collect();
    let email = if email.contains('@') {
        email.to_lowercase()
    } else {
        String::new()
    };
    let key = key(&name, &email);
    if key.is_empty() {
        return false;
    }
    let one = people.entry(key).or_insert_with(|| Present {
        name,
        email,
        stay: Stay::default(),
    });
    one.stay.add(&stay);
    true
}

/// By what lines of one person are known: name and address together, for two people may call
/// themselves alike, and one may call themselves otherwise on each device.
fn key(name: &str, email: &str) -> String {
    format!("{} {}", fold(name), email.to_lowercase())
        .trim()
        .to_owned()
}

#[cfg(test)]
#[path = "report_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "report_properties.rs"]
mod properties;
