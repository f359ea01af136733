//! The check of every request, and the headers of every answer.

use std::io::Write as _;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_LENGTH, ETAG, HOST, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use faqt::render::sanitise;

use super::accepted;
use super::app::App;
use super::refused::refused;

/// The most bytes of an address.
const URI_BYTES_MAX: usize = 8 << 10;
/// The most bytes of a body; only the form about an answer has one.
pub(super) const BODY_BYTES_MAX: usize = 16 << 10;
/// The most time for a request, its body included.
const TIME_MAX: Duration = Duration::from_secs(15);

/// The headers of every answer. The page loads from its own server alone, runs no script but its file, and sends its form
/// nowhere else.
const HEADERS: [(&str, &str); 5] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// Refuses what is no request of a reader, answers with 304 where the reader has the answer, and completes the headers.
pub(super) async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let start = Instant::now();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let mut response = match refusal(&app, &request) {
        Some(refusal) => refusal,
        None => answered(&app, request, next).await,
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if app.has_access_log {
        let (status, time) = (response.status().as_u16(), start.elapsed().as_secs_f64() * 1e3);
        let path = sanitise(&path).into_owned();
        // An error of the error stream cannot be reported.
        let _ = writeln!(std::io::stderr(), "{method} {path} {status} {time:.1} ms");
    }
    response
}

async fn answered(app: &Arc<App>, request: Request, next: Next) -> Response {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    // A reader who has the answer already would leave no record of the question.
    let tag = (is_read && app.log.is_none()).then(|| entity_tag(app, request.headers()));
    if let Some(tag) = &tag
        && is_known(request.headers(), tag)
    {
        return (StatusCode::NOT_MODIFIED, [(ETAG, tag.clone())]).into_response();
    }
    let path = request.uri().path().to_owned();
    let Ok(mut response) = tokio::time::timeout(TIME_MAX, next.run(request)).await else {
        return refused(&path, StatusCode::REQUEST_TIMEOUT, "the request took too long");
    };
    let is_kept = response.status().is_success() || response.status() == StatusCode::NOT_FOUND;
    let headers = response.headers_mut();
    headers.append(VARY, HeaderValue::from_static("accept-language"));
    if !headers.contains_key(CACHE_CONTROL) {
        let tag = tag.filter(|_| is_kept).and_then(|tag| HeaderValue::try_from(tag).ok());
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(if tag.is_some() { "no-cache" } else { "no-store" }));
        if let Some(tag) = tag {
            headers.insert(ETAG, tag);
        }
    }
    response
}

/// Returns the tag of all answers in the language of a browser: it changes with any pack and with the page.
fn entity_tag(app: &App, headers: &HeaderMap) -> String {
    // A tag holds letters and digits alone, whatever the header does.
    let language = accepted::language(headers).unwrap_or_default();
    let language: String = language.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(35).collect();
    format!("W/\"{}-{}-{language}\"", app.kbs.current().checksum(), app.assets_version)
}

fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let tags = headers.get_all(IF_NONE_MATCH).into_iter().filter_map(|value| value.to_str().ok());
    let mut tags = tags.flat_map(|tags| tags.split(',')).map(str::trim);
    tags.any(|known| known == "*" || known.trim_start_matches("W/") == tag.trim_start_matches("W/"))
}

/// Returns the answer to a request that is refused.
fn refusal(app: &App, request: &Request) -> Option<Response> {
    let refused = |status, message: &str| Some(refused(request.uri().path(), status, message));
    let length = request.uri().path_and_query().map_or(0, |path| path.as_str().len());
    if length > URI_BYTES_MAX {
        let message = format!("the address has {length} bytes; at most {URI_BYTES_MAX} are read");
        return refused(StatusCode::URI_TOO_LONG, &message);
    }
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !is_of_this_machine(header(HOST), &app.hosts) {
        let message = "this server has no such name; start it with --host NAME to allow one";
        return refused(StatusCode::MISDIRECTED_REQUEST, message);
    }
    // A body of unknown length is cut where it is read.
    if header(CONTENT_LENGTH).parse().is_ok_and(|length: u64| length > BODY_BYTES_MAX as u64) {
        let message = format!("the body is too long; at most {BODY_BYTES_MAX} bytes are read");
        return refused(StatusCode::PAYLOAD_TOO_LARGE, &message);
    }
    None
}

/// Returns true if a `Host` header names this machine: by an address, as localhost, or by a name of `hosts`. Pages of other
/// sites cannot name an address whose name they made lead here (DNS rebinding).
fn is_of_this_machine(header: &str, hosts: &[String]) -> bool {
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    let name = match header.rsplit_once(':') {
        Some((name, port)) if is_port(port) => name,
        _ => header,
    };
    let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    bare.parse::<IpAddr>().is_ok()
        || name.eq_ignore_ascii_case("localhost")
        || hosts.iter().any(|host| host.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::is_of_this_machine;

    #[test]
    fn names_of_others_are_refused() {
        let hosts = ["help.example".to_owned()];
        for own in ["localhost", "LOCALHOST:80", "127.0.0.1:1", "[::1]:8080", "[::1]", "10.0.0.2", "Help.example:80"] {
            assert!(is_of_this_machine(own, &hosts), "{own}");
        }
        for other in ["", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "localhost:x", ":80"] {
            assert!(!is_of_this_machine(other, &hosts), "{other}");
        }
    }
}
