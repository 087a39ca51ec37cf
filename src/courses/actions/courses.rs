//! Courses.

use leptos::prelude::*;

use super::{hidden_id, hidden_version};
use crate::{
    access::viewer,
    courses::{
        CourseId, ProgramId,
        course::{CourseForm, NewCourse},
        operations,
    },
    error::AppError,
    paths,
    server::{go_to_with_notice, services},
    t,
};

/// Adds a course to a program.
#[server(endpoint = "courses/create_course")]
pub async fn create_course(
    #[server(default)] program: String,
    #[server(flatten)] form: CourseForm,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let program: ProgramId = hidden_id(&program)?;
    let new = NewCourse::parse(&form)?;
    let course = operations::create_course(&state, &viewer, program, &new).await?;
    go_to_with_notice(paths::course(course), t!(courses.done.course_created));
    Ok(())
}

/// Changes a course.
#[server(endpoint = "courses/update_course")]
pub async fn update_course(
    #[server(default)] course: String,
    #[server(default)] version: String,
    #[server(flatten)] form: CourseForm,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let course: CourseId = hidden_id(&course)?;
    let version = hidden_version(&version)?;
    let new = NewCourse::parse(&form)?;
    operations::update_course(&state, &viewer, course, version, &new).await?;
    go_to_with_notice(paths::course(course), t!(courses.done.course_updated));
    Ok(())
}
