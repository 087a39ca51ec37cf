//! The sheet as a file: `/certificates/{code}.pdf`, for the holder and for who runs the edition.
//!
//! Once it was replaced or revoked nobody gets it any more, for on paper it would pass as valid: who
//! may have it is shown the page of its verification instead, which says since when it does not
//! stand, and what it said.

use axum::{
    Extension, Router,
    extract::{Path, Request, State},
    http::{StatusCode, Uri},
    response::Response,
    routing::get,
};

use super::{CertificateState, Code, content, queries};
use crate::{
    access::{ReadCertificate, Viewer, permit},
    documents::certificate,
    error::AppError,
    paths,
    server::{AppState, Identity, page_of, printed, sheet_answer},
};

/// Files of this domain.
pub fn routes() -> Router<AppState> {
    Router::new().route("/certificates/{file}", get(sheet))
}

/// The sheet, or 404 for everybody who may not have it, as if it were not there.
async fn sheet(
    State(state): State<AppState>,
    Extension(identity): Extension<Identity>,
    Path(file): Path<String>,
    at: Uri,
    request: Request,
) -> Response {
    match find(&state, identity.viewer.as_ref(), &file).await {
        Ok((code, None)) => {
            let mut page = page_of(&state, request, &paths::verify_code(&code)).await;
            *page.status_mut() = StatusCode::GONE;
            page
        }
        Ok((code, Some(pdf))) => {
            let made = Ok((format!("certificado-{code}"), pdf));
            sheet_answer(identity.locale, &at, made)
        }
        Err(error) => sheet_answer(identity.locale, &at, Err(error)),
    }
}

/// The code, and the sheet while it stands.
async fn find(
    state: &AppState,
    viewer: Option<&Viewer>,
    file: &str,
) -> Result<(Code, Option<Vec<u8>>), AppError> {
    let viewer = viewer.ok_or(AppError::SignInRequired)?;
    let typed = file.strip_suffix(".pdf").ok_or(AppError::NotFound)?;
    let code: Code = typed.parse().map_err(|_| AppError::NotFound)?;
    let mut connection = state.database.read().await?;
    let frozen = queries::by_code(&mut connection, code.as_str())
        .await?
        .ok_or(AppError::NotFound)?;
    permit(&mut connection, viewer, ReadCertificate(frozen.id)).await?;
    drop(connection);
    if frozen.state != CertificateState::Valid {
        return Ok((code, None));
    }
    let content = content::thaw(&frozen.content, &frozen.content_digest)?;
    let pdf = printed(move || certificate::render(&content)).await?;
    Ok((code, Some(pdf)))
}
