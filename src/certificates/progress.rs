//! What the homes of people and of coordinators show of certificates.

use chrono::{DateTime, Duration, Utc};
use sqlx::SqliteConnection;

use super::{
    CertificateKind,
    candidates::candidates,
    lost::lost,
    queries,
    rule::{self, Rule, Standing},
};
use crate::{
    attendance::{Share, share_of},
    courses::{self, CourseKind, EditionId, EditionState, ProgramId},
    error::AppError,
    people::PersonId,
};

/// How a person stands in one edition that is not over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnProgress {
    /// The edition.
    pub edition: EditionId,
    /// The course's title.
    pub course_title: String,
    /// The course's kind.
    pub kind: CourseKind,
    /// The edition's number within its course.
    pub number: i64,
    /// Where the edition stands.
    pub state: EditionState,
    /// What the person attended.
    pub share: Share,
    /// The least share of the planned minutes, in thousandths.
    pub min_share_permille: i64,
    /// What is earned and what is missing: `words::explain_to_person` says it.
    pub standing: Standing,
    /// The valid certificate, where there is one already.
    pub issued: Option<CertificateKind>,
}

/// How a person stands in each edition they are enrolled in that is neither closed nor cancelled,
/// the first to end first.
pub async fn standings_of(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    person: PersonId,
) -> Result<Vec<OwnProgress>, AppError> {
    let mut found = Vec::new();
    for row in queries::own_enrolments(connection, person).await? {
        let share = share_of(connection, row.enrolment, now).await?;
        found.push(progress(row, share.unwrap_or_default()));
    }
    Ok(found)
}

fn progress(row: queries::OwnEnrolment, share: Share) -> OwnProgress {
    let rule = Rule {
        min_share_permille: row.min_share_permille,
        min_grade_tenths: row.min_grade_tenths,
    };
    OwnProgress {
        edition: row.edition,
        course_title: row.course_title,
        kind: row.kind,
        number: row.number,
        state: row.state,
        share,
        min_share_permille: row.min_share_permille,
        standing: rule::standing(share, row.grade_tenths, rule),
        issued: row.valid,
    }
}

/// An edition in which certificates are due, or were issued and are no longer earned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueEdition {
    /// The edition.
    pub edition: EditionId,
    /// The course's title.
    pub course_title: String,
    /// The edition's number within its course.
    pub number: i64,
    /// How many certificates are due.
    pub due: i64,
    /// How many valid ones are no longer earned.
    pub lost: i64,
}

/// How long after its closing an edition is still looked at: what nobody issued by then is no
/// longer today's work.
const AFTER_CLOSING: Duration = Duration::days(90);

/// Editions of these programs in which certificates are due or no longer earned, the first to end
/// first: running ones, and those closed in the last 90 days.
pub async fn due_editions(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    programs: &[ProgramId],
) -> Result<Vec<DueEdition>, AppError> {
    let programs = serde_json::to_string(programs).expect("numbers are plain data");
    let recent = queries::recent_editions(connection, &programs, now, now - AFTER_CLOSING).await?;
    let mut found = Vec::new();
    for edition in recent {
        found.extend(due_in(connection, now, edition).await?);
    }
    Ok(found)
}

/// How many certificates are due in these programs: see [`due_editions`].
pub async fn due_count(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    programs: &[ProgramId],
) -> Result<i64, AppError> {
    let editions = due_editions(connection, now, programs).await?;
    Ok(editions.iter().map(|edition| edition.due).sum())
}

async fn due_in(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    edition: EditionId,
) -> Result<Option<DueEdition>, AppError> {
    let Some(header) = courses::queries::header(connection, edition).await? else {
        return Ok(None);
    };
    let people = candidates(connection, now, &header).await?;
    let issued = queries::issued_in_edition(connection, edition).await?;
    let due = people.iter().filter(|person| person.due().is_some());
    let (due, lost) = (due.count(), lost(&people, &issued).len());
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    Ok((due + lost > 0).then(|| DueEdition {
        edition,
        course_title: header.course_title,
        number: header.number,
        due: count(due),
        lost: count(lost),
    }))
}
