//! Answering with a file for whoever may have it, and in words to everybody else; with a sheet that
//! is printed for them, and kept nowhere.

use axum::{
    http::{StatusCode, Uri, header},
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
    paths,
};

/// Sets a sheet, when it is its turn.
pub async fn printed(
    render: impl FnOnce() -> Result<Vec<u8>, DocumentError> + Send + 'static,
) -> Result<Vec<u8>, AppError> {
    let pdf = documents::make(render).await;
    let pdf = pdf.map_err(|fault| incident(&fault))?;
    pdf.map_err(|fault| incident(&fault))
}

/// What stands where a file would: the way to sign in, and from there to the file or better to the
/// page with its link, for who has not; a sentence for everybody else.
pub fn file_refused(locale: Locale, next: &Uri, error: &AppError) -> Response {
    if *error == AppError::SignInRequired {
        let next = next.path_and_query().map_or("/", |next| next.as_str());
        let sign_in = paths::sign_in().with("next", next).to_string();
        return (StatusCode::FOUND, [(header::LOCATION, sign_in)]).into_response();
    }
    let status = StatusCode::from_u16(error.status());
    let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let sentence = in_language(locale, || words::sentence(error));
    (status, sentence).into_response()
}

/// The same, and 404 for whoever may not have the file, as if it were not there.
pub fn file_hidden(locale: Locale, at: &Uri, error: &AppError) -> Response {
    match error {
        AppError::Internal { .. } | AppError::SignInRequired => file_refused(locale, at, error),
        _ => file_refused(locale, at, &AppError::NotFound),
    }
}

/// A sheet under its name without the ending; 404 for whoever may not have it, as if it were not
/// there.
pub fn sheet_answer(
    locale: Locale,
    at: &Uri,
    made: Result<(String, Vec<u8>), AppError>,
) -> Response {
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
        Err(error) => file_hidden(locale, at, &error),
    }
}
