//! Refusals: a JSON object below `/api/`, a line of text elsewhere.

use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::response::{IntoResponse as _, Response};

use super::app::Busy;
use crate::output::json;

/// Returns true if a path is one of the JSON service.
pub(super) fn is_service(path: &str) -> bool {
    path.strip_prefix("/api").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Refuses a request for `path`.
pub(super) fn refused(path: &str, status: StatusCode, message: &str) -> Response {
    if is_service(path) { object(status, message, &[]) } else { (status, format!("{message}\n")).into_response() }
}

/// Returns the object of a refusal, with the names nearest to one that is not there.
pub(super) fn object(status: StatusCode, message: &str, nearest: &[String]) -> Response {
    (status, [(CONTENT_TYPE, "application/json")], json::failed(message, nearest)).into_response()
}

/// Refuses a question because too many are asked at once.
pub(super) fn busy(path: &str, _: Busy) -> Response {
    let mut response = refused(path, StatusCode::SERVICE_UNAVAILABLE, "too many questions at once; ask again");
    response.headers_mut().insert(RETRY_AFTER, axum::http::HeaderValue::from_static("1"));
    response
}
