//! What is done with lists. A list is its edition's: whoever decides on the edition's enrolments
//! works with it, and for everybody else it is not there.

mod apply;
mod decide;
mod undo;
mod upload;

use chrono::Days;
use sqlx::SqliteConnection;

pub use self::{
    apply::{start, tell},
    decide::{Choice, check_again, decide, set_columns},
    undo::{discard, undo},
    upload::{NewList, may_upload, upload},
};
use super::{
    NominationId, Verdict,
    check::{Repeats, check},
    line::LineReader,
    queries::{self, Nomination},
};
use crate::{
    access::{ManageEnrolments, Permit, Viewer, permit},
    error::AppError,
    people::InstitutionNames,
    server::{AppState, Secrets},
    tables::Row,
};

/// How many lines are read from the database at once.
const CHUNK: i64 = 500;

/// How long a list that nobody touches keeps its cells.
const KEPT_FOR: Days = Days::new(30);

/// A list, for whoever may work with it. Everybody else is told that it is not there.
pub async fn open(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    id: NominationId,
) -> Result<(Nomination, Permit<ManageEnrolments>), AppError> {
    let nomination = queries::nomination(connection, id)
        .await?
        .ok_or(AppError::NotFound)?;
    let asked = ManageEnrolments(nomination.edition);
    match permit(connection, viewer, asked).await {
        Ok(permit) => Ok((nomination, permit)),
        Err(AppError::Forbidden) => Err(AppError::NotFound),
        Err(error) => Err(error),
    }
}

/// What reads the lines of a list.
pub async fn line_reader(
    state: &AppState,
    connection: &mut SqliteConnection,
    nomination: &Nomination,
) -> Result<LineReader, AppError> {
    let names = InstitutionNames::load(connection).await?;
    Ok(LineReader::new(
        nomination.columns.clone(),
        names,
        nomination.institution,
        state.clock.today(),
    ))
}

/// A line's cells as they came in; `None` once they are erased.
pub fn opened(secrets: &Secrets, line: u32, cells: Option<&[u8]>) -> Option<Row> {
    let text = secrets.open(cells?)?;
    let cells = serde_json::from_str(&text).ok()?;
    Some(Row {
        number: line,
        cells,
    })
}

fn sealed(secrets: &Secrets, cells: &[String]) -> Vec<u8> {
    secrets.seal(&serde_json::to_string(cells).expect("text becomes JSON"))
}

/// Gives every line its verdict and the decision that follows from it.
async fn check_lines(
    state: &AppState,
    connection: &mut SqliteConnection,
    nomination: &Nomination,
) -> Result<(), AppError> {
    let reader = line_reader(state, connection, nomination).await?;
    let mut repeats = Repeats::default();
    let mut after = 0;
    loop {
        let lines = queries::lines(connection, nomination.id, None, after, CHUNK).await?;
        let Some(last) = lines.last() else {
            return Ok(());
        };
        after = last.number;
        for line in lines {
            let Some(row) = opened(&state.secrets, line.number, line.cells.as_deref()) else {
                continue;
            };
            let read = reader.read(&row);
            let person = read.as_ref().ok().map(|person| person.data.clone());
            let found = check(connection, &state.secrets, nomination.edition, read).await?;
            let first = person
                .and_then(|person| repeats.earlier(&state.secrets, person, &found, row.number));
            let (verdict, about) = match first {
                Some(_) => (Verdict::Repeated, (None, first)),
                None => (found.verdict(), (found.person(), None)),
            };
            queries::set_verdict(connection, nomination.id, line.number, verdict, about).await?;
        }
    }
}
