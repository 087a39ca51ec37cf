//! The bare handler: what axum alone can do with the same bytes.

use std::{collections::HashMap, fs, net::SocketAddr, path::Path, sync::Arc};

use anyhow::Result;
use axum::{
    Router,
    body::Bytes,
    extract::{self, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use tokio::net::TcpListener;

type Bodies = Arc<HashMap<String, Bytes>>;

/// Serves each file of a folder under its name, until killed.
///
/// # Errors
/// The folder cannot be read, or the address is taken.
pub async fn serve(addr: SocketAddr, folder: &Path) -> Result<()> {
    let mut bodies = HashMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        bodies.insert(name, Bytes::from(fs::read(entry.path())?));
    }
    let router = Router::new()
        .route("/health/ready", get(async || "ok"))
        .route("/body/{name}", get(body))
        .with_state(Arc::new(bodies));
    axum::serve(TcpListener::bind(addr).await?, router).await?;
    Ok(())
}

async fn body(
    State(bodies): State<Bodies>,
    extract::Path(name): extract::Path<String>,
) -> Response {
    match bodies.get(&name) {
        Some(body) => {
            let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
            (kind, body.clone()).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
