//! The closing record as a file: `/editions/{id}/closing-record.pdf`, the one that stands, or with
//! `record` an earlier one.

use axum::{
    Extension, Router,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::Uri,
    response::Response,
    routing::get,
};
use serde::Deserialize;

use super::{
    content::{self, RecordContent},
    model::RecordId,
    operations::numbered,
    pages::sheet,
    queries::{self, Stored},
};
use crate::{
    access::policy::ActionKind,
    courses::{EditionId, header_for, operations::manage_edition, words::locale_of},
    documents::closing_record::render,
    error::AppError,
    server::{
        AppState, Identity,
        clock::lima_date,
        printed, sheet_answer,
        words::{self, in_language},
    },
};

/// Files of this domain.
pub fn routes() -> Router<AppState> {
    Router::new().route("/editions/{id}/closing-record.pdf", get(file))
}

/// Which record is meant, where it is not the one that stands.
#[derive(Debug, Deserialize)]
struct Wanted {
    record: Option<i64>,
}

/// The record, for who may close the edition; 404 for everybody else, as if it were not there.
async fn file(
    State(state): State<AppState>,
    Extension(identity): Extension<Identity>,
    at: Uri,
    Path(id): Path<String>,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Response {
    let made = match wanted {
        Ok(Query(wanted)) => make(&state, &identity, &id, wanted.record).await,
        Err(_) => Err(AppError::NotFound),
    };
    sheet_answer(identity.locale, &at, made)
}

async fn make(
    state: &AppState,
    identity: &Identity,
    id: &str,
    record: Option<i64>,
) -> Result<(String, Vec<u8>), AppError> {
    let viewer = identity.viewer.as_ref().ok_or(AppError::SignInRequired)?;
    let id: EditionId = id.parse().map_err(|_| AppError::NotFound)?;
    let mut connection = state.database.read().await?;
    let _ = manage_edition(&mut connection, viewer, id).await?;
    let header = header_for(&mut connection, viewer, id, ActionKind::ManageEnrolments).await?;
    let records = queries::of_edition(&mut connection, id).await?;
    drop(connection);
    let wanted = |row: &Stored| match record {
        Some(record) => row.id == RecordId::new(record),
        None => row.superseded_at.is_none(),
    };
    let at = records.iter().position(wanted).ok_or(AppError::NotFound)?;
    let (row, said, before) = (&records[at], read(&records[at])?, before(&records, at)?);
    let language = locale_of(header.language);
    let digest = content::printed(&row.content_digest);
    let sheet = in_language(language, || {
        sheet::sheet(&said, before.as_ref(), digest, words::locale_code(language))
    });
    let day = lima_date(row.closed_at);
    let name = format!("acta-de-cierre-{}", numbered(row.year, row.number));
    let pdf = printed(move || render(&sheet, day)).await?;
    Ok((name, pdf))
}

/// What a record says.
pub(super) fn read(row: &Stored) -> Result<RecordContent, AppError> {
    content::thaw(&row.content, &row.content_digest)
}

/// What the record before said, of a list with the last first.
pub(super) fn before(records: &[Stored], at: usize) -> Result<Option<RecordContent>, AppError> {
    records.get(at + 1).map(read).transpose()
}
