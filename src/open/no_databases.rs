//! In a program without the feature `cluster`, no path is the URL of a database.

use std::borrow::Cow;
use std::path::Path;

use faqt::KnowledgeBase;

use crate::cli::failure::Failure;

/// Returns none.
pub(crate) fn url(_: &Path) -> Option<&str> {
    None
}

/// Returns the path as it is.
pub(crate) fn without_password(path: &Path) -> Cow<'_, Path> {
    Cow::Borrowed(path)
}

/// Returns none.
pub(super) fn parts(_: &str) -> Option<Vec<String>> {
    None
}

/// Says that the program was compiled without databases.
pub(super) fn open(_: &str) -> Result<KnowledgeBase, Failure> {
    Err(anyhow::anyhow!("this program was compiled without databases").into())
}

/// Returns none.
#[cfg(any(feature = "mcp", feature = "serve"))]
pub(super) fn current(_: &str) -> Option<String> {
    None
}
