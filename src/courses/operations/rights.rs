//! Permits for what lies beneath a program. Whoever may know of an edition or a course is told
//! that changing it is not theirs; whoever may not is told that there is no such thing.

use sqlx::SqliteConnection;

use crate::{
    access::{
        Action as _, ManageProgram, Permit, ReadEdition, Viewer, permit, program_of_course,
        program_of_edition,
    },
    courses::{CourseId, EditionId, queries},
    error::AppError,
};

/// The permit to change an edition and all that is in it.
pub(crate) async fn manage_edition(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    edition: EditionId,
) -> Result<Permit<ManageProgram>, AppError> {
    let program = program_of_edition(connection, edition).await?;
    match permit(connection, viewer, ManageProgram(program)).await {
        Err(AppError::NotFound) => {
            Err(refusal(edition_visible(connection, viewer, edition).await?))
        }
        answer => answer,
    }
}

/// The permit to change a course.
pub(crate) async fn manage_course(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    course: CourseId,
) -> Result<Permit<ManageProgram>, AppError> {
    let program = program_of_course(connection, course).await?;
    match permit(connection, viewer, ManageProgram(program)).await {
        Err(AppError::NotFound) => Err(refusal(
            queries::is_course_public(connection, course).await?,
        )),
        answer => answer,
    }
}

async fn edition_visible(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    edition: EditionId,
) -> Result<bool, AppError> {
    let action = ReadEdition(edition);
    let public = action.place(connection).await?.public;
    Ok(public || permit(connection, viewer, action).await.is_ok())
}

const fn refusal(visible: bool) -> AppError {
    if visible {
        AppError::Forbidden
    } else {
        AppError::NotFound
    }
}
