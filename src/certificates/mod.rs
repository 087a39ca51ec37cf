mod model;

pub use model::*;

/// Files of this domain.
#[cfg(feature = "ssr")]
pub fn routes() -> axum::Router<crate::server::AppState> {
    axum::Router::new()
}
