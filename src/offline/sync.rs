//! Where phones hand in: JSON in, JSON out, by the list's own token and nothing else.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::StatusCode,
    response::{IntoResponse as _, Response},
    routing::post,
};

use super::{
    operations::hand_in,
    request::{LONGEST, Sent},
};
use crate::{error::AppError, server::AppState};

/// Routes of this domain beside its pages and actions.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/api/offline/sync", post(sync))
        .layer(DefaultBodyLimit::max(LONGEST))
}

/// Takes in what a phone sends. Nobody need be signed in: a day later nobody is.
async fn sync(State(state): State<AppState>, body: Bytes) -> Response {
    let Some(sent) = Sent::parse(&body) else {
        let line = "this is not what a phone hands in\n";
        return (StatusCode::UNPROCESSABLE_ENTITY, line).into_response();
    };
    match hand_in(&state, sent).await {
        Ok(answers) => Json(answers).into_response(),
        Err(AppError::SignInRequired) => {
            (StatusCode::UNAUTHORIZED, "no list has this token\n").into_response()
        }
        Err(error) => {
            let status = StatusCode::from_u16(error.status());
            status
                .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
                .into_response()
        }
    }
}
