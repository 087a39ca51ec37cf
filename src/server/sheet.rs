//! Answering with a sheet that is printed for whoever may have it, and kept nowhere.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use capacita_locales::Locale;

use super::{
    incident,
    words::{self, in_language},
};
use crate::{
    documents::{self, DocumentError},
    error::AppError,
};

/// Sets a sheet, when it is its turn.
pub async fn printed(
    render: impl FnOnce() -> Result<Vec<u8>, DocumentError> + Send + 'static,
) -> Result<Vec<u8>, AppError> {
    let pdf = documents::make(render).await;
    let pdf = pdf.map_err(|fault| incident(&fault))?;
    pdf.map_err(|fault| incident(&fault))
}

/// A sheet under its name without the ending; 404 for whoever may not have it, as if it were not
/// there.
pub fn sheet_answer(locale: Locale, made: Result<(String, Vec<u8>), AppError>) -> Response {
    match made {
        Ok((name, pdf)) => {
            let name = format!("inline; filename=\"{name}.pdf\"");
            let headers = [
                (header::CONTENT_TYPE, "application/pdf".to_owned()),
                (header::CONTENT_DISPOSITION, name),
                (header::CACHE_CONTROL, "private, no-store".to_owned()),
            ];
            (headers, pdf).into_response()
        }
        Err(error) => {
            let (status, error) = match error {
                AppError::Internal { .. } => (StatusCode::INTERNAL_SERVER_ERROR, error),
                _ => (StatusCode::NOT_FOUND, AppError::NotFound),
            };
            let sentence = in_language(locale, || words::sentence(&error));
            (status, sentence).into_response()
        }
    }
}
