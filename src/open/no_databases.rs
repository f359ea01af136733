//! In a program without the feature `cluster`, the URL of a database is an error.

use std::path::Path;

use faqt::KnowledgeBase;

use crate::cli::failure::Failure;
use crate::cli::passwords::SCHEMES;

/// Returns the URL of a database in the place of a path, if it is one.
pub(crate) fn url(path: &Path) -> Option<&str> {
    path.to_str().filter(|text| SCHEMES.iter().any(|start| text.starts_with(*start)))
}

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
