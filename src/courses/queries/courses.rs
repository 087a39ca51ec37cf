//! Courses and what they ask for.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use crate::{
    courses::{
        CourseId, CourseKind, ProgramId,
        course::{Course, NewCourse},
    },
    values::fold,
};

/// One course.
pub(crate) async fn course(
    connection: &mut SqliteConnection,
    course: CourseId,
) -> sqlx::Result<Option<Course>> {
    query_as!(
        Course,
        "SELECT courses.id, courses.program_id AS program, programs.name AS program_name,
                courses.title, courses.kind, courses.summary, courses.audience, courses.outcomes,
                courses.syllabus, courses.planned_minutes, courses.min_share_permille,
                courses.min_grade_tenths, courses.excused_counts, courses.version
         FROM courses JOIN programs ON programs.id = courses.program_id WHERE courses.id = ?",
        course,
    )
    .fetch_optional(connection)
    .await
}

/// The courses to be completed before a course, with their titles.
pub(crate) async fn prerequisites(
    connection: &mut SqliteConnection,
    course: CourseId,
) -> sqlx::Result<Vec<(CourseId, String)>> {
    let rows = query!(
        "SELECT courses.id, courses.title
         FROM course_prerequisites
         JOIN courses ON courses.id = course_prerequisites.required_course_id
         WHERE course_prerequisites.course_id = ? ORDER BY courses.folded_title, courses.id",
        course,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.title)).collect())
}

/// The courses of a program that another one may ask for: all, but those that ask for it
/// themselves, however far around. `course` is none for a new course.
pub(crate) async fn possible_prerequisites(
    connection: &mut SqliteConnection,
    program: ProgramId,
    course: Option<CourseId>,
) -> sqlx::Result<Vec<(CourseId, String)>> {
    let rows = query!(
        r#"WITH RECURSIVE dependants (id) AS (
               SELECT ?2
               UNION
               SELECT course_prerequisites.course_id FROM course_prerequisites
               JOIN dependants ON course_prerequisites.required_course_id = dependants.id)
           SELECT id AS "id!: CourseId", title FROM courses
           WHERE program_id = ?1 AND id NOT IN (SELECT id FROM dependants WHERE id IS NOT NULL)
           ORDER BY folded_title, id"#,
        program,
        course,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.title)).collect())
}

/// A course in its program's list.
#[derive(Debug)]
pub(crate) struct CourseLine {
    pub id: CourseId,
    pub title: String,
    pub kind: CourseKind,
    pub planned_minutes: i64,
    pub editions: i64,
}

/// The courses of a program, by title. A program has tens of them.
pub(crate) async fn program_courses(
    connection: &mut SqliteConnection,
    program: ProgramId,
) -> sqlx::Result<Vec<CourseLine>> {
    query_as!(
        CourseLine,
        r#"SELECT id, title, kind, planned_minutes,
                  (SELECT count(*) FROM editions WHERE course_id = courses.id) AS "editions!: i64"
           FROM courses WHERE program_id = ? ORDER BY folded_title, id"#,
        program,
    )
    .fetch_all(connection)
    .await
}

pub(in crate::courses) async fn insert_course(
    connection: &mut SqliteConnection,
    program: ProgramId,
    new: &NewCourse,
    now: DateTime<Utc>,
) -> sqlx::Result<CourseId> {
    let (title, summary, audience) = texts(new);
    let (outcomes, syllabus) = (new.outcomes.as_str(), new.syllabus.as_str());
    let folded = fold(title);
    query_scalar!(
        r#"INSERT INTO courses (program_id, title, kind, summary, audience, outcomes, syllabus,
                                planned_minutes, min_share_permille, min_grade_tenths,
                                excused_counts, folded_title, created_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id AS "id!: CourseId""#,
        program,
        title,
        new.kind,
        summary,
        audience,
        outcomes,
        syllabus,
        new.planned_minutes,
        new.min_share_permille,
        new.min_grade_tenths,
        new.excused_counts,
        folded,
        now,
    )
    .fetch_one(connection)
    .await
}

/// Whether the course stood at that version and was changed.
pub(in crate::courses) async fn update_course(
    connection: &mut SqliteConnection,
    course: CourseId,
    version: i64,
    new: &NewCourse,
) -> sqlx::Result<bool> {
    let (title, summary, audience) = texts(new);
    let (outcomes, syllabus) = (new.outcomes.as_str(), new.syllabus.as_str());
    let folded = fold(title);
    let done = query!(
        "UPDATE courses SET title = ?, kind = ?, summary = ?, audience = ?, outcomes = ?,
                            syllabus = ?, planned_minutes = ?, min_share_permille = ?,
                            min_grade_tenths = ?, excused_counts = ?, folded_title = ?,
                            version = version + 1
         WHERE id = ? AND version = ?",
        title,
        new.kind,
        summary,
        audience,
        outcomes,
        syllabus,
        new.planned_minutes,
        new.min_share_permille,
        new.min_grade_tenths,
        new.excused_counts,
        folded,
        course,
        version,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

fn texts(new: &NewCourse) -> (&str, &str, &str) {
    (
        new.title.as_str(),
        new.summary.as_str(),
        new.audience.as_str(),
    )
}

pub(in crate::courses) async fn replace_prerequisites(
    connection: &mut SqliteConnection,
    course: CourseId,
    required: &[(&'static str, CourseId)],
) -> sqlx::Result<()> {
    query!(
        "DELETE FROM course_prerequisites WHERE course_id = ?",
        course
    )
    .execute(&mut *connection)
    .await?;
    for (_, required) in required {
        query!(
            "INSERT INTO course_prerequisites (course_id, required_course_id) VALUES (?, ?)",
            course,
            required,
        )
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}
