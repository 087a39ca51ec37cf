//! A course as it is typed and as it is kept.

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::{CourseId, CourseKind, ProgramId};
use crate::{
    error::{AppError, Fault, FormCheck},
    values::{LongText, Text, chosen, optional, tenths, whole_number},
};

/// Courses that may be asked for beforehand, at most.
pub const MAX_PREREQUISITES: usize = 3;

/// The longest course in minutes.
const MAX_MINUTES: i64 = 60_000;

/// What was typed about a course.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields of the form, by their names")]
pub struct CourseForm {
    pub title: String,
    pub kind: String,
    pub summary: String,
    pub audience: String,
    pub outcomes: String,
    pub syllabus: String,
    pub planned_hours: String,
    pub planned_minutes: String,
    pub min_share: String,
    pub graded: String,
    pub min_grade: String,
    pub excused_counts: String,
    pub prerequisite_1: String,
    pub prerequisite_2: String,
    pub prerequisite_3: String,
}

/// The names of the fields that ask for prerequisites.
pub const PREREQUISITES: [&str; MAX_PREREQUISITES] =
    ["prerequisite_1", "prerequisite_2", "prerequisite_3"];

/// A course, ready to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCourse {
    /// Its title, the only one of its kind in the program.
    pub title: Text<200>,
    /// What kind of training it is.
    pub kind: CourseKind,
    /// What it is about, in a sentence or two.
    pub summary: LongText<500>,
    /// For whom it is.
    pub audience: LongText<500>,
    /// What one will be able to do, in Markdown.
    pub outcomes: LongText<4000>,
    /// What is taught, in Markdown.
    pub syllabus: LongText<20000>,
    /// Its length in minutes, 1 to 60,000.
    pub planned_minutes: i64,
    /// The least share of the planned minutes for a constancia, in thousandths.
    pub min_share_permille: i64,
    /// The least grade for a certificado, in tenths of 0–20; none: not graded.
    pub min_grade_tenths: Option<i64>,
    /// Whether excused minutes count as attended.
    pub excused_counts: bool,
    /// Courses to be completed first, with the field that names each.
    pub prerequisites: Vec<(&'static str, CourseId)>,
}

impl NewCourse {
    /// Parses what was typed.
    pub fn parse(form: &CourseForm) -> Result<Self, AppError> {
        let mut check = FormCheck::default();
        let title = check.field("title", Text::parse(&form.title));
        let kind = check.field("kind", chosen(&form.kind));
        let summary = check.field("summary", LongText::parse(&form.summary));
        let audience = check.field("audience", LongText::parse(&form.audience));
        let outcomes = check.field("outcomes", LongText::parse(&form.outcomes));
        let syllabus = check.field("syllabus", LongText::parse(&form.syllabus));
        let length = length(&mut check, &form.planned_hours, &form.planned_minutes);
        let share = check.field("min_share", min_share(&form.min_share));
        let grade = if form.graded.is_empty() {
            Some(None)
        } else {
            check
                .field("min_grade", tenths(&form.min_grade, 200))
                .map(Some)
        };
        let prerequisites = prerequisites(&mut check, form);
        let (title, kind, summary, audience, outcomes, syllabus, length, share, grade) = check
            .finish((
                title, kind, summary, audience, outcomes, syllabus, length, share, grade,
            ))?;
        Ok(Self {
            title,
            kind,
            summary,
            audience,
            outcomes,
            syllabus,
            planned_minutes: length,
            min_share_permille: share,
            min_grade_tenths: grade,
            excused_counts: !form.excused_counts.is_empty(),
            prerequisites,
        })
    }
}

/// Hours and minutes together; either may be blank, not both.
fn length(check: &mut FormCheck, hours: &str, minutes: &str) -> Option<i64> {
    let hours = check.field(
        "planned_hours",
        optional(hours, |typed| whole_number(typed, 0, MAX_MINUTES / 60)),
    )?;
    let minutes = check.field(
        "planned_minutes",
        optional(minutes, |typed| whole_number(typed, 0, 59)),
    )?;
    let total = hours.unwrap_or(0) * 60 + minutes.unwrap_or(0);
    let parsed = match total {
        0 => Err(Fault::Missing),
        1..=MAX_MINUTES => Ok(total),
        _ => Err(Fault::OutOfRange {
            min: 0,
            max: MAX_MINUTES / 60,
        }),
    };
    check.field("planned_hours", parsed)
}

/// A percentage with one decimal at most, more than none, in thousandths.
fn min_share(typed: &str) -> Result<i64, Fault> {
    match tenths(typed, 1000) {
        Ok(0) | Err(Fault::OutOfRange { .. }) => Err(Fault::OutOfRange { min: 1, max: 100 }),
        parsed => parsed,
    }
}

fn prerequisites(check: &mut FormCheck, form: &CourseForm) -> Vec<(&'static str, CourseId)> {
    let typed = [
        &form.prerequisite_1,
        &form.prerequisite_2,
        &form.prerequisite_3,
    ];
    let mut found: Vec<(&'static str, CourseId)> = Vec::new();
    for (field, typed) in PREREQUISITES.into_iter().zip(typed) {
        let parsed = check.field(field, optional(typed, chosen)).flatten();
        if let Some(course) = parsed
            && found.iter().all(|(_, known)| *known != course)
        {
            found.push((field, course));
        }
    }
    found
}

/// A course as it is kept.
#[derive(Clone, Debug, Serialize)]
pub struct Course {
    /// Its id.
    pub id: CourseId,
    /// Its program.
    pub program: ProgramId,
    /// The program's name.
    #[serde(skip)]
    pub program_name: String,
    /// Its title.
    pub title: String,
    /// What kind of training it is.
    pub kind: CourseKind,
    /// What it is about.
    pub summary: String,
    /// For whom it is.
    pub audience: String,
    /// What one will be able to do, in Markdown.
    pub outcomes: String,
    /// What is taught, in Markdown.
    pub syllabus: String,
    /// Its length in minutes.
    pub planned_minutes: i64,
    /// The least share for a constancia, in thousandths.
    pub min_share_permille: i64,
    /// The least grade for a certificado, in tenths; none: not graded.
    pub min_grade_tenths: Option<i64>,
    /// Whether excused minutes count as attended.
    pub excused_counts: bool,
    /// For optimistic locking.
    #[serde(skip)]
    pub version: i64,
}

/// A course with what it asks for: what the audit trail keeps of it.
#[derive(Clone, Debug, Serialize)]
pub struct CourseRecord {
    /// The course.
    #[serde(flatten)]
    pub course: Course,
    /// Courses to be completed first.
    pub prerequisites: Vec<CourseId>,
}
