//! Two enrolments of one person in one edition: one stays, with the strongest attendance.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use crate::{
    access::AccountId,
    attendance::MarkStatus,
    enrolment::EnrolmentState,
    error::AppError,
    merging::{
        queries::{self, Cell, Enrolled, Journal, RowKey, Value},
        references::{Fate, TO_ENROLMENTS},
    },
    people::PersonId,
    t_in,
};
use capacita_locales::Locale;

/// Who merges, and when.
#[derive(Clone, Copy, Debug)]
pub(super) struct By {
    pub account: Option<AccountId>,
    pub now: DateTime<Utc>,
}

/// Two active enrolments in one edition: the one that stays, and the one that is given up.
#[derive(Clone, Debug)]
pub(in crate::merging) struct Collision {
    /// Takes part from now on.
    pub stays: Enrolled,
    /// Stands for nothing any more.
    pub gives_up: Enrolled,
}

/// The editions in which both are active. The enrolment that has got further stays; of two alike,
/// that of the record that stays.
pub(in crate::merging) fn collisions(kept: &[Enrolled], gone: &[Enrolled]) -> Vec<Collision> {
    let active = |list: &[Enrolled]| -> Vec<Enrolled> {
        let found = list.iter().filter(|enrolled| enrolled.state.is_active());
        found.cloned().collect()
    };
    let gone = active(gone);
    let pair = |own: Enrolled| {
        let other = gone
            .iter()
            .find(|other| other.edition == own.edition)?
            .clone();
        Some(if rank(other.state) > rank(own.state) {
            Collision {
                stays: other,
                gives_up: own,
            }
        } else {
            Collision {
                stays: own,
                gives_up: other,
            }
        })
    };
    active(kept).into_iter().filter_map(pair).collect()
}

/// How far an enrolment has got.
const fn rank(state: EnrolmentState) -> u8 {
    match state {
        EnrolmentState::Declined | EnrolmentState::Withdrawn => 0,
        EnrolmentState::Requested => 1,
        EnrolmentState::Waiting => 2,
        EnrolmentState::Enrolled => 3,
        EnrolmentState::NoShow => 4,
        EnrolmentState::NotCompleted => 5,
        EnrolmentState::Completed => 6,
    }
}

/// Whether what stands in one cell is stronger than in another.
fn is_stronger(one: &Cell, other: Option<&Cell>) -> bool {
    let strength = |cell: &Cell| {
        let status = match cell.status {
            MarkStatus::NotTaken => 0,
            MarkStatus::Absent => 1,
            MarkStatus::Excused => 2,
            MarkStatus::Partial => 3,
            MarkStatus::Late => 4,
            MarkStatus::Present => 5,
        };
        (cell.minutes, status)
    };
    other.is_none_or(|other| strength(one) > strength(other))
}

/// Gives one of two enrolments up for the other.
pub(super) async fn settle(
    connection: &mut SqliteConnection,
    journal: &mut Journal,
    by: By,
    kept: PersonId,
    collision: &Collision,
) -> Result<(), AppError> {
    give_up(connection, journal, by, kept, collision).await?;
    attendance(connection, journal, by, collision).await?;
    let (from, to) = (collision.gives_up.id.get(), collision.stays.id.get());
    for (step, done_at) in
        queries::steps_ahead(connection, collision.gives_up.id, collision.stays.id).await?
    {
        let key = RowKey::of(&[("enrolment_id", to), ("step_id", step.get())]);
        let row = [
            ("enrolment_id", Value::Number(to)),
            ("step_id", Value::Number(step.get())),
            ("done_at", Value::Text(done_at)),
        ];
        journal
            .insert(connection, "steps_done", Some(key), &row)
            .await?;
    }
    certificates(connection, journal, collision).await?;
    for reference in TO_ENROLMENTS.iter().filter(|one| one.fate == Fate::Moves) {
        for key in queries::rows_that_refer(connection, reference, from).await? {
            // What was just given up refers to the one that stays already.
            let moved = [(reference.column, Value::Number(to))];
            journal
                .update(connection, reference.table, &key, &moved)
                .await?;
        }
    }
    Ok(())
}

async fn give_up(
    connection: &mut SqliteConnection,
    journal: &mut Journal,
    by: By,
    kept: PersonId,
    collision: &Collision,
) -> Result<(), AppError> {
    let (old, new) = (&collision.gives_up, &collision.stays);
    let now = by.now.to_rfc3339();
    let key = RowKey::id(old.id.get());
    let columns = [
        ("person_id", Value::Number(kept.get())),
        ("state", Value::Text("withdrawn".to_owned())),
        ("state_at", Value::Text(now.clone())),
        ("merged_into", Value::Number(new.id.get())),
        ("offered_until", Value::Null),
        ("version", Value::Number(old.version + 1)),
    ];
    journal
        .update(connection, "enrolments", &key, &columns)
        .await?;
    let event = [
        ("enrolment_id", Value::Number(old.id.get())),
        ("at", Value::Text(now)),
        ("account_id", Value::number(by.account.map(AccountId::get))),
        ("from_state", Value::Text(old.state.to_string())),
        ("to_state", Value::Text("withdrawn".to_owned())),
        (
            "reason",
            Value::Text(t_in!(Locale::es, merging.enrolment_reason)),
        ),
    ];
    journal
        .insert(connection, "enrolment_events", None, &event)
        .await?;
    let key = RowKey::id(new.id.get());
    let columns = [
        ("person_id", Value::Number(kept.get())),
        (
            "grade_tenths",
            Value::number(new.grade_tenths.max(old.grade_tenths)),
        ),
        (
            "pre_test_tenths",
            Value::number(new.pre_test_tenths.or(old.pre_test_tenths)),
        ),
        (
            "post_test_tenths",
            Value::number(new.post_test_tenths.or(old.post_test_tenths)),
        ),
        (
            "materials",
            Value::Number(i64::from(new.materials || old.materials)),
        ),
        ("version", Value::Number(new.version + 1)),
    ];
    journal
        .update(connection, "enrolments", &key, &columns)
        .await?;
    Ok(())
}

/// Where the enrolment that is given up says more, a mark in the other one says so too, made by
/// whoever merges, having seen what was there.
async fn attendance(
    connection: &mut SqliteConnection,
    journal: &mut Journal,
    by: By,
    collision: &Collision,
) -> Result<(), AppError> {
    let own = queries::cells(connection, collision.stays.id).await?;
    for cell in queries::cells(connection, collision.gives_up.id).await? {
        let stands = own.iter().find(|own| own.session == cell.session);
        if is_stronger(&cell, stands) {
            carry(connection, journal, by, collision, &cell, stands.is_some()).await?;
        }
    }
    Ok(())
}

async fn carry(
    connection: &mut SqliteConnection,
    journal: &mut Journal,
    by: By,
    collision: &Collision,
    cell: &Cell,
    is_marked: bool,
) -> Result<(), AppError> {
    let (enrolment, session) = (collision.stays.id, cell.session);
    let seen = queries::newest_mark(connection, enrolment, session).await?;
    let status = Value::Text(cell.status.to_string());
    let minutes = Value::Number(cell.minutes);
    let mark = [
        ("enrolment_id", Value::Number(enrolment.get())),
        ("session_id", Value::Number(session.get())),
        ("status", status.clone()),
        ("minutes", minutes.clone()),
        ("source", Value::Text("form".to_owned())),
        ("account_id", Value::number(by.account.map(AccountId::get))),
        ("marked_at", Value::Text(by.now.to_rfc3339())),
        (
            "seen_mark_id",
            Value::number(seen.map(crate::attendance::MarkId::get)),
        ),
        (
            "reason",
            Value::Text(t_in!(Locale::es, merging.mark_reason)),
        ),
    ];
    let mark = journal
        .insert(connection, "attendance_marks", None, &mark)
        .await?;
    let key = RowKey::of(&[
        ("enrolment_id", enrolment.get()),
        ("session_id", session.get()),
    ]);
    let stands = [
        ("mark_id", Value::Number(mark)),
        ("status", status),
        ("minutes", minutes),
        ("conflict", Value::Number(0)),
    ];
    if is_marked {
        journal
            .update(connection, "attendance_standing", &key, &stands)
            .await?;
    } else {
        let mut row = vec![
            ("enrolment_id", Value::Number(enrolment.get())),
            ("session_id", Value::Number(session.get())),
        ];
        row.extend(stands);
        journal
            .insert(connection, "attendance_standing", Some(key), &row)
            .await?;
    }
    Ok(())
}

/// Certificates go along, unless the enrolment that stays has a valid one of its own: then each
/// keeps its own, and one participation is counted.
async fn certificates(
    connection: &mut SqliteConnection,
    journal: &mut Journal,
    collision: &Collision,
) -> Result<(), AppError> {
    let (_, has_own) = queries::certificates_of(connection, collision.stays.id).await?;
    let (certificates, _) = queries::certificates_of(connection, collision.gives_up.id).await?;
    if has_own {
        return Ok(());
    }
    let columns = [("enrolment_id", Value::Number(collision.stays.id.get()))];
    for certificate in certificates {
        let key = RowKey::id(certificate.get());
        journal
            .update(connection, "certificates", &key, &columns)
            .await?;
    }
    Ok(())
}
