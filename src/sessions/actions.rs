//! Server functions of sessions.

use leptos::prelude::*;

use super::{
    SessionId, operations,
    series::SeriesForm,
    session::{MeetingForm, UnitForm},
};
use crate::{
    access::{Viewer, viewer},
    courses::{
        EditionId,
        actions::{hidden_id, hidden_version},
    },
    error::{AppError, FormCheck},
    paths, plural,
    server::{AppState, go_to_with_notice, services},
    sessions::{conflict::conflicts, operations::Copying},
    t,
    values::date,
};

/// Adds a session that meets.
#[server(endpoint = "sessions/create_meeting")]
pub async fn create_meeting(
    #[server(default)] edition: String,
    #[server(flatten)] form: MeetingForm,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let edition: EditionId = hidden_id(&edition)?;
    operations::create_meeting(&state, &viewer, edition, &form).await?;
    to_schedule(&state, &viewer, edition, t!(sessions.done.created)).await
}

/// Adds a session studied at one's own pace.
#[server(endpoint = "sessions/create_unit")]
pub async fn create_unit(
    #[server(default)] edition: String,
    #[server(flatten)] form: UnitForm,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let edition: EditionId = hidden_id(&edition)?;
    let session = operations::create_unit(&state, &viewer, edition, &form).await?;
    go_to_with_notice(
        paths::session_steps(session),
        t!(sessions.done.unit_created),
    );
    Ok(())
}

/// Adds many sessions in one step.
#[server(endpoint = "sessions/create_series")]
pub async fn create_series(
    #[server(default)] edition: String,
    #[server(flatten)] form: SeriesForm,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let edition: EditionId = hidden_id(&edition)?;
    let added = operations::create_series(&state, &viewer, edition, &form).await?;
    let added = i64::try_from(added).unwrap_or(i64::MAX);
    let notice = plural!(added, sessions.done.series_created);
    to_schedule(&state, &viewer, edition, notice).await
}

/// Changes a session that meets.
#[server(endpoint = "sessions/update_meeting")]
pub async fn update_meeting(
    #[server(default)] session: String,
    #[server(default)] version: String,
    #[server(flatten)] form: MeetingForm,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let session: SessionId = hidden_id(&session)?;
    let version = hidden_version(&version)?;
    let edition = operations::update_meeting(&state, &viewer, session, version, &form).await?;
    to_schedule(&state, &viewer, edition, t!(sessions.done.updated)).await
}

/// Changes a self-paced session.
#[server(endpoint = "sessions/update_unit")]
pub async fn update_unit(
    #[server(default)] session: String,
    #[server(default)] version: String,
    #[server(flatten)] form: UnitForm,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let session: SessionId = hidden_id(&session)?;
    let version = hidden_version(&version)?;
    let edition = operations::update_unit(&state, &viewer, session, version, &form).await?;
    to_schedule(&state, &viewer, edition, t!(sessions.done.updated)).await
}

/// Deletes a session.
#[server(endpoint = "sessions/delete")]
pub async fn delete(#[server(default)] session: String) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let session: SessionId = hidden_id(&session)?;
    let edition = operations::delete(&state, &viewer, session).await?;
    to_schedule(&state, &viewer, edition, t!(sessions.done.deleted)).await
}

/// Copies an edition to other dates.
#[server(endpoint = "sessions/copy_edition")]
pub async fn copy_edition(
    #[server(default)] edition: String,
    #[server(default)] starts_on: String,
    #[server(default)] keep_weekday: String,
) -> Result<(), AppError> {
    let (state, viewer) = (services(), viewer()?);
    let edition: EditionId = hidden_id(&edition)?;
    let mut check = FormCheck::default();
    let starts_on = check.field("starts_on", date(&starts_on));
    let (starts_on,) = check.finish((starts_on,))?;
    let copying = Copying {
        starts_on,
        keep_weekday: !keep_weekday.is_empty(),
    };
    let copy = operations::copy_edition(&state, &viewer, edition, copying).await?;
    to_schedule(&state, &viewer, copy, t!(sessions.done.copied)).await
}

/// Goes to the schedule, saying what was done and how many overlaps there are to look at.
async fn to_schedule(
    state: &AppState,
    viewer: &Viewer,
    edition: EditionId,
    done: String,
) -> Result<(), AppError> {
    let mut connection = state.database.read().await?;
    let found = conflicts(&mut connection, viewer, edition).await?;
    let found: usize = found.values().map(Vec::len).sum();
    let notice = match i64::try_from(found).unwrap_or(i64::MAX) {
        0 => done,
        found => format!("{done} {}", plural!(found, sessions.conflicts_found)),
    };
    go_to_with_notice(paths::edition_sessions(edition), notice);
    Ok(())
}
