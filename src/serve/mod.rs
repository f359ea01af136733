//! `faqt serve`: a page for readers and its JSON service, over HTTP.
//!
//! [`connections`] accepts, [`guard`] refuses what is no request of a reader, [`pages`] and [`api`] answer. Asking is
//! synchronous work of microseconds to milliseconds on mapped files: [`app`] runs it on threads of its own, as many as
//! there are processors, so that no reader waits for another's question to be read or sent. [`recorder`] writes the log
//! of questions.

mod accepted;
mod api;
mod app;
mod connections;
mod guard;
mod narrowed;
mod pages;
mod recorder;
mod refused;

use std::net::TcpListener;
use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;

pub(crate) use app::{App, Served};

/// Serves until `stopped` completes, then ends the open requests and the log.
///
/// # Errors
///
/// If the listener cannot be used.
pub(crate) async fn serve(app: App, listener: TcpListener, stopped: impl Future<Output = ()>) -> std::io::Result<()> {
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let app = Arc::new(app);
    let guarded = from_fn_with_state(Arc::clone(&app), guard::guard);
    let routes = Router::new().merge(pages::routes()).merge(api::routes()).with_state(Arc::clone(&app));
    let routes =
        routes.layer(RequestBodyLimitLayer::new(guard::BODY_BYTES_MAX)).layer(CompressionLayer::new()).layer(guarded);
    connections::accept(&listener, routes, stopped).await;
    if let Some(log) = &app.log {
        log.end();
    }
    Ok(())
}
