//! The errors of calls.

use faqt::evaluation::QueryError;
use faqt::log::LogError;
use faqt::{OpenError, SearchError};

/// The reason that a call failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CallError {
    #[error("the knowledge base is NULL")]
    NullHandle,
    #[error("{0} is NULL and its length is not 0")]
    NullText(&'static str),
    #[error("the length of {0} is more than an object can have")]
    TooLong(&'static str),
    #[error("the path is NULL")]
    NullPath,
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Search(#[from] SearchError),
    #[error("the options are no JSON object such as {{\"limit\": 1}}")]
    NoObject,
    #[error("the options cannot be read: {0}")]
    Options(serde_json::Error),
    #[error("the query file cannot be read: {0}")]
    Queries(#[from] QueryError),
    #[error("the facts cannot be read: {0}")]
    Facts(#[from] LogError),
    #[error("the answer cannot be written as JSON: {0}")]
    Json(#[source] faqt::json::JsonError),
    #[error("a defect of the library: {0}")]
    Panic(String),
}
