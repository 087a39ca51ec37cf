//! Adding and changing courses.

use sqlx::SqliteConnection;

use super::manage_course;
use crate::{
    access::{ManageProgram, Viewer, permit},
    audit::{self, Event},
    courses::{
        CourseId, ProgramId,
        course::{CourseRecord, NewCourse},
        queries,
    },
    error::{AppError, Fault, FieldError, Reason},
    server::AppState,
};

/// Adds a course to a program.
pub async fn create_course(
    state: &AppState,
    viewer: &Viewer,
    program: ProgramId,
    new: &NewCourse,
) -> Result<CourseId, AppError> {
    let mut tx = state.database.write().await?;
    let permit = permit(&mut tx, viewer, ManageProgram(program)).await?;
    check_prerequisites(&mut tx, program, None, new).await?;
    let now = state.clock.now();
    let course = queries::insert_course(&mut tx, program, new, now).await?;
    queries::replace_prerequisites(&mut tx, course, &new.prerequisites).await?;
    let event =
        Event::new("course_create", "course", course.get()).after(&record(&mut tx, course).await?);
    audit::record_permitted(&mut tx, now, &permit, event).await?;
    tx.commit().await?;
    Ok(course)
}

/// Changes a course that stood at `version` when the form was opened.
pub async fn update_course(
    state: &AppState,
    viewer: &Viewer,
    course: CourseId,
    version: i64,
    new: &NewCourse,
) -> Result<(), AppError> {
    let mut tx = state.database.write().await?;
    let permit = manage_course(&mut tx, viewer, course).await?;
    let before = record(&mut tx, course).await?;
    check_prerequisites(&mut tx, permit.action().0, Some(course), new).await?;
    if !queries::update_course(&mut tx, course, version, new).await? {
        return Err(Reason::ChangedMeanwhile.into());
    }
    queries::replace_prerequisites(&mut tx, course, &new.prerequisites).await?;
    let event = Event::new("course_update", "course", course.get())
        .before(&before)
        .after(&record(&mut tx, course).await?);
    audit::record_permitted(&mut tx, state.clock.now(), &permit, event).await?;
    tx.commit().await
}

/// A course may ask for courses of its own program, and never for one that asks for it: nobody
/// could ever enrol in either.
async fn check_prerequisites(
    connection: &mut SqliteConnection,
    program: ProgramId,
    course: Option<CourseId>,
    new: &NewCourse,
) -> Result<(), AppError> {
    let possible = queries::possible_prerequisites(connection, program, course).await?;
    let unknown: Vec<FieldError> = new
        .prerequisites
        .iter()
        .filter(|(_, required)| possible.iter().all(|(id, _)| id != required))
        .map(|(field, _)| FieldError {
            field: (*field).to_owned(),
            fault: Fault::UnknownChoice,
        })
        .collect();
    if unknown.is_empty() {
        Ok(())
    } else {
        Err(AppError::Invalid(unknown))
    }
}

async fn record(
    connection: &mut SqliteConnection,
    course: CourseId,
) -> Result<CourseRecord, AppError> {
    let found = queries::course(connection, course).await?;
    let prerequisites = queries::prerequisites(connection, course).await?;
    Ok(CourseRecord {
        course: found.ok_or(AppError::NotFound)?,
        prerequisites: prerequisites.into_iter().map(|(id, _)| id).collect(),
    })
}
