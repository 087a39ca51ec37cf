//! Saying something about many people of one session at once: all of it is done, or nothing.
//!
//! A line of the list has a choice and minutes, and without a script a choice that the page showed
//! cannot be taken away again. As on a sheet of paper, what somebody adds to a line is what they
//! mean to say:
//!
//! | the choice | the minutes | the line says |
//! | --- | --- | --- |
//! | partial | any | partial, with these minutes |
//! | as the page showed it | newly typed | partial, with these minutes |
//! | newly made | as the page showed them | the choice |
//! | newly made | newly typed | nothing: it is refused at the minutes, for it says two things |

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::SqliteConnection;

use super::{
    MarkReason, Standing,
    mark::{NewMark, append, cell, must_take_part, permitted_session},
    must_be_done, must_be_open, must_have_begun, refuse_own,
};
use crate::{
    access::{Permit, TakeAttendance},
    attendance::{
        Cell, MarkId, MarkSource, MarkStatus,
        queries::{self, MarkedSession},
        standing::Mark,
    },
    audit::{self, Event},
    enrolment::{EnrolmentId, operations::is_own},
    error::{AppError, Fault, FieldError},
    sessions::SessionId,
};

/// One line of a session's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement {
    /// About whom.
    pub enrolment: EnrolmentId,
    /// What the line says.
    pub status: MarkStatus,
    /// The minutes in the line: the module says what they mean beside other choices than
    /// [`MarkStatus::Partial`].
    pub minutes: Option<i64>,
    /// The newest mark of the cell when the form was made.
    pub seen: Option<MarkId>,
}

impl Statement {
    /// What the line says, as a mark can hold it: minutes with partial attendance alone, and as many
    /// as a session of `planned` minutes has room for.
    fn meant(&self, shown: &Standing, planned: i64) -> Result<Self, Fault> {
        let as_shown = |given: &i64| {
            let partial = shown
                .stands
                .filter(|mark| mark.status == MarkStatus::Partial);
            partial.is_some_and(|mark| [mark.minutes, mark.worth(planned)].contains(given))
        };
        let chosen = shown.stands.map(|mark| mark.status) != Some(self.status);
        let typed = self.minutes.filter(|given| !as_shown(given));
        let (status, minutes) = match (self.status, typed) {
            (MarkStatus::Partial, _) => (MarkStatus::Partial, self.minutes),
            (status, None) => (status, None),
            (_, Some(_)) if chosen => return Err(Fault::MinutesBesideMark),
            (_, minutes) => (MarkStatus::Partial, minutes),
        };
        status.minutes(minutes, planned)?;
        Ok(Self {
            status,
            minutes,
            ..*self
        })
    }

    /// Whether the line says what these marks amount to.
    pub(super) fn repeats(&self, standing: &Standing) -> bool {
        match standing.stands {
            None => self.status == MarkStatus::NotTaken,
            Some(mark) => {
                let partial = mark.status == MarkStatus::Partial;
                mark.status == self.status && (!partial || self.minutes == Some(mark.minutes))
            }
        }
    }
}

/// What an audit event tells of a session that was marked.
#[derive(Debug, Serialize)]
struct Told {
    marks: Vec<(EnrolmentId, MarkStatus, i64)>,
}

impl Told {
    fn of(cells: &[Cell]) -> Self {
        let told = |cell: &Cell| (cell.enrolment, cell.status, cell.minutes);
        Self {
            marks: cells.iter().map(told).collect(),
        }
    }
}

/// The cells that were marked, before and after.
#[derive(Default)]
pub(super) struct Changes {
    before: Vec<Cell>,
    after: Vec<Cell>,
}

impl Changes {
    pub(super) fn push(
        &mut self,
        enrolment: EnrolmentId,
        session: &MarkedSession,
        before: &Standing,
        after: &Standing,
    ) {
        self.before.push(cell(enrolment, session, before));
        self.after.push(cell(enrolment, session, after));
    }
}

/// Takes a session's form: a line that still says what the marker saw is no statement, and one
/// that says what stands already adds nothing. Gives the number of marks appended.
///
/// # Errors
/// As [`super::mark`]; faults name the field of their line, `minutes-17`.
pub async fn mark_many(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    permit: &Permit<TakeAttendance>,
    session: SessionId,
    lines: &[Statement],
    reason: Option<&MarkReason>,
) -> Result<Vec<Cell>, AppError> {
    let session = permitted_session(connection, permit, session).await?;
    must_be_open(session.state)?;
    let marks = queries::marks_of_session(connection, session.id).await?;
    let none = Vec::new();
    let mut changes = Changes::default();
    for line in &meant(lines, &marks, &session)? {
        let marks = marks.get(&line.enrolment).unwrap_or(&none);
        let Some(before) = statement_over(line, marks)? else {
            continue;
        };
        must_have_begun(&session, line.status, now)?;
        must_take_part(connection, line.enrolment, &session).await?;
        refuse_own(connection, permit, line.enrolment).await?;
        must_be_done(connection, &session, line.enrolment, line.status, reason).await?;
        let new = new_mark(line, &session, MarkSource::Form, reason);
        let after = append(connection, now, permit.account(), &session, &new, &before).await?;
        changes.push(line.enrolment, &session, &before, &after);
    }
    record(connection, now, permit, &session, changes).await
}

/// Marks everybody present who is not marked yet, but for the marker themselves, and gives the cells
/// that changed. Done twice, it changes nothing.
pub async fn mark_rest_present(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    permit: &Permit<TakeAttendance>,
    session: SessionId,
    source: MarkSource,
    reason: Option<&MarkReason>,
) -> Result<Vec<Cell>, AppError> {
    let session = permitted_session(connection, permit, session).await?;
    must_be_open(session.state)?;
    must_have_begun(&session, MarkStatus::Present, now)?;
    let marks: BTreeMap<EnrolmentId, Vec<Mark>> =
        queries::marks_of_session(connection, session.id).await?;
    let mut changes = Changes::default();
    for enrolment in queries::not_yet_taken(connection, session.id).await? {
        if is_own(connection, permit, enrolment).await? {
            continue;
        }
        let before = marks.get(&enrolment).map(Standing::of).unwrap_or_default();
        let line = Statement {
            enrolment,
            status: MarkStatus::Present,
            minutes: None,
            seen: before.newest(),
        };
        must_be_done(connection, &session, enrolment, line.status, reason).await?;
        let new = new_mark(&line, &session, source, reason);
        let after = append(connection, now, permit.account(), &session, &new, &before).await?;
        changes.push(enrolment, &session, &before, &after);
    }
    record(connection, now, permit, &session, changes).await
}

/// What stands before the line, if the line says anything new over it.
fn statement_over(line: &Statement, marks: &[Mark]) -> Result<Option<Standing>, AppError> {
    let known = |seen| marks.iter().any(|mark| mark.id == seen);
    if !line.seen.is_none_or(known) {
        let field = format!("mark-{}", line.enrolment);
        return Err(AppError::field(&field, Fault::UnknownChoice));
    }
    let shown = shown(line, marks);
    let standing = Standing::of(marks);
    let says_nothing = line.repeats(&shown) || (line.repeats(&standing) && !standing.conflict);
    Ok((!says_nothing).then_some(standing))
}

/// What the line's page showed.
fn shown(line: &Statement, marks: &[Mark]) -> Standing {
    Standing::of(marks.iter().filter(|mark| Some(mark.id) <= line.seen))
}

/// What the lines say, or every fault of the form at once.
fn meant(
    lines: &[Statement],
    marks: &BTreeMap<EnrolmentId, Vec<Mark>>,
    session: &MarkedSession,
) -> Result<Vec<Statement>, AppError> {
    let (mut said, mut faults) = (Vec::new(), Vec::new());
    for line in lines {
        let marks = marks.get(&line.enrolment).map_or(&[][..], Vec::as_slice);
        match line.meant(&shown(line, marks), session.planned_minutes) {
            Ok(line) => said.push(line),
            Err(fault) => faults.push(FieldError {
                field: format!("minutes-{}", line.enrolment),
                fault,
            }),
        }
    }
    if faults.is_empty() {
        Ok(said)
    } else {
        Err(AppError::Invalid(faults))
    }
}

fn new_mark(
    line: &Statement,
    session: &MarkedSession,
    source: MarkSource,
    reason: Option<&MarkReason>,
) -> NewMark {
    NewMark {
        enrolment: line.enrolment,
        session: session.id,
        status: line.status,
        minutes: line.minutes,
        source,
        client_key: None,
        seen: line.seen,
        reason: reason.filter(|_| line.status.attended()).cloned(),
    }
}

/// Tells the audit trail, and gives the cells as they stand now.
pub(super) async fn record(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    permit: &Permit<TakeAttendance>,
    session: &MarkedSession,
    changes: Changes,
) -> Result<Vec<Cell>, AppError> {
    if !changes.after.is_empty() {
        let event = Event::new("attendance_mark_many", "session", session.id.get())
            .before(&Told::of(&changes.before))
            .after(&Told::of(&changes.after));
        audit::record_permitted(connection, now, permit, event).await?;
    }
    Ok(changes.after)
}
