//! Pages, their fragments for the script, the files that they name, and what readers say about answers.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HOST, LOCATION, ORIGIN, RETRY_AFTER};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::get;
use faqt::{SearchError, SearchOptions};
use faqt_page::{Fragment, Request, Site, Source as _, document, fragment};
use serde::Deserialize;

use super::app::{App, Busy};
use super::narrowed::Narrowed;
use crate::log;
use crate::open::asked::Asked;

type Parameters = Query<Vec<(String, String)>>;
type Shared = State<Arc<App>>;

/// Returns the routes of pages.
pub(super) fn routes() -> Router<Arc<App>> {
    let page = |path: &'static str| get(move |app: Shared, sent: Parameters| shown(app, path.to_owned(), sent));
    let part = |path: &'static str| get(move |app: Shared, sent: Parameters| partial(app, path.to_owned(), sent));
    Router::new()
        .route("/", page(""))
        .route("/ask", page("ask"))
        .route("/contents", page("contents"))
        .route("/keywords", page("keywords"))
        .route("/helped", page("helped").post(helped))
        .route(
            "/e/{*id}",
            get(async |app: Shared, id: Path<String>, sent: Parameters| shown(app, format!("e/{}", id.0), sent).await),
        )
        .route("/fragment/", part(""))
        .route("/fragment/ask", part("ask"))
        .route("/fragment/complete", part("complete"))
        .route("/fragment/contents", part("contents"))
        .route("/fragment/keywords", part("keywords"))
        .route(
            "/fragment/e/{*id}",
            get(async |app: Shared, id: Path<String>, sent: Parameters| {
                partial(app, format!("e/{}", id.0), sent).await
            }),
        )
        .route("/assets/page.css", get(async || asset("text/css; charset=utf-8", faqt_page::STYLE)))
        .route("/assets/page.js", get(async || asset("text/javascript; charset=utf-8", faqt_page::SCRIPT)))
        .route("/assets/icon.svg", get(async || asset("image/svg+xml", faqt_page::ICON)))
        .fallback(async |app: Shared, uri: Uri| shown(app, uri.path().to_owned(), Query(Vec::new())).await)
}

/// A fragment, and the page around it.
struct Shown {
    site: Site,
    request: Request,
    fragment: Fragment,
}

/// Answers with a whole page, or with where an entry is now.
async fn shown(State(app): Shared, path: String, Query(sent): Parameters) -> Response {
    match answer(&app, path, sent).await {
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
async fn partial(State(app): Shared, path: String, Query(sent): Parameters) -> Response {
    match answer(&app, path, sent).await {
        Ok(Shown { fragment, .. }) => (status(&fragment), Html(fragment.html)).into_response(),
        Err(refused) => refused,
    }
}

/// A question that nothing answers has a page that says so; an entry that is not there has none.
fn status(fragment: &Fragment) -> StatusCode {
    if fragment.is_found || fragment.findings.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND }
}

async fn answer(app: &Arc<App>, path: String, sent: Vec<(String, String)>) -> Result<Shown, Response> {
    let request = sent.into_iter().fold(Request::new(path), |request, (name, value)| request.with(name, value));
    let asked = app.run(move |app, kb| {
        let name = request.get("kb").unwrap_or_default();
        let source = Narrowed::by_name(kb, name).unwrap_or_else(|| Narrowed::all(kb));
        let site = app.site(kb);
        let fragment = fragment(&site, &source, &request)?;
        keep(app, kb, &request, &fragment);
        Ok(Shown { site, request, fragment })
    });
    asked.await.map_err(busy)?.map_err(|error: SearchError| damaged(&error))
}

/// Logs a question, or that an entry was opened, if a log is kept.
fn keep(app: &App, kb: &Asked, request: &Request, fragment: &Fragment) {
    let Some(place) = app.log.as_deref() else { return };
    if let (Some(findings), Some(query)) = (&fragment.findings, request.get("q")) {
        log::asked(Some(place), kb, query.trim(), findings);
    } else if let Some(entry) = &fragment.entry {
        log::opened(Some(place), entry);
    }
}

/// The form about an answer.
#[derive(Deserialize)]
struct Said {
    q: String,
    id: String,
    answer: String,
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
    let recorded = app.run(move |app, kb| {
        let Some(place) = app.log.as_deref() else { return Ok(Err("no log is kept\n")) };
        let Some(entry) = kb.entry(&said.id)? else { return Ok(Err("no entry has this id\n")) };
        let findings = Narrowed::all(kb).search(&said.q, &SearchOptions::default())?;
        Ok(log::helped(place, (kb, said.q.trim(), &findings), (&entry.id, has_helped)).map_err(|error| {
            log::warn(&format!("cannot write {}: {error}", place.display()));
            "the log cannot be written\n"
        }))
    });
    match recorded.await {
        Err(refused) => busy(refused),
        Ok(Err(error)) => damaged(&error),
        Ok(Ok(Err(reason))) => (StatusCode::NOT_FOUND, reason).into_response(),
        Ok(Ok(Ok(()))) => (StatusCode::SEE_OTHER, [(LOCATION, "/helped")]).into_response(),
    }
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

pub(super) fn busy(_: Busy) -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "1")], "too many questions at once; ask again\n").into_response()
}

fn damaged(error: &SearchError) -> Response {
    (StatusCode::INTERNAL_SERVER_ERROR, format!("{}\n", faqt::render::sanitise(&error.to_string()))).into_response()
}
