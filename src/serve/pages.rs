//! Pages, their fragments for the script, the files that they name, and what readers say about answers.

use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Form, FromRequestParts, Path, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HOST, LOCATION, ORIGIN};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::get;
use faqt::SearchError;
use faqt::log::LogRecord;
use faqt_page::{Fragment, Request, Site, Source as _, document, fragment};
use serde::Deserialize;

use super::accepted;
use super::app::App;
use super::narrowed::Narrowed;
use super::recorder::Recorder;
use super::refused::busy;
use crate::log;

type Shared = State<Arc<App>>;

/// The parameters of a request, and the language of its browser.
#[derive(Default)]
struct Asking {
    parameters: Vec<(String, String)>,
    locale: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for Asking {
    type Rejection = QueryRejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Asking, QueryRejection> {
        let Query(parameters) = Query::from_request_parts(parts, state).await?;
        Ok(Asking { parameters, locale: accepted::language(&parts.headers) })
    }
}

impl Asking {
    fn request(self, path: String) -> Request {
        let parameters = self.parameters.into_iter();
        let request = parameters.fold(Request::new(path), |request, (name, value)| request.with(name, value));
        match self.locale {
            Some(locale) => request.with_locale(locale),
            None => request,
        }
    }
}

/// Returns the routes of pages.
pub(super) fn routes() -> Router<Arc<App>> {
    let page = |path: &'static str| get(move |app: Shared, asked: Asking| shown(app, path.to_owned(), asked));
    let part = |path: &'static str| get(move |app: Shared, asked: Asking| partial(app, path.to_owned(), asked));
    Router::new()
        .route("/", page(""))
        .route("/ask", page("ask"))
        .route("/contents", page("contents"))
        .route("/keywords", page("keywords"))
        .route("/helped", page("helped").post(helped))
        .route(
            "/e/{*id}",
            get(async |app: Shared, id: Path<String>, asked: Asking| shown(app, format!("e/{}", id.0), asked).await),
        )
        .route("/fragment/", part(""))
        .route("/fragment/ask", part("ask"))
        .route("/fragment/complete", part("complete"))
        .route("/fragment/contents", part("contents"))
        .route("/fragment/keywords", part("keywords"))
        .route(
            "/fragment/e/{*id}",
            get(async |app: Shared, id: Path<String>, asked: Asking| partial(app, format!("e/{}", id.0), asked).await),
        )
        .route("/assets/page.css", get(async || asset("text/css; charset=utf-8", faqt_page::STYLE)))
        .route("/assets/page.js", get(async || asset("text/javascript; charset=utf-8", faqt_page::SCRIPT)))
        .route("/assets/icon.svg", get(async || asset("image/svg+xml", faqt_page::ICON)))
        .method_not_allowed_fallback(async || {
            (StatusCode::METHOD_NOT_ALLOWED, "a page is only read, by GET\n").into_response()
        })
        .fallback(async |app: Shared, uri: Uri| shown(app, uri.path().to_owned(), Asking::default()).await)
}

/// A fragment, and the page around it.
struct Shown {
    site: Site,
    request: Request,
    fragment: Fragment,
}

/// Answers with a whole page, or with where an entry is now.
async fn shown(State(app): Shared, path: String, asked: Asking) -> Response {
    match answer(&app, asked.request(path)).await {
        Ok(Shown { site, fragment: Fragment { moved_to: Some(id), .. }, .. }) => {
            let address = site.entry_address(&id).unwrap_or_else(|| "/".to_owned());
            (StatusCode::FOUND, [(LOCATION, address)]).into_response()
        }
        Ok(Shown { site, request, fragment }) => {
            (status(&fragment), Html(document(&site, &request, &fragment))).into_response()
        }
        Err(refused) => refused,
    }
}

/// Answers with a fragment alone.
async fn partial(State(app): Shared, path: String, asked: Asking) -> Response {
    match answer(&app, asked.request(path)).await {
        Ok(Shown { fragment, .. }) => (status(&fragment), Html(fragment.html)).into_response(),
        Err(refused) => refused,
    }
}

/// A question that nothing answers has a page that says so; an entry that is not there has none.
fn status(fragment: &Fragment) -> StatusCode {
    if fragment.is_found || fragment.findings.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND }
}

async fn answer(app: &Arc<App>, request: Request) -> Result<Shown, Response> {
    let asked = app.run(move |app, kb| {
        let name = request.get("kb").unwrap_or_default();
        let source = Narrowed::by_name(kb, name).unwrap_or_else(|| Narrowed::all(kb));
        let site = app.site(kb);
        let fragment = fragment(&site, &source, &request)?;
        if let Some(log) = &app.log {
            keep(log, &source, &request, &fragment)?;
        }
        Ok(Shown { site, request, fragment })
    });
    asked.await.map_err(|refused| busy("", refused))?.map_err(|error: SearchError| damaged(&error))
}

/// Logs a question, or that a reader opened an entry that it found, which the address of the entry says.
fn keep(log: &Recorder, source: &Narrowed, request: &Request, fragment: &Fragment) -> Result<(), SearchError> {
    let Some(query) = request.get("q").map(str::trim).filter(|query| !query.is_empty()) else { return Ok(()) };
    if let Some(findings) = &fragment.findings {
        log.record(log::record(source.all, query, findings));
    } else if let Some(entry) = &fragment.entry {
        let record = asked_before(source, query, request)?;
        if record.entries.contains(&entry.id) {
            log.record(record.opened(&entry.id));
        }
    }
    Ok(())
}

/// Returns the record of a question that was asked before, by a request with the same choices.
fn asked_before(source: &Narrowed, query: &str, request: &Request) -> Result<LogRecord, SearchError> {
    Ok(log::record(source.all, query, &source.search(query, &request.options())?))
}

/// The form about an answer.
#[derive(Deserialize)]
struct Said {
    q: String,
    #[serde(default)]
    kb: String,
    #[serde(default)]
    lang: String,
    #[serde(default, rename = "for")]
    version: String,
    id: String,
    answer: String,
}

/// The reason that it is not recorded whether an answer helped.
enum Unrecorded {
    NoLog,
    NoEntry,
    Damaged(SearchError),
}

impl From<SearchError> for Unrecorded {
    fn from(error: SearchError) -> Unrecorded {
        Unrecorded::Damaged(error)
    }
}

/// Records whether an answer helped.
async fn helped(State(app): Shared, headers: HeaderMap, Form(said): Form<Said>) -> Response {
    if !is_own(&headers) {
        return (StatusCode::FORBIDDEN, "the form was sent from another site\n").into_response();
    }
    let has_helped = match said.answer.as_str() {
        "yes" => true,
        "no" => false,
        _ => return (StatusCode::BAD_REQUEST, "the answer is `yes` or `no`\n").into_response(),
    };
    let locale = accepted::language(&headers);
    let recorded = app.run(move |app, kb| {
        let log = app.log.as_ref().ok_or(Unrecorded::NoLog)?;
        let entry = kb.entry(&said.id)?.ok_or(Unrecorded::NoEntry)?;
        let source = Narrowed::by_name(kb, &said.kb).unwrap_or_else(|| Narrowed::all(kb));
        let parameters = [("lang", said.lang), ("for", said.version)].map(|(name, value)| (name.to_owned(), value));
        let request = Asking { parameters: parameters.into(), locale }.request("ask".to_owned());
        let record = asked_before(&source, said.q.trim(), &request)?;
        Ok(log.record_and_tell(record.helped(&entry.id, has_helped)))
    });
    let written = match recorded.await {
        Err(refused) => return busy("", refused),
        Ok(Err(Unrecorded::Damaged(error))) => return damaged(&error),
        Ok(Err(Unrecorded::NoLog)) => return (StatusCode::NOT_FOUND, "no log is kept\n").into_response(),
        Ok(Err(Unrecorded::NoEntry)) => return (StatusCode::NOT_FOUND, "no entry has this id\n").into_response(),
        Ok(Ok(written)) => written.await.unwrap_or(false),
    };
    if !written {
        // The error stream says why.
        return (StatusCode::INTERNAL_SERVER_ERROR, "the log cannot be written\n").into_response();
    }
    (StatusCode::SEE_OTHER, [(LOCATION, "/helped")]).into_response()
}

/// Returns true if a form was sent from a page of this server, or by a program.
fn is_own(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text(ORIGIN.as_str()) else { return true };
    origin.split_once("://").map(|(_, host)| host) == text(HOST.as_str())
}

fn asset(kind: &'static str, text: &'static str) -> Response {
    // The address of a file changes with its content.
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, "public, max-age=31536000, immutable")], text).into_response()
}

fn damaged(error: &SearchError) -> Response {
    (StatusCode::INTERNAL_SERVER_ERROR, format!("{}\n", faqt::render::sanitise(&error.to_string()))).into_response()
}
