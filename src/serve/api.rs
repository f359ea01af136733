//! The JSON service: the objects of `faqt --format json`, described by `docs/output.schema.json` and by `openapi.json`.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::header::{CONTENT_TYPE, LINK};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{any, get};
use faqt::{SearchError, SearchOptions};
use faqt_page::{Request, Source as _};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::accepted;
use super::app::App;
use super::narrowed::Narrowed;
use super::refused::{busy, object as failed};
use crate::log;
use crate::open::asked::Asked;
use crate::open::no_such::{self, NoSuch};
use crate::output::{index, json};

const OPENAPI: &str = include_str!("openapi.json");
const SCHEMA: &str = include_str!("../../docs/output.schema.json");
/// The most entries that an answer lists, and those of a list that names no limit.
const LIMIT_MAX: usize = 1_000;
/// The entries that a question lists without a limit.
const LIMIT: usize = 5;

type Shared = State<Arc<App>>;

/// Returns the routes of the service.
pub(super) fn routes() -> Router<Arc<App>> {
    let nowhere =
        || any(async || failed(StatusCode::NOT_FOUND, "nothing is at this path; see /api/v1/openapi.json", &[]));
    Router::new()
        .route("/api/v1/ask", get(ask))
        .route("/api/v1/entries", get(contents))
        .route("/api/v1/entries/{*id}", get(entry))
        .route("/api/v1/keywords", get(keywords))
        .route("/api/v1/sections", get(sections))
        .route("/api/v1/similar/{*id}", get(similar))
        .route("/api/v1/openapi.json", get(async || said(OPENAPI.to_owned())))
        .route("/api/v1/output.schema.json", get(async || said(SCHEMA.to_owned())))
        .route("/api", nowhere())
        .route("/api/", nowhere())
        .route("/api/{*path}", nowhere())
        .method_not_allowed_fallback(async || {
            failed(StatusCode::METHOD_NOT_ALLOWED, "a path of the service is only read, by GET", &[])
        })
}

/// The reason that a request is not answered.
enum Fault {
    Damaged(SearchError),
    NoSuch(StatusCode, NoSuch),
    /// A parameter has a value that it cannot have; with the nearest that it can.
    Value(String, Vec<String>),
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

/// The id at the end of a path.
struct Id(String);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Id, Response> {
        let read: Result<Path<String>, PathRejection> = Path::from_request_parts(parts, state).await;
        read.map(|Path(id)| Id(id)).map_err(|error| failed(StatusCode::BAD_REQUEST, &error.body_text(), &[]))
    }
}

/// An object that answers a request.
struct Answered {
    object: String,
    /// The address of the next part of a list.
    next: Option<String>,
}

impl From<String> for Answered {
    fn from(object: String) -> Answered {
        Answered { object, next: None }
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
    #[serde(default)]
    lang: String,
    #[serde(default, rename = "for")]
    version: String,
    #[serde(default)]
    why: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listing {
    #[serde(default)]
    kb: String,
    limit: Option<usize>,
    #[serde(default)]
    offset: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Indexing {
    #[serde(default)]
    kb: String,
    k: Option<String>,
    limit: Option<usize>,
    #[serde(default)]
    offset: usize,
}

/// A part of a list.
#[derive(Clone, Copy)]
struct Part {
    limit: usize,
    offset: usize,
}

impl Part {
    fn of(limit: Option<usize>, offset: usize) -> Result<Part, Fault> {
        Ok(Part { limit: number("limit", limit, LIMIT_MAX, 1)?, offset })
    }

    /// Returns the address of the next part of a list of `total` entries, if there is one.
    fn next(self, path: &str, parameters: &[(&str, &str)], total: usize) -> Option<String> {
        let offset = self.offset.checked_add(self.limit).filter(|next| *next < total)?;
        let mut address = format!("/api/v1/{path}?offset={offset}&limit={}", self.limit);
        for (name, value) in parameters.iter().filter(|(_, value)| !value.is_empty()) {
            let _ = write!(address, "&{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC));
        }
        Some(address)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Likeness {
    n: Option<usize>,
}

/// The wishes that choose between the editions of an entry.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wishes {
    #[serde(default)]
    lang: String,
    #[serde(default, rename = "for")]
    version: String,
}

impl Wishes {
    fn options(self, headers: &HeaderMap) -> SearchOptions {
        let request = Request::new("ask").with("lang", self.lang).with("for", self.version);
        let mut options = request.options();
        options.locale = accepted::language(headers);
        options
    }
}

async fn ask(app: Shared, headers: HeaderMap, Known(asking): Known<Asking>) -> Response {
    let options = Wishes { lang: asking.lang, version: asking.version }.options(&headers);
    answer(app, move |app, kb| {
        let mut options = options.with_explain(asking.why).with_limit(number("n", asking.n, LIMIT, 0)?);
        options.section = asking.section;
        let findings = narrowed(kb, &asking.kb)?.search(&asking.q, &options)?;
        if findings.hits.is_empty()
            && let Some(fault) = no_such::section(kb, options.section.as_deref())?
        {
            return Err(Fault::NoSuch(StatusCode::BAD_REQUEST, fault));
        }
        if let Some(log) = &app.log {
            log.record(log::record(kb, &asking.q, &findings));
        }
        Ok(json::findings(&asking.q, &findings))
    })
    .await
}

async fn entry(app: Shared, headers: HeaderMap, Id(id): Id, Known(wishes): Known<Wishes>) -> Response {
    let options = wishes.options(&headers);
    answer(app, move |_, kb| {
        let edition = no_such::edition(kb, &id, &options)?;
        Ok(json::entry(&edition.map_err(|fault| Fault::NoSuch(StatusCode::NOT_FOUND, fault))?))
    })
    .await
}

async fn similar(app: Shared, Id(id): Id, Known(likeness): Known<Likeness>) -> Response {
    answer(app, move |_, kb| {
        let entry = found(kb, &id)?;
        let limit = number("n", likeness.n, LIMIT, 0)?;
        let similar = kb.similar(&entry.id, limit)?.unwrap_or_default();
        Ok(json::similar(&entry, &similar))
    })
    .await
}

async fn contents(app: Shared, Known(listing): Known<Listing>) -> Response {
    answer(app, move |_, kb| {
        let (source, part) = (narrowed(kb, &listing.kb)?, Part::of(listing.limit, listing.offset)?);
        let entries = source.entries(part.offset, part.limit)?;
        let next = part.next("entries", &[("kb", &listing.kb)], source.count());
        Ok(Answered { object: json::contents(&kb.manifest(), &entries), next })
    })
    .await
}

async fn keywords(app: Shared, Known(indexing): Known<Indexing>) -> Response {
    answer(app, move |_, kb| {
        let (source, part) = (narrowed(kb, &indexing.kb)?, Part::of(indexing.limit, indexing.offset)?);
        let Some(term) = indexing.k.as_deref() else {
            let object = json::index("keywords", &faqt::by_keyword(&source.entries(part.offset, part.limit)?));
            return Ok(Answered { object, next: part.next("keywords", &[("kb", &indexing.kb)], source.count()) });
        };
        let mut entries = source.keyword(term)?;
        let next = part.next("keywords", &[("kb", &indexing.kb), ("k", term)], entries.len());
        entries.drain(..part.offset.min(entries.len()));
        entries.truncate(part.limit);
        Ok(Answered { object: json::keyword(term, &entries), next })
    })
    .await
}

async fn sections(app: Shared, Known(listing): Known<Listing>) -> Response {
    answer(app, move |_, kb| {
        let (source, part) = (narrowed(kb, &listing.kb)?, Part::of(listing.limit, listing.offset)?);
        let entries = source.entries(part.offset, part.limit)?;
        let next = part.next("sections", &[("kb", &listing.kb)], source.count());
        Ok(Answered { object: json::index("sections", &index::by_section(&entries)), next })
    })
    .await
}

/// Returns the value of a number, or `default`.
fn number(name: &str, value: Option<usize>, default: usize, min: usize) -> Result<usize, Fault> {
    let value = value.unwrap_or(default);
    if (min..=LIMIT_MAX).contains(&value) {
        return Ok(value);
    }
    Err(Fault::Value(format!("`{name}` must be from {min} to {LIMIT_MAX}, not {value}"), Vec::new()))
}

/// Chooses the knowledge base of this name, all for an empty one.
fn narrowed<'a>(kb: &'a Asked, name: &str) -> Result<Narrowed<'a>, Fault> {
    Narrowed::by_name(kb, name).ok_or_else(|| {
        let names = match kb {
            Asked::One(_) => Vec::new(),
            Asked::Several(several) => several.iter().map(|(name, _)| name.to_owned()).collect(),
        };
        Fault::Value(format!("no knowledge base has the name `{name}`"), names)
    })
}

/// Returns the entry with this id, former id or help id.
fn found(kb: &Asked, id: &str) -> Result<faqt::Entry, Fault> {
    no_such::entry(kb, id)?.map_err(|fault| Fault::NoSuch(StatusCode::NOT_FOUND, fault))
}

async fn answer<A: Into<Answered> + Send + 'static>(
    State(app): Shared,
    work: impl FnOnce(&App, &Asked) -> Result<A, Fault> + Send + 'static,
) -> Response {
    match app.run(work).await {
        Err(refused) => busy("/api", refused),
        Ok(Ok(answered)) => {
            let Answered { object, next } = answered.into();
            let mut response = said(object);
            let link = next.and_then(|next| HeaderValue::try_from(format!("<{next}>; rel=\"next\"")).ok());
            response.headers_mut().extend(link.map(|link| (LINK, link)));
            response
        }
        Ok(Err(Fault::NoSuch(status, fault))) => failed(status, &fault.message, &fault.nearest),
        Ok(Err(Fault::Value(message, nearest))) => failed(StatusCode::BAD_REQUEST, &message, &nearest),
        Ok(Err(Fault::Damaged(error))) => failed(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string(), &[]),
    }
}

fn said(object: String) -> Response {
    ([(CONTENT_TYPE, "application/json")], object).into_response()
}
