//! Probes for whoever runs the server.

use axum::{Router, extract::State, http::StatusCode, routing::get};

use super::AppState;

/// `/health/live`: the process answers. `/health/ready`: the database answers too.
pub fn router() -> Router<AppState> {
    Router::new()
        .route("/health/live", get(async || "live\n"))
        .route("/health/ready", get(ready))
}

async fn ready(State(state): State<AppState>) -> (StatusCode, &'static str) {
    match state.database.read().await {
        Ok(_) => (StatusCode::OK, "ready\n"),
        Err(_) => (
            StatusCode::SERVICE_UNAVAILABLE,
            "the database does not answer\n",
        ),
    }
}
