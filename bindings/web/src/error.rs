//! The errors of calls.

use faqt::{OpenError, SearchError};
use serde::Serialize;

/// The reason that a call failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CallError {
    #[error("there is no buffer of this number")]
    NoBuffer,
    #[error("no pack is open")]
    NotOpen,
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Search(#[from] SearchError),
    #[error("the request cannot be read: {0}")]
    Request(#[from] serde_json::Error),
    #[error("the answer cannot be written as JSON: {0}")]
    Json(#[from] faqt::json::JsonError),
}

impl CallError {
    /// Returns the error as the JSON that a failed call answers.
    pub(crate) fn to_json(&self) -> String {
        #[derive(Serialize)]
        struct Content {
            error: String,
        }
        // The error of opening says what is wrong with the pack in its source.
        let mut error = self.to_string();
        let mut source = std::error::Error::source(self);
        while let Some(cause) = source {
            let cause_text = cause.to_string();
            if !error.contains(&cause_text) {
                error = format!("{error}: {cause_text}");
            }
            source = cause.source();
        }
        faqt::json::versioned(&Content { error }).unwrap_or_else(|_| r#"{"error":"unknown"}"#.to_owned())
    }
}
