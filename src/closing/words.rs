//! The words of this domain: items of the checklist, what they miss, and what changed.

use super::{
    checklist::Item,
    compare::{About, Change},
    content::{CellSaid, HeadcountSaid},
};
use crate::{
    attendance, enrolment, plural, t,
    ui::{number, time},
};

/// An item as a heading: "Asistencia completa".
pub fn item(item: Item) -> String {
    match item {
        Item::Marks => t!(closing.item.marks),
        Item::Conflicts => t!(closing.item.conflicts),
        Item::Results => t!(closing.item.results),
        Item::Pending => t!(closing.item.pending),
        Item::SelfPaced => t!(closing.item.self_paced),
        Item::Headcount => t!(closing.item.headcount),
    }
}

/// An item that misses nothing, in a sentence.
pub fn met(item: Item) -> String {
    match item {
        Item::Marks => t!(closing.met.marks),
        Item::Conflicts => t!(closing.met.conflicts),
        Item::Results => t!(closing.met.results),
        Item::Pending => t!(closing.met.pending),
        Item::SelfPaced => t!(closing.met.self_paced),
        Item::Headcount => t!(closing.met.headcount),
    }
}

/// One thing that is missing: "Primera sesión: 3 personas sin marca".
pub fn missing(item: Item, what: Option<&str>, count: i64) -> String {
    let said = match item {
        Item::Marks if what.is_none() => plural!(count, closing.missing.sessions),
        Item::Marks => plural!(count, closing.missing.marks),
        Item::Conflicts => plural!(count, closing.missing.conflicts),
        Item::Results => t!(closing.missing.results),
        Item::Pending => plural!(count, closing.missing.pending),
        Item::SelfPaced => t!(closing.missing.self_paced),
        Item::Headcount => plural!(count, closing.missing.headcount),
    };
    match what {
        Some(what) => t!(closing.missing.about, what = what, said = said),
        None => said,
    }
}

/// What a cell says: "Presente", "Parcial, 2 h", "Sin tomar".
pub fn cell(cell: Option<CellSaid>) -> String {
    cell.map_or_else(
        || t!(closing.not_taken),
        |cell| attendance::words::status_with_minutes(cell.status, cell.minutes),
    )
}

/// A change in four columns: who, about what, before, after.
pub struct ChangeRow {
    /// Who; nobody where a session changed.
    pub who: String,
    /// Which session, or "Nota", "Resultado".
    pub what: String,
    /// What was.
    pub before: String,
    /// What is.
    pub after: String,
}

/// The words of a change.
pub fn change(change: &Change) -> ChangeRow {
    match change {
        Change::Session {
            title,
            before,
            after,
            ..
        } => ChangeRow {
            who: t!(closing.change.session),
            what: title.clone(),
            before: minutes(*before),
            after: minutes(*after),
        },
        Change::Headcount {
            title,
            before,
            after,
            ..
        } => ChangeRow {
            who: t!(closing.change.headcount),
            what: title.clone(),
            before: headcount(before.as_ref()),
            after: headcount(after.as_ref()),
        },
        Change::Person { name, what, .. } => about(name.clone(), what),
    }
}

fn about(who: String, what: &About) -> ChangeRow {
    let (what, before, after) = match what {
        About::Joined => (
            t!(closing.change.participation),
            t!(closing.change.not_there),
            t!(closing.change.takes_part),
        ),
        About::Left => (
            t!(closing.change.participation),
            t!(closing.change.takes_part),
            t!(closing.change.not_there),
        ),
        About::Cell {
            title,
            before,
            after,
            ..
        } => (title.clone(), cell(*before), cell(*after)),
        About::Grade { before, after } => (t!(closing.change.grade), grade(*before), grade(*after)),
        About::Outcome { before, after } => (
            t!(closing.change.outcome),
            enrolment::words::state(*before),
            enrolment::words::state(*after),
        ),
    };
    ChangeRow {
        who,
        what,
        before,
        after,
    }
}

/// What was counted, and how many of them have no name; with the reason where there is one.
pub fn headcount(said: Option<&HeadcountSaid>) -> String {
    let Some(said) = said else {
        return t!(closing.headcount.none);
    };
    let text = t!(
        closing.headcount.said,
        counted = number::count(said.counted.total()),
        women = number::count(said.counted.women),
        men = number::count(said.counted.men),
        unstated = number::count(said.counted.unstated),
        unnamed = number::count(said.unnamed.total())
    );
    match &said.explanation {
        Some(why) => format!("{text} {why}"),
        None => text,
    }
}

fn minutes(minutes: Option<i64>) -> String {
    minutes.map_or_else(|| t!(closing.change.not_there), time::duration)
}

/// A grade, or a dash.
pub fn grade(tenths: Option<i64>) -> String {
    tenths.map_or_else(|| "—".to_owned(), number::tenths)
}
