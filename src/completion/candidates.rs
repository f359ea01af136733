//! Candidates for a shell: ids of the knowledge base, and paths.

use std::ffi::OsStr;
use std::path::Path;

use clap_complete::engine::{CompletionCandidate, PathCompleter, ValueCompleter as _};

use crate::knowledge;

/// More ids than this are no help to choose from.
const IDS_MAX: usize = 200;

/// Returns the ids that begin with what was typed.
pub(super) fn ids(typed: &OsStr, kb: Option<&Path>) -> Vec<CompletionCandidate> {
    let Some(typed) = typed.to_str() else { return Vec::new() };
    let Some(kb) = knowledge::open_indexed(kb) else { return Vec::new() };
    let ids = kb.complete_id(typed, IDS_MAX).unwrap_or_default().into_iter();
    ids.map(CompletionCandidate::new).filter(is_argument).collect()
}

/// Returns the files and folders that begin with what was typed.
pub(crate) fn paths(typed: &OsStr) -> Vec<CompletionCandidate> {
    PathCompleter::any().complete(typed).into_iter().filter(is_argument).collect()
}

/// Tells whether a name is an argument, and no option: of those, content has none to offer.
pub(super) fn is_argument(candidate: &CompletionCandidate) -> bool {
    !candidate.get_value().as_encoded_bytes().starts_with(b"-")
}
