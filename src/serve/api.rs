//! The JSON service: the objects of `faqt --format json`, described by `docs/output.schema.json` and by `openapi.json`.

use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use faqt::{SearchError, SearchOptions};
use faqt_page::Source as _;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::app::App;
use super::narrowed::Narrowed;
use super::pages::busy;
use crate::log;
use crate::open::asked::Asked;
use crate::open::no_such::{self, NoSuch};
use crate::output::{index, json};

const OPENAPI: &str = include_str!("openapi.json");
const SCHEMA: &str = include_str!("../../docs/output.schema.json");
/// The most entries that a question lists, as on the command line.
const LIMIT_MAX: usize = 1_000;

type Shared = State<Arc<App>>;

/// Returns the routes of the service.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/api/v1/ask", get(ask))
        .route("/api/v1/entries", get(contents))
        .route("/api/v1/entries/{*id}", get(entry))
        .route("/api/v1/keywords", get(keywords))
        .route("/api/v1/sections", get(sections))
        .route("/api/v1/similar/{*id}", get(similar))
        .route("/api/v1/openapi.json", get(async || said(StatusCode::OK, OPENAPI.to_owned())))
        .route("/api/v1/output.schema.json", get(async || said(StatusCode::OK, SCHEMA.to_owned())))
        .route(
            "/api/{*path}",
            get(async || failed(StatusCode::NOT_FOUND, "nothing is at this path; see /api/v1/openapi.json", &[])),
        )
}

/// The reason that a request is not answered.
enum Fault {
    Damaged(SearchError),
    NoSuch(StatusCode, NoSuch),
    Unknown(String, Vec<String>),
}

impl From<SearchError> for Fault {
    fn from(error: SearchError) -> Fault {
        Fault::Damaged(error)
    }
}

/// Parameters, of which unknown ones are refused.
struct Known<T>(T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Known<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Known<T>, Response> {
        let read: Result<Query<T>, QueryRejection> = Query::from_request_parts(parts, state).await;
        read.map(|Query(known)| Known(known)).map_err(|error| failed(StatusCode::BAD_REQUEST, &error.body_text(), &[]))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asking {
    q: String,
    #[serde(default)]
    kb: String,
    n: Option<usize>,
    section: Option<String>,
    lang: Option<String>,
    #[serde(default)]
    why: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listing {
    #[serde(default)]
    kb: String,
    k: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Likeness {
    n: Option<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

async fn ask(app: Shared, Known(asking): Known<Asking>) -> Response {
    answer(app, move |app, kb| {
        let mut options = SearchOptions::default().with_explain(asking.why);
        if let Some(limit) = asking.n {
            options.limit = limit.min(LIMIT_MAX);
        } else {
            options.limit = 5;
        }
        (options.section, options.language) = (asking.section, asking.lang);
        let findings = narrowed(kb, &asking.kb)?.search(&asking.q, &options)?;
        if findings.hits.is_empty()
            && let Some(fault) = no_such::filter(kb, options.section.as_deref(), options.language.as_deref())?
        {
            return Err(Fault::NoSuch(StatusCode::BAD_REQUEST, fault));
        }
        if let Some(place) = app.log.as_deref() {
            log::asked(Some(place), kb, &asking.q, &findings);
        }
        Ok(json::findings(&asking.q, &findings))
    })
    .await
}

async fn entry(app: Shared, Path(id): Path<String>, Known(Nothing {}): Known<Nothing>) -> Response {
    answer(app, move |_, kb| Ok(json::entry(&found(kb, &id)?))).await
}

async fn similar(app: Shared, Path(id): Path<String>, Known(likeness): Known<Likeness>) -> Response {
    answer(app, move |_, kb| {
        let entry = found(kb, &id)?;
        let limit = likeness.n.unwrap_or(5).min(LIMIT_MAX);
        let similar = kb.similar(&entry.id, limit)?.unwrap_or_default();
        Ok(json::similar(&entry, &similar))
    })
    .await
}

async fn contents(app: Shared, Known(listing): Known<Listing>) -> Response {
    answer(app, move |_, kb| {
        let entries = narrowed(kb, &listing.kb)?.entries(0, usize::MAX)?;
        Ok(json::contents(&kb.manifest(), &entries))
    })
    .await
}

async fn keywords(app: Shared, Known(listing): Known<Listing>) -> Response {
    answer(app, move |_, kb| {
        let source = narrowed(kb, &listing.kb)?;
        match &listing.k {
            Some(term) => Ok(json::keyword(term, &source.keyword(term)?)),
            None => Ok(json::index("keywords", &faqt::by_keyword(&source.entries(0, usize::MAX)?))),
        }
    })
    .await
}

async fn sections(app: Shared, Known(listing): Known<Listing>) -> Response {
    answer(app, move |_, kb| {
        let entries = narrowed(kb, &listing.kb)?.entries(0, usize::MAX)?;
        Ok(json::index("sections", &index::by_section(&entries)))
    })
    .await
}

/// Chooses the knowledge base of this name, all for an empty one.
fn narrowed<'a>(kb: &'a Asked, name: &str) -> Result<Narrowed<'a>, Fault> {
    Narrowed::by_name(kb, name).ok_or_else(|| {
        let names = match kb {
            Asked::One(_) => Vec::new(),
            Asked::Several(several) => several.iter().map(|(name, _)| name.to_owned()).collect(),
        };
        Fault::Unknown(format!("no knowledge base has the name `{name}`"), names)
    })
}

/// Returns the entry with this id, former id or help id.
fn found(kb: &Asked, id: &str) -> Result<faqt::Entry, Fault> {
    no_such::entry(kb, id)?.map_err(|fault| Fault::NoSuch(StatusCode::NOT_FOUND, fault))
}

async fn answer(
    State(app): Shared,
    work: impl FnOnce(&App, &Asked) -> Result<String, Fault> + Send + 'static,
) -> Response {
    match app.run(work).await {
        Err(refused) => busy(refused),
        Ok(Ok(object)) => said(StatusCode::OK, object),
        Ok(Err(Fault::NoSuch(status, fault))) => failed(status, &fault.message, &fault.nearest),
        Ok(Err(Fault::Unknown(message, names))) => failed(StatusCode::BAD_REQUEST, &message, &names),
        Ok(Err(Fault::Damaged(error))) => failed(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string(), &[]),
    }
}

fn failed(status: StatusCode, message: &str, nearest: &[String]) -> Response {
    said(status, json::failed(message, nearest))
}

fn said(status: StatusCode, object: String) -> Response {
    (status, [(CONTENT_TYPE, "application/json")], object).into_response()
}
