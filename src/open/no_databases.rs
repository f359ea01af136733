//! In a program without the feature `cluster`, the URL of a database is an error.

use std::borrow::Cow;
use std::path::Path;

use faqt::KnowledgeBase;

use crate::cli::failure::Failure;

/// Returns the URL of a database in the place of a path, if it is one.
pub(crate) fn url(path: &Path) -> Option<&str> {
    path.to_str()
        .filter(|text| ["clickhouse://", "postgres://", "postgresql://"].iter().any(|start| text.starts_with(start)))
}

/// Returns a path fit to be shown.
pub(crate) fn without_password(path: &Path) -> Cow<'_, Path> {
    if url(path).is_some() { Cow::Borrowed(Path::new("URL")) } else { Cow::Borrowed(path) }
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
