//! Marks out of somebody else's report, such as that of a video call.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use super::{
    Standing,
    mark::{NewMark, append, must_take_part, permitted_session},
    must_be_open, must_have_begun,
    session::{Changes, Statement, record},
};
use crate::{
    access::{Permit, TakeAttendance},
    attendance::{Cell, MarkSource, MarkStatus, queries, standing::Mark},
    enrolment::{EnrolmentId, operations::is_own},
    error::AppError,
    sessions::SessionId,
};

/// How long somebody was there, as a report says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reported {
    /// Who.
    pub enrolment: EnrolmentId,
    /// The minutes within the session's time.
    pub minutes: i64,
}

impl Reported {
    /// What that is in a session of `planned` minutes: none of it says nothing.
    fn statement(self, planned: i64) -> Option<Statement> {
        let (status, minutes) = match self.minutes {
            ..=0 => return None,
            all if all >= planned => (MarkStatus::Present, None),
            some => (MarkStatus::Partial, Some(some)),
        };
        Some(Statement {
            enrolment: self.enrolment,
            status,
            minutes,
            seen: None,
        })
    }
}

/// Marks those whom a report names, but for the marker themselves, and gives the cells that changed.
/// The report has seen nobody's mark. What stands the same already, or was said the same by this
/// marker before, is left alone: done twice, it changes nothing.
pub async fn mark_reported(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    permit: &Permit<TakeAttendance>,
    session: SessionId,
    reported: &[Reported],
    source: MarkSource,
) -> Result<Vec<Cell>, AppError> {
    let session = permitted_session(connection, permit, session).await?;
    must_be_open(session.state)?;
    must_have_begun(&session, MarkStatus::Present, now)?;
    let marks = queries::marks_of_session(connection, session.id).await?;
    let none = Vec::new();
    let mut changes = Changes::default();
    for one in reported {
        let Some(line) = one.statement(session.planned_minutes) else {
            continue;
        };
        let marks = marks.get(&line.enrolment).unwrap_or(&none);
        let before = Standing::of(marks);
        if line.repeats(&before) || said_before(&line, marks, permit) {
            continue;
        }
        must_take_part(connection, line.enrolment, &session).await?;
        if is_own(connection, permit, line.enrolment).await? {
            continue;
        }
        let new = NewMark {
            enrolment: line.enrolment,
            session: session.id,
            status: line.status,
            minutes: line.minutes,
            source,
            client_key: None,
            seen: None,
            reason: None,
        };
        let after = append(connection, now, permit.account(), &session, &new, &before).await?;
        changes.push(line.enrolment, &session, &before, &after);
    }
    record(connection, now, permit, &session, changes).await
}

/// Whether the marker's own last word was this.
fn said_before(line: &Statement, marks: &[Mark], permit: &Permit<TakeAttendance>) -> bool {
    let own = |mark: &&Mark| mark.marker == permit.account();
    marks.iter().rev().find(own).is_some_and(|mark| {
        let partial = mark.status == MarkStatus::Partial;
        mark.status == line.status && (!partial || line.minutes == Some(mark.minutes))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_report_says_follows_from_the_minutes() {
        let said = |minutes| {
            let enrolment = EnrolmentId::new(1);
            let line = Reported { enrolment, minutes }.statement(240);
            line.map(|line| (line.status, line.minutes))
        };
        for (minutes, expected) in [
            (-5, None),
            (0, None),
            (1, Some((MarkStatus::Partial, Some(1)))),
            (239, Some((MarkStatus::Partial, Some(239)))),
            (240, Some((MarkStatus::Present, None))),
            (500, Some((MarkStatus::Present, None))),
        ] {
            assert_eq!(said(minutes), expected, "{minutes}");
        }
    }
}
