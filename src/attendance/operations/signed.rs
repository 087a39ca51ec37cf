//! Marks of those who signed a sheet.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use super::{
    Standing,
    mark::{NewMark, append, must_take_part, permitted_session},
    must_be_open, must_have_begun, refuse_own,
    session::{Changes, record},
};
use crate::{
    access::{AccountId, Permit, TakeAttendance},
    attendance::{Cell, MarkId, MarkSource, MarkStatus, queries, standing::Mark},
    courses::Modality,
    enrolment::EnrolmentId,
    error::{AppError, Reason},
    sessions::SessionId,
};

/// Marks those present who signed a session's sheet, but for who stands as attended already, and
/// gives the cells that changed. The sheet has seen nobody's mark: where somebody else said
/// otherwise, both stand as a conflict. `shown` is the newest mark of the session that whoever copies
/// the sheet knew of: the same form sent again changes nothing, whatever was said meanwhile.
///
/// # Errors
/// `EditionClosed`, `CheckInSelfPaced`, `SessionNotBegun`, `NotTakingPart`, `OwnRecord`.
pub async fn mark_signed(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    permit: &Permit<TakeAttendance>,
    session: SessionId,
    signed: &BTreeSet<EnrolmentId>,
    shown: Option<MarkId>,
) -> Result<Vec<Cell>, AppError> {
    let session = permitted_session(connection, permit, session).await?;
    must_be_open(session.state)?;
    if session.modality == Modality::SelfPaced {
        return Err(Reason::CheckInSelfPaced.into());
    }
    must_have_begun(&session, MarkStatus::Present, now)?;
    let marks = queries::marks_of_session(connection, session.id).await?;
    let none = Vec::new();
    let mut changes = Changes::default();
    for &enrolment in signed {
        must_take_part(connection, enrolment, &session).await?;
        let marks = marks.get(&enrolment).unwrap_or(&none);
        let before = Standing::of(marks);
        let attended = before.stands.is_some_and(|mark| mark.status.attended());
        if attended || is_copied(marks, permit.account(), shown) {
            continue;
        }
        refuse_own(connection, permit, enrolment).await?;
        let new = NewMark {
            enrolment,
            session: session.id,
            status: MarkStatus::Present,
            minutes: None,
            source: MarkSource::Sheet,
            client_key: None,
            seen: None,
            reason: None,
        };
        let after = append(connection, now, permit.account(), &session, &new, &before).await?;
        changes.push(enrolment, &session, &before, &after);
    }
    record(connection, now, permit, &session, changes).await
}

/// Whether the marker's own last word is this signature, said after everything that others had said
/// when the page was made.
fn is_copied(marks: &[Mark], account: Option<AccountId>, shown: Option<MarkId>) -> bool {
    let own = marks.iter().rfind(|mark| mark.marker == account);
    let of_others = marks
        .iter()
        .rfind(|mark| mark.marker != account && Some(mark.id) <= shown);
    own.is_some_and(|own| {
        own.status == MarkStatus::Present && of_others.is_none_or(|other| other.id < own.id)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One mark a letter: whose it is, and what it says (p present, a absent); ids from 1.
    fn marks(said: &[(i64, char)]) -> Vec<Mark> {
        let mark = |(id, &(account, what)): (i64, &(i64, char))| Mark {
            id: MarkId::new(id),
            status: match what {
                'p' => MarkStatus::Present,
                _ => MarkStatus::Absent,
            },
            minutes: 0,
            marker: Some(AccountId::new(account)),
            seen: None,
        };
        (1..).zip(said).map(mark).collect()
    }

    #[test]
    fn a_form_sent_again_is_known() {
        for (said, shown, copied) in [
            (&[][..], 0, false),
            (&[(1, 'p')], 0, true),
            (&[(1, 'a')], 0, false),
            (&[(2, 'a')], 0, false),
            // Against another's absence: once.
            (&[(2, 'a'), (1, 'p')], 1, true),
            // Somebody settled it meanwhile: the old form does not open it again.
            (&[(1, 'p'), (2, 'a')], 0, true),
            // Whoever has seen that and ticks anew means it.
            (&[(1, 'p'), (2, 'a')], 2, false),
            (&[(1, 'p'), (2, 'a'), (1, 'p')], 2, true),
            (&[(1, 'p'), (2, 'a'), (1, 'p')], 3, true),
        ] {
            let shown = (shown > 0).then(|| MarkId::new(shown));
            let account = Some(AccountId::new(1));
            assert_eq!(is_copied(&marks(said), account, shown), copied, "{said:?}");
        }
    }
}
