//! Files of steps: in with a form, out as a download.
//!
//! A file is always taken as an attachment: nothing that somebody uploaded is ever opened as a
//! page of ours. Browsers keep it for themselves and ask each time whether they may still use it.

use axum::{
    Extension, Router,
    extract::{Path as PathParts, State},
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};

use super::{
    FileId,
    actions::{hidden_id, hidden_version},
    operations,
    queries::{self, StoredFile},
    step::{NewStep, StepForm},
};
use crate::{
    access::{Place, Viewer, may, policy::ActionKind},
    error::AppError,
    paths::{self, Path},
    server::{
        AppState, FileForm, Identity, action_answer, attachment, file_refused,
        secrets::hexadecimal, words,
    },
    t,
};

/// Files of this domain.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/files/{id}", get(download))
        .route("/api/learning/upload_file", post(upload_file))
        .route("/api/learning/update_file_step", post(update_file_step))
}

/// Adds a step with its file: `session`, `title`, `body`, `file`.
async fn upload_file(
    State(state): State<AppState>,
    Extension(identity): Extension<Identity>,
    form: FileForm,
) -> Response {
    action_answer(add(&state, &identity, &form).await)
}

async fn add(state: &AppState, identity: &Identity, form: &FileForm) -> Result<Path, AppError> {
    let viewer = signed_in(identity)?;
    let session = hidden_id(form.value("session"))?;
    let new = NewStep::parse_with_file(&typed(form), form.file(), false)?;
    operations::add_step(state, viewer, session, &new).await?;
    let notice = words::in_language(identity.locale, || t!(learning.notice.added));
    Ok(state.with_notice(paths::session_steps(session), notice, identity))
}

/// Changes a step with a file: `step`, `version`, `title`, `body`, and `file` if there is another.
async fn update_file_step(
    State(state): State<AppState>,
    Extension(identity): Extension<Identity>,
    form: FileForm,
) -> Response {
    action_answer(update(&state, &identity, &form).await)
}

async fn update(state: &AppState, identity: &Identity, form: &FileForm) -> Result<Path, AppError> {
    let viewer = signed_in(identity)?;
    let step = hidden_id(form.value("step"))?;
    let version = hidden_version(form.value("version"))?;
    let new = NewStep::parse_with_file(&typed(form), form.file(), true)?;
    let session = operations::update_step(state, viewer, step, version, &new).await?;
    let notice = words::in_language(identity.locale, || t!(learning.notice.updated));
    Ok(state.with_notice(paths::session_steps(session), notice, identity))
}

fn typed(form: &FileForm) -> StepForm {
    StepForm {
        title: form.value("title").to_owned(),
        body: form.value("body").to_owned(),
        ..StepForm::default()
    }
}

fn signed_in(identity: &Identity) -> Result<&Viewer, AppError> {
    identity.viewer.as_ref().ok_or(AppError::SignInRequired)
}

/// Gives a file to those who take part in an edition that uses it, and to its staff.
async fn download(
    State(state): State<AppState>,
    Extension(identity): Extension<Identity>,
    at: Uri,
    PathParts(id): PathParts<String>,
    headers: HeaderMap,
) -> Response {
    match serve(&state, &identity, &id, &headers).await {
        Ok(response) => response,
        Err(error) => file_refused(identity.locale, &at, &error),
    }
}

async fn serve(
    state: &AppState,
    identity: &Identity,
    id: &str,
    headers: &HeaderMap,
) -> Result<Response, AppError> {
    let viewer = signed_in(identity)?;
    let id: FileId = hidden_id(id)?;
    let mut connection = state.database.read().await?;
    let users = queries::users(&mut connection, id, viewer.person).await?;
    let allowed = users.into_iter().any(|(edition, program, takes_part)| {
        let place = Place {
            program: Some(program),
            edition: Some(edition),
            ..Place::default()
        };
        takes_part || may(viewer, ActionKind::ReadEdition, place)
    });
    let found = queries::file(&mut connection, id).await?;
    let file = found.filter(|_| allowed).ok_or(AppError::NotFound)?;
    let tag = entity_tag(&file.digest);
    let known = headers.get(header::IF_NONE_MATCH);
    if known.is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, file_headers(&file, tag)).into_response());
    }
    let content = queries::content(&mut connection, id).await?;
    Ok((file_headers(&file, tag), content).into_response())
}

fn file_headers(file: &StoredFile, tag: String) -> [(header::HeaderName, String); 4] {
    [
        (header::CONTENT_TYPE, file.media_type.clone()),
        (header::CONTENT_DISPOSITION, attachment(&file.name)),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
        (header::ETAG, tag),
    ]
}

/// The first half of the content's digest, as a tag.
fn entity_tag(digest: &[u8]) -> String {
    format!("\"{}\"", hexadecimal(&digest[..16]))
}
