//! Reports as they are sent.

use axum::{Extension, Router, extract::State, response::Response, routing::post};

use super::operations;
use crate::{
    courses::actions::hidden_id,
    error::AppError,
    paths::{self, Path},
    server::{AppState, FileForm, Identity, action_answer},
    sessions::SessionId,
};

/// Files of this domain.
pub fn routes() -> Router<AppState> {
    Router::new().route("/api/video_calls/upload", post(upload))
}

/// Takes a report in: `session`, `file`.
async fn upload(
    State(state): State<AppState>,
    Extension(identity): Extension<Identity>,
    form: FileForm,
) -> Response {
    action_answer(take_in(&state, &identity, &form).await)
}

async fn take_in(state: &AppState, identity: &Identity, form: &FileForm) -> Result<Path, AppError> {
    let viewer = identity.viewer.as_ref().ok_or(AppError::SignInRequired)?;
    let id: SessionId = hidden_id(form.value("session"))?;
    let session = operations::may_upload(state, viewer, id).await?;
    let report = operations::read(&session, form.file()).await?;
    operations::upload(state, viewer, id, &report).await?;
    Ok(paths::video_call(id))
}
