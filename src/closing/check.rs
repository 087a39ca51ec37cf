//! Closing records against the database: part of `capacita check`.

use sqlx::SqliteConnection;

use super::{
    compare::{About, Change, changes},
    content::{self, CellSaid, Facts, HeadcountSaid, Present},
    model::RecordId,
    operations::numbered,
    queries::{self, Stored},
};
use crate::{
    courses::{EditionState, visible_header},
    enrolment::EnrolmentId,
    error::AppError,
};

/// How many records are read at a time.
const PAGE: i64 = 50;

/// What is wrong with a record, as a line of the check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault(String);

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Looks at every record: its content against its digest, and that of every closed edition against
/// what stands today. Names nobody.
pub async fn check(connection: &mut SqliteConnection) -> Result<Vec<Fault>, AppError> {
    let mut faults = Vec::new();
    let mut last = RecordId::new(0);
    loop {
        let rows = queries::stored_after(connection, last, PAGE).await?;
        let Some((row, _)) = rows.last() else { break };
        last = row.id;
        for (row, state) in rows {
            let name = format!(
                "closing record {} of edition {}",
                numbered(row.year, row.number),
                row.edition
            );
            let found = of_record(connection, &row, state).await?;
            faults.extend(
                found
                    .into_iter()
                    .map(|fault| Fault(format!("{name}: {fault}"))),
            );
        }
    }
    Ok(faults)
}

async fn of_record(
    connection: &mut SqliteConnection,
    row: &Stored,
    state: EditionState,
) -> Result<Vec<String>, AppError> {
    if content::digest(&row.content) != *row.content_digest {
        return Ok(vec!["its content is not what was closed".to_owned()]);
    }
    let Ok(said) = serde_json::from_str::<content::RecordContent>(&row.content) else {
        return Ok(vec!["its content cannot be read".to_owned()]);
    };
    if (said.year, said.number) != (row.year, row.number) || said.edition.id != row.edition {
        return Ok(vec![
            "its content has another number or edition than its record".to_owned(),
        ]);
    }
    if row.superseded_at.is_some() {
        return Ok(Vec::new());
    }
    if state != EditionState::Closed {
        return Ok(vec![
            "it stands, though the edition is not closed".to_owned(),
        ]);
    }
    let header = visible_header(connection, None, row.edition).await?;
    let present = Present::load(connection, row.closed_at, &header).await?;
    let joined = queries::joined(connection, row.edition).await?;
    Ok(differences(&said.facts, &present.facts(), &joined))
}

/// What the database says otherwise, by numbers. Of `joined` enrolments, which are of one person
/// recorded twice, the journal of the merge tells what became.
fn differences(said: &Facts, present: &Facts, joined: &[EnrolmentId]) -> Vec<String> {
    let line = |change: &Change| match change {
        Change::Session {
            session,
            before,
            after,
            ..
        } => format!(
            "session {session} has {}, the record says {}",
            minutes(*after),
            minutes(*before)
        ),
        Change::Headcount {
            session,
            before,
            after,
            ..
        } => format!(
            "the headcount of session {session} is {}, the record says {}",
            counted(after.as_ref()),
            counted(before.as_ref())
        ),
        Change::Person {
            enrolment, what, ..
        } => match what {
            About::Joined => format!("enrolment {enrolment} takes part and is not in the record"),
            About::Left => format!("enrolment {enrolment} is in the record and does not take part"),
            About::Cell {
                session,
                before,
                after,
                ..
            } => format!(
                "attendance of enrolment {enrolment} in session {session} is {}, the record says {}",
                cell(*after),
                cell(*before)
            ),
            About::Grade { .. } => format!("the grade of enrolment {enrolment} is another"),
            About::Outcome { before, after } => {
                format!("the outcome of enrolment {enrolment} is {after}, the record says {before}")
            }
        },
    };
    let compared = |change: &&Change| match change {
        Change::Person { enrolment, .. } => !joined.contains(enrolment),
        Change::Session { .. } => true,
        // Who is named follows from the cells, which are compared by themselves.
        Change::Headcount { before, after, .. } => {
            let counted = |said: &Option<HeadcountSaid>| said.as_ref().map(|said| said.counted);
            counted(before) != counted(after)
        }
    };
    changes(said, present)
        .iter()
        .filter(compared)
        .map(line)
        .collect()
}

fn minutes(minutes: Option<i64>) -> String {
    minutes.map_or_else(|| "nothing".to_owned(), |minutes| format!("{minutes} min"))
}

fn cell(cell: Option<CellSaid>) -> String {
    cell.map_or_else(
        || "not taken".to_owned(),
        |cell| format!("{} ({} min)", cell.status, cell.minutes),
    )
}

fn counted(said: Option<&HeadcountSaid>) -> String {
    said.map_or_else(
        || "nothing".to_owned(),
        |said| said.counted.total().to_string(),
    )
}
