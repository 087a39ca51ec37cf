//! Files of lists: in with a form, and the empty workbook that institutions fill in.

use axum::{
    Extension, Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};

use super::{
    operations::{self, NewList},
    template,
};
use crate::{
    courses::{EditionId, actions::hidden_id},
    error::AppError,
    paths::{self, Path},
    server::{AppState, FileForm, Identity, action_answer, incident},
};

/// Files of this domain.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/api/nomination/upload", post(upload))
        .route("/nominations/template.xlsx", get(workbook))
        .route("/nominations/template.csv", get(text))
}

/// Takes a list in: `edition`, `institution`, `letter`, `file`.
async fn upload(
    State(state): State<AppState>,
    Extension(identity): Extension<Identity>,
    form: FileForm,
) -> Response {
    action_answer(take_in(&state, &identity, &form).await)
}

async fn take_in(state: &AppState, identity: &Identity, form: &FileForm) -> Result<Path, AppError> {
    let viewer = identity.viewer.as_ref().ok_or(AppError::SignInRequired)?;
    let edition: EditionId = hidden_id(form.value("edition"))?;
    operations::may_upload(state, viewer, edition).await?;
    let list = NewList::parse(form.value("institution"), form.value("letter"), form.file()).await?;
    let id = operations::upload(state, viewer, edition, list).await?;
    Ok(paths::nomination(id))
}

async fn workbook(Extension(identity): Extension<Identity>) -> Response {
    match template::workbook(identity.locale) {
        Ok(content) => attachment(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "capacita-lista.xlsx",
            content,
        ),
        Err(error) => {
            let error = incident(&error);
            (StatusCode::INTERNAL_SERVER_ERROR, axum::Json(error)).into_response()
        }
    }
}

async fn text(Extension(identity): Extension<Identity>) -> Response {
    let content = template::text(identity.locale).into_bytes();
    attachment("text/csv; charset=utf-8", "capacita-lista.csv", content)
}

fn attachment(kind: &'static str, name: &str, content: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
    ];
    (headers, content).into_response()
}
