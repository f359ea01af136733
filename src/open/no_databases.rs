//! In a program without the feature `cluster`, the URL of a database is an error.

use faqt::KnowledgeBase;

pub(crate) use crate::cli::database_urls::url;
use crate::cli::failure::Failure;

/// Returns none.
pub(super) fn parts(_: &str) -> Option<Vec<String>> {
    None
}

/// Says that the program was compiled without databases.
pub(super) fn open(_: &str) -> Result<KnowledgeBase, Failure> {
    Err(anyhow::anyhow!("this program was compiled without databases: compile it with the feature `cluster`").into())
}

/// Returns none.
#[cfg(any(feature = "mcp", feature = "serve"))]
pub(super) fn current(_: &str) -> Option<String> {
    None
}
