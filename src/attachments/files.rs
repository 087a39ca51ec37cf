//! Files in with a form and out as downloads.

use axum::{
    Extension, Router,
    extract::{Path as PathParts, State},
    http::{Uri, header},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};

use super::{
    Owner,
    actions::{hidden, page_of},
    operations::{self, NewFile},
};
use crate::{
    error::AppError,
    paths::Path,
    plural,
    server::{
        AppState, FileForm, Identity, action_answer, attachment, file_hidden, words::in_language,
    },
    t,
};

/// Files in and out.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/attachments/{id}", get(download))
        .route("/api/attachments/upload", post(upload))
}

/// Keeps files: `session` or `nomination`, and any number of `file`.
async fn upload(
    State(state): State<AppState>,
    Extension(identity): Extension<Identity>,
    form: FileForm,
) -> Response {
    action_answer(take_in(&state, &identity, &form).await)
}

async fn take_in(state: &AppState, identity: &Identity, form: &FileForm) -> Result<Path, AppError> {
    let viewer = identity.viewer.as_ref().ok_or(AppError::SignInRequired)?;
    let owner = match form.value("nomination") {
        "" => Owner::Session(hidden(form.value("session"))?),
        nomination => Owner::Nomination(hidden(nomination)?),
    };
    operations::may_upload(state, viewer, owner).await?;
    let files = NewFile::parse(form.files())?;
    let added = operations::upload(state, viewer, owner, files).await?;
    let notice = in_language(identity.locale, || match i64::try_from(added) {
        Ok(0) => t!(attachments.nothing_new),
        added => plural!(added.unwrap_or(i64::MAX), attachments.added),
    });
    Ok(state.with_notice(page_of(owner), notice, identity))
}

/// A file, for who works with it; 404 for everybody else, as if it were not there.
async fn download(
    State(state): State<AppState>,
    Extension(identity): Extension<Identity>,
    at: Uri,
    PathParts(id): PathParts<String>,
) -> Response {
    match serve(&state, &identity, &id).await {
        Ok(response) => response,
        Err(error) => file_hidden(identity.locale, &at, &error),
    }
}

async fn serve(state: &AppState, identity: &Identity, id: &str) -> Result<Response, AppError> {
    let viewer = identity.viewer.as_ref().ok_or(AppError::SignInRequired)?;
    let (name, kind, content) = operations::download(state, viewer, hidden(id)?).await?;
    let headers = [
        (header::CONTENT_TYPE, kind.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, attachment(&name)),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, content).into_response())
}
