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

/// A database that cannot be asked.
#[cfg(any(feature = "mcp", feature = "serve"))]
#[derive(Default)]
pub(super) struct Watched(());

#[cfg(any(feature = "mcp", feature = "serve"))]
impl Watched {
    /// Returns none.
    #[expect(clippy::unused_self, reason = "the signature of a program with databases")]
    pub(super) fn current(&mut self, _: &str) -> Option<String> {
        None
    }
}
