//! Totals.

/// Files of this domain.
pub fn routes() -> axum::Router<crate::server::AppState> {
    axum::Router::new()
}
