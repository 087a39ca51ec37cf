//! The sheet of a closing record, in the words of its language.

use std::collections::BTreeMap;

use crate::{
    attendance::{MarkStatus, Share},
    certificates,
    closing::{
        compare::changes,
        content::{CellSaid, HeadcountSaid, ItemSaid, PersonSaid, RecordContent, SessionSaid},
        operations::numbered,
        words,
    },
    courses,
    documents::closing_record::{ClosingSheet, SheetItem, SheetTable},
    enrolment::{self, EnrolmentState},
    people::{self, Sector, Sex},
    t,
    ui::{number, time},
};

/// What the sheet of a record says, against the record before it where there is one.
pub(in crate::closing) fn sheet(
    said: &RecordContent,
    before: Option<&RecordContent>,
    digest: String,
    language: &'static str,
) -> ClosingSheet {
    let number = numbered(said.year, said.number);
    ClosingSheet {
        language,
        title: t!(closing.sheet.title, number = number.as_str()),
        course: courses::words::edition_title(&said.edition.course, said.edition.number),
        organisation: said.edition.implementer.clone(),
        facts: facts(said),
        checklist: said
            .items
            .iter()
            .map(item)
            .chain(headcounts(said))
            .collect(),
        sessions: sessions(said),
        people: people(said),
        legend: legend(said),
        totals: totals(said),
        changes: before.map(|before| changed(said, before)),
        signatures: vec![
            t!(closing.sheet.signs_coordination),
            t!(closing.sheet.signs_facilitator),
            t!(closing.sheet.signs_institution),
        ],
        checklist_title: t!(closing.checklist),
        explanation: t!(closing.explanation),
        page: t!(closing.sheet.page),
        of: t!(closing.sheet.page_of),
        digest,
        code: number,
    }
}

fn facts(said: &RecordContent) -> Vec<(String, String)> {
    let edition = &said.edition;
    let place = edition.place.clone().unwrap_or_else(|| "—".to_owned());
    let kind = format!(
        "{}, {}",
        courses::words::kind(edition.kind),
        courses::words::modality(edition.modality)
    );
    let mut facts = vec![
        (t!(closing.fact.program), edition.program.clone()),
        (t!(closing.fact.kind), kind),
        (
            t!(closing.fact.implementer),
            format!("{} · {}", edition.implementer, edition.funder),
        ),
        (t!(closing.fact.place), place),
        (
            t!(closing.fact.dates),
            time::date_range(edition.starts_on, edition.ends_on),
        ),
        (t!(closing.fact.closed), closed(said)),
        (t!(closing.fact.rule), rule(said)),
        (t!(closing.fact.declined), number::count(said.declined)),
    ];
    if let Some(previous) = &said.previous {
        let number = numbered(previous.year, previous.number);
        facts.push((
            t!(closing.fact.previous),
            format!("{number}: {}", previous.reason),
        ));
    }
    facts
}

/// "sáb 28 nov 2026, 13:00, Carla Coordinadora".
pub(super) fn closed(said: &RecordContent) -> String {
    let when = time::date_time(said.closed_at);
    match &said.closed_by {
        Some(name) => format!("{when}, {name}"),
        None => when,
    }
}

fn rule(said: &RecordContent) -> String {
    let share = number::share(number::float(said.edition.min_share_permille) / 1000.0);
    match said.edition.min_grade_tenths {
        Some(grade) => t!(
            closing.fact.rule_graded,
            share = share,
            grade = number::tenths(grade)
        ),
        None => t!(closing.fact.rule_ungraded, share = share),
    }
}

fn item(said: &ItemSaid) -> SheetItem {
    SheetItem {
        title: words::item(said.item),
        lines: item_lines(said),
        explanation: said.explanation.clone(),
    }
}

/// How many were counted, for who reads the record without the tables.
fn headcounts(said: &RecordContent) -> Option<SheetItem> {
    let line = |session: &SessionSaid| {
        let said = words::headcount(Some(session.headcount.as_ref()?));
        Some(format!("{}: {said}", session.title))
    };
    let lines: Vec<String> = said.facts.sessions.iter().filter_map(line).collect();
    (!lines.is_empty()).then(|| SheetItem {
        title: t!(closing.headcount.title),
        lines,
        explanation: None,
    })
}

/// What an item missed, or that it missed nothing.
pub(super) fn item_lines(said: &ItemSaid) -> Vec<String> {
    if said.missing.is_empty() {
        return vec![words::met(said.item)];
    }
    let line = |missing: &crate::closing::content::MissingSaid| {
        words::missing(said.item, missing.what.as_deref(), missing.count)
    };
    said.missing.iter().map(line).collect()
}

fn sessions(said: &RecordContent) -> SheetTable {
    let rows = said.facts.sessions.iter().enumerate();
    let rows = rows.map(|(index, session)| {
        vec![
            (index + 1).to_string(),
            session.title.clone(),
            time::time_range(session.starts_at, session.ends_at),
            courses::words::modality(session.modality),
            number::count(session.planned_minutes),
            figure(session, |said| said.counted.total()),
            figure(session, |said| said.unnamed.total()),
        ]
    });
    SheetTable {
        title: t!(closing.sheet.sessions),
        heads: vec![
            t!(closing.sheet.number),
            t!(closing.sheet.session),
            t!(closing.sheet.when),
            t!(closing.sheet.modality),
            t!(closing.sheet.minutes),
            t!(closing.sheet.counted),
            t!(closing.sheet.unnamed),
        ],
        rows: rows.collect(),
        empty: t!(closing.sheet.no_sessions),
    }
}

/// A figure of a session's headcount, or a dash where nobody counted.
fn figure(session: &SessionSaid, of: fn(&HeadcountSaid) -> i64) -> String {
    let said = session.headcount.as_ref();
    said.map_or_else(|| "—".to_owned(), |said| number::count(of(said)))
}

fn people(said: &RecordContent) -> SheetTable {
    let row = |(index, person): (usize, &PersonSaid)| {
        let share = Share {
            attended: person.attended_minutes,
            planned: person.planned_minutes,
            open: 0,
        };
        vec![
            (index + 1).to_string(),
            person.name.clone(),
            person.institution.clone().unwrap_or_default(),
            cells(said, person),
            format!("{} min · {}", person.attended_minutes, share.percent()),
            words::grade(person.grade_tenths),
            enrolment::words::state(person.outcome),
            document(person),
        ]
    };
    SheetTable {
        title: t!(closing.sheet.people),
        heads: vec![
            t!(closing.sheet.number),
            t!(closing.sheet.name),
            t!(closing.sheet.institution),
            t!(closing.sheet.cells),
            t!(closing.sheet.share),
            t!(closing.sheet.grade),
            t!(closing.sheet.outcome),
            t!(closing.sheet.document),
        ],
        rows: said.facts.people.iter().enumerate().map(row).collect(),
        empty: t!(closing.sheet.nobody),
    }
}

/// What somebody earned, and whether it was still to be issued.
pub(super) fn document(person: &PersonSaid) -> String {
    match (person.earned, person.due) {
        (None, _) => "—".to_owned(),
        (Some(kind), None) => certificates::words::short_kind(kind),
        (Some(_), Some(kind)) => t!(
            closing.sheet.due,
            kind = certificates::words::short_kind(kind)
        ),
    }
}

/// A mark a session, in their order.
fn cells(said: &RecordContent, person: &PersonSaid) -> String {
    let sessions = said.facts.sessions.iter();
    let marks = sessions.map(|session| {
        let found = person.cells.iter().find(|cell| cell.session == session.id);
        short(found)
    });
    marks.collect::<Vec<_>>().join(" · ")
}

fn short(cell: Option<&CellSaid>) -> String {
    let Some(cell) = cell else {
        return "–".to_owned();
    };
    match cell.status {
        MarkStatus::Present => t!(closing.short.present),
        MarkStatus::Late => t!(closing.short.late),
        MarkStatus::Partial => cell.minutes.to_string(),
        MarkStatus::Excused => t!(closing.short.excused),
        MarkStatus::Absent => t!(closing.short.absent),
        MarkStatus::NotTaken => "–".to_owned(),
    }
}

fn legend(said: &RecordContent) -> String {
    let excused = if said.edition.excused_counts {
        t!(closing.short.excused_counts)
    } else {
        t!(closing.short.excused_not)
    };
    format!("{} {excused}", t!(closing.short.legend))
}

/// Participants by sector and sex, and how many completed; below the total, which they are not in,
/// the participations without a name.
fn totals(said: &RecordContent) -> SheetTable {
    let people = &said.facts.people;
    let mut sectors: BTreeMap<Option<Sector>, Vec<&PersonSaid>> = BTreeMap::new();
    for person in people {
        sectors.entry(person.sector).or_default().push(person);
    }
    let mut rows: Vec<Vec<String>> = sectors
        .iter()
        .map(|(sector, people)| {
            let name = sector.map_or_else(|| t!(closing.sheet.no_sector), people::words::sector);
            total(name, people)
        })
        .collect();
    let all: Vec<&PersonSaid> = people.iter().collect();
    if !rows.is_empty() {
        rows.push(total(t!(closing.sheet.total), &all));
    }
    let unnamed = said.facts.unnamed();
    if unnamed.total() > 0 {
        let figures = [
            unnamed.women,
            unnamed.men,
            unnamed.unstated,
            unnamed.total(),
        ];
        let mut row = vec![t!(closing.sheet.unnamed_row)];
        row.extend(figures.map(|figure| figure.to_string()));
        row.push("—".to_owned());
        rows.push(row);
    }
    SheetTable {
        title: t!(closing.sheet.totals),
        heads: vec![
            t!(closing.sheet.sector),
            people::words::sex(Sex::Female),
            people::words::sex(Sex::Male),
            people::words::sex(Sex::Unstated),
            t!(closing.sheet.total),
            enrolment::words::state(EnrolmentState::Completed),
        ],
        rows,
        empty: t!(closing.sheet.nobody),
    }
}

fn total(name: String, people: &[&PersonSaid]) -> Vec<String> {
    let count = |wanted: &dyn Fn(&PersonSaid) -> bool| {
        people
            .iter()
            .filter(|person| wanted(person))
            .count()
            .to_string()
    };
    vec![
        name,
        count(&|person| person.sex == Sex::Female),
        count(&|person| person.sex == Sex::Male),
        count(&|person| person.sex == Sex::Unstated),
        people.len().to_string(),
        count(&|person| person.outcome == EnrolmentState::Completed),
    ]
}

fn changed(said: &RecordContent, before: &RecordContent) -> SheetTable {
    let number = numbered(before.year, before.number);
    let rows = changes(&before.facts, &said.facts);
    let row = |change| {
        let row = words::change(change);
        vec![row.who, row.what, row.before, row.after]
    };
    SheetTable {
        title: t!(closing.change.title, number = number),
        heads: vec![
            t!(closing.change.who),
            t!(closing.change.what),
            t!(closing.change.before),
            t!(closing.change.after),
        ],
        rows: rows.iter().map(row).collect(),
        empty: t!(closing.change.none),
    }
}
