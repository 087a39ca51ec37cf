//! Writing steps.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use crate::{
    access::{ManageProgram, Permit, Viewer},
    audit::{self, Event},
    courses::operations::manage_edition,
    error::{AppError, Reason},
    learning::{
        FileId, StepId,
        queries::{self, NewRow, StepRow},
        step::{Content, Link, NewFile, NewStep},
        unit::{self, Unit},
    },
    server::AppState,
    sessions::SessionId,
};

/// Adds a step at the end of a session.
pub async fn add_step(
    state: &AppState,
    viewer: &Viewer,
    session: SessionId,
    new: &NewStep,
) -> Result<StepId, AppError> {
    let mut tx = state.database.write().await?;
    let now = state.clock.now();
    let (_, permit) = manage(&mut tx, viewer, session).await?;
    let position = queries::last_position(&mut tx, session).await? + 1;
    let file = insert_file(&mut tx, now, &new.content).await?;
    let step = queries::insert_step(&mut tx, session, position, row(new, file), now).await?;
    set_answers(&mut tx, step, &new.content).await?;
    let record = queries::record(&mut tx, step).await?;
    let event = Event::new("step_create", "step", step.get()).after(&record);
    audit::record_permitted(&mut tx, now, &permit, event).await?;
    tx.commit().await?;
    Ok(step)
}

/// Changes a step that stood at `version` when the form was opened, and gives its session. Its
/// kind stays as it is; who has done it has done it.
pub async fn update_step(
    state: &AppState,
    viewer: &Viewer,
    step: StepId,
    version: i64,
    new: &NewStep,
) -> Result<SessionId, AppError> {
    let mut tx = state.database.write().await?;
    let now = state.clock.now();
    let (old, permit) = manage_step(&mut tx, viewer, step).await?;
    if old.kind != new.content.kind() {
        return Err(AppError::NotFound);
    }
    let before = queries::record(&mut tx, step).await?;
    let sent = insert_file(&mut tx, now, &new.content).await?;
    let changed = row(new, sent.or(old.file));
    if !queries::update_step(&mut tx, step, version, changed).await? {
        return Err(Reason::ChangedMeanwhile.into());
    }
    if let (Some(_), Some(replaced)) = (sent, old.file) {
        queries::delete_unused(&mut tx, replaced).await?;
    }
    set_answers(&mut tx, step, &new.content).await?;
    let event = Event::new("step_update", "step", step.get())
        .before(&before)
        .after(&queries::record(&mut tx, step).await?);
    audit::record_permitted(&mut tx, now, &permit, event).await?;
    tx.commit().await?;
    Ok(old.session)
}

/// A session and the permit to write its steps. Nothing is written in an edition that is closed or
/// cancelled.
pub(super) async fn manage(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    session: SessionId,
) -> Result<(Unit, Permit<ManageProgram>), AppError> {
    let unit = unit::find(connection, session).await?;
    let permit = manage_edition(connection, viewer, unit.edition).await?;
    if unit.is_locked() {
        return Err(Reason::EditionClosed.into());
    }
    Ok((unit, permit))
}

/// A step and the permit to change it.
pub(super) async fn manage_step(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    step: StepId,
) -> Result<(StepRow, Permit<ManageProgram>), AppError> {
    let row = queries::step(connection, step)
        .await?
        .ok_or(AppError::NotFound)?;
    let (_, permit) = manage(connection, viewer, row.session).await?;
    Ok((row, permit))
}

fn row(new: &NewStep, file: Option<FileId>) -> NewRow<'_> {
    let link = match &new.content {
        Content::Link(link) => Some(Link::as_str(link)),
        _ => None,
    };
    NewRow {
        kind: new.content.kind(),
        title: new.title.as_str(),
        body: new.body.as_str(),
        link,
        file,
    }
}

async fn insert_file(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    content: &Content,
) -> Result<Option<FileId>, AppError> {
    let Content::File(Some(file)) = content else {
        return Ok(None);
    };
    let NewFile { content, .. } = file;
    let digest = blake3::hash(content);
    let id = queries::insert_file(connection, file, digest.as_bytes(), now).await?;
    Ok(Some(id))
}

async fn set_answers(
    connection: &mut SqliteConnection,
    step: StepId,
    content: &Content,
) -> Result<(), AppError> {
    if let Content::Question(answers) = content {
        queries::set_options(connection, step, answers).await?;
    }
    Ok(())
}
