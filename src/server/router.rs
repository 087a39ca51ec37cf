//! The layers around the domains, in the order in which a request passes them.

use std::{net::SocketAddr, time::Duration};

use axum::{
    Router,
    extract::{Request, State},
    http::StatusCode,
    middleware::{Next, from_fn, from_fn_with_state},
    response::{IntoResponse as _, Response},
    routing::any,
};
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes as _, generate_route_list};
use tokio::net::TcpListener;
use tower_http::{
    CompressionLevel,
    compression::CompressionLayer,
    csrf::{CsrfLayer, ProtectionError},
};

use super::{
    AppState, Identity, assets,
    file_form::is_file_form,
    form_return::{NoSuchAction, form_return},
    headers::security_headers,
    health,
    identity::identify,
    secrets::random_key,
};
use crate::{
    app::{App, OWN_DATA, shell},
    error::AppError,
    paths::Path,
    ui::FormKey,
};

/// No request takes longer; the slowest are the first page after start and large exports.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// How long a form with a file may take: ten megabytes through a poor connection.
const UPLOAD_TIME_LIMIT: Duration = Duration::from_mins(10);

/// The whole server as one service.
pub fn router(state: AppState) -> Router {
    let routes = generate_route_list(App);
    let with_state = state.clone();
    let pages = Router::new().leptos_routes_with_context(
        &state,
        routes,
        move || provide_request(&with_state),
        shell,
    );
    let own_routes = Router::new()
        .merge(crate::people::routes(OWN_DATA))
        .merge(crate::sessions::routes())
        .merge(crate::enrolment::routes())
        .merge(crate::check_in::routes())
        .merge(crate::attachments::routes())
        .merge(crate::offline::routes())
        .merge(crate::paper::routes())
        .merge(crate::video_calls::routes())
        .merge(crate::certificates::routes())
        .merge(crate::closing::routes())
        .merge(crate::nomination::routes())
        .merge(crate::learning::routes())
        .merge(crate::reports::routes());
    let csrf = CsrfLayer::new()
        .add_trusted_origin(&state.config.base_url)
        .expect("the configuration holds a sound base URL")
        .with_rejection_response(|_: ProtectionError| {
            (StatusCode::FORBIDDEN, "cross-site requests are refused\n").into_response()
        });

    pages
        .merge(own_routes)
        .route("/api/{*unknown}", any(unknown_endpoint))
        .fallback(any(not_found_page))
        .layer(from_fn_with_state(state.clone(), form_return))
        .layer(from_fn_with_state(state.clone(), identify))
        .layer(csrf)
        .merge(health::router())
        .merge(assets::router())
        .layer(from_fn(time_limit))
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(4)))
        .layer(from_fn_with_state(state.clone(), security_headers))
        .with_state(state)
}

/// Serves until the process is told to stop; requests under way are finished first.
pub async fn serve(listener: TcpListener, state: AppState) -> std::io::Result<()> {
    let service = router(state).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service)
        .with_graceful_shutdown(stop_signal())
        .await
}

/// What pages and server functions find in their context.
fn provide_request(state: &AppState) {
    provide_context(state.clone());
    let Some(parts) = use_context::<axum::http::request::Parts>() else {
        return;
    };
    if let Some(identity) = parts.extensions.get::<Identity>() {
        provide_context(identity.locale);
        provide_context(identity.clone());
    }
    provide_context(FormKey(random_key()));
    provide_context(super::page::page_context());
    provide_context(super::page::returned_form());
}

/// Gives up on a request that takes too long.
async fn time_limit(request: Request, next: Next) -> Response {
    let limit = if is_file_form(request.uri(), request.headers()) {
        UPLOAD_TIME_LIMIT
    } else {
        TIME_LIMIT
    };
    let answer = tokio::time::timeout(limit, next.run(request)).await;
    answer.unwrap_or_else(|_| StatusCode::SERVICE_UNAVAILABLE.into_response())
}

/// An endpoint that does not exist, in the shape of those that do.
async fn unknown_endpoint() -> Response {
    let mut answer = (StatusCode::NOT_FOUND, AppError::NotFound.ser()).into_response();
    answer.extensions_mut().insert(NoSuchAction);
    answer
}

/// An address without a page is answered by the page that says so.
async fn not_found_page(State(state): State<AppState>, request: Request) -> Response {
    render_page(&state, request).await
}

/// Answers a request with the page of another address.
pub async fn page_of(state: &AppState, mut request: Request, path: &Path) -> Response {
    *request.uri_mut() = path.uri();
    render_page(state, request).await
}

async fn render_page(state: &AppState, request: Request) -> Response {
    let with_state = state.clone();
    let render =
        leptos_axum::render_app_async_with_context(move || provide_request(&with_state), shell);
    render(request).await
}

async fn stop_signal() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let mut terminate =
            tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
                .expect("signals can be listened to");
        tokio::select! { _ = interrupt => (), _ = terminate.recv() => () }
    }
    #[cfg(not(unix))]
    let _ = interrupt.await;
}
