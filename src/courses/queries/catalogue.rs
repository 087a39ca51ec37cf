//! The public catalogue.

use chrono::NaiveDate;
use sqlx::{SqliteConnection, query_as, query_scalar};

use crate::{
    courses::{CourseId, CourseKind, Modality},
    people::Department,
};

/// What somebody looks for in the catalogue.
#[derive(Clone, Debug, Default)]
pub(crate) struct CatalogueFilter {
    pub kind: Option<CourseKind>,
    pub modality: Option<Modality>,
    pub department: Option<Department>,
    pub open: bool,
    /// Folded words, each of which the title must hold.
    pub words: Vec<String>,
}

/// A course in the catalogue.
#[derive(Clone, Debug)]
pub(crate) struct CatalogueLine {
    pub id: CourseId,
    pub title: String,
    pub kind: CourseKind,
    pub summary: String,
    pub planned_minutes: i64,
}

/// Courses with a published edition that fits, by title, behind `after`, at most `limit`.
/// Courses whose every edition is a draft or cancelled are not in the catalogue.
pub(crate) async fn catalogue(
    connection: &mut SqliteConnection,
    filter: &CatalogueFilter,
    today: NaiveDate,
    after: (&str, CourseId),
    limit: i64,
) -> sqlx::Result<Vec<CatalogueLine>> {
    let words = serde_json::json!(filter.words).to_string();
    query_as!(
        CatalogueLine,
        "SELECT id, title, kind, summary, planned_minutes FROM courses
         WHERE (folded_title, id) > (?1, ?2)
           AND (?3 IS NULL OR kind = ?3)
           AND NOT EXISTS (SELECT 1 FROM json_each(?4) WHERE instr(folded_title, value) = 0)
           AND EXISTS (
               SELECT 1 FROM editions
               WHERE course_id = courses.id
                 AND state IN ('announced', 'enrolling', 'running', 'closed')
                 AND (?5 IS NULL OR modality = ?5)
                 AND (?6 IS NULL OR department = ?6)
                 AND (NOT ?7 OR (state = 'enrolling' AND enrol_from <= ?8 AND enrol_until >= ?8)))
         ORDER BY folded_title, id LIMIT ?9",
        after.0,
        after.1,
        filter.kind,
        words,
        filter.modality,
        filter.department,
        filter.open,
        today,
        limit,
    )
    .fetch_all(connection)
    .await
}

/// The key of a course in the order of the catalogue.
pub(crate) async fn folded_title(
    connection: &mut SqliteConnection,
    course: CourseId,
) -> sqlx::Result<Option<String>> {
    query_scalar!("SELECT folded_title FROM courses WHERE id = ?", course)
        .fetch_optional(connection)
        .await
}
