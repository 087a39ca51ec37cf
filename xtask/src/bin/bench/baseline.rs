//! The bare handler: what axum alone can do with the same bytes.

use std::{fs, net::SocketAddr, path::Path};

use anyhow::Result;
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderName, header},
    routing::get,
};
use tokio::net::TcpListener;

/// Serves the bytes of a file at `/`, until killed.
///
/// # Errors
/// The file cannot be read, or the address is taken.
pub async fn serve(addr: SocketAddr, body: &Path) -> Result<()> {
    let router = Router::new()
        .route("/health/ready", get(async || "ok"))
        .route("/", get(answer))
        .with_state(Bytes::from(fs::read(body)?));
    axum::serve(TcpListener::bind(addr).await?, router).await?;
    Ok(())
}

async fn answer(State(body): State<Bytes>) -> ([(HeaderName, &'static str); 1], Bytes) {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], body)
}
