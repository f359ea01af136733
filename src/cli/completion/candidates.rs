//! Completion candidates: ids of the knowledge base, paths, and names of models.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::sync::OnceLock;

use clap_complete::engine::{CompletionCandidate, PathCompleter, ValueCompleter as _};
use faqt::plain_id;

use crate::open;

/// The maximum number of ids: a longer list does not help to choose.
const IDS_MAX: usize = 200;

/// The knowledge bases on the line that is completed.
static KBS: OnceLock<Vec<PathBuf>> = OnceLock::new();

/// Sets the knowledge bases whose ids are candidates; a process completes one line.
pub(super) fn complete_ids_of(kbs: Vec<PathBuf>) {
    let _ = KBS.set(kbs);
}

/// Returns the ids with the typed prefix.
pub(crate) fn ids(typed: &OsStr) -> Vec<CompletionCandidate> {
    let kbs = KBS.get().map_or(&[][..], Vec::as_slice);
    let Some(typed) = typed.to_str() else { return Vec::new() };
    let Some(kb) = open::open_indexed(kbs) else { return Vec::new() };
    let ids = kb.complete_id(typed, IDS_MAX).unwrap_or_default().into_iter();
    // Editions have the id of their entry, unless a reader asks for them by their sign.
    let ids = ids.filter(|id| typed.contains('@') || plain_id(id) == id);
    ids.map(CompletionCandidate::new).filter(is_argument).collect()
}

/// Returns the files and folders with the typed prefix.
pub(crate) fn paths(typed: &OsStr) -> Vec<CompletionCandidate> {
    PathCompleter::any().complete(typed).into_iter().filter(is_argument).collect()
}

/// Returns the names of models with the typed prefix.
#[cfg(feature = "encoder")]
pub(crate) fn models(typed: &OsStr) -> Vec<CompletionCandidate> {
    let (Some(typed), Ok(models)) = (typed.to_str(), crate::models::list()) else { return Vec::new() };
    let names = models.iter().filter_map(crate::models::Model::name).filter(|name| name.starts_with(typed));
    names.map(CompletionCandidate::new).filter(is_argument).collect()
}

/// Returns true if a candidate would not be parsed as an option: content must not offer options.
pub(super) fn is_argument(candidate: &CompletionCandidate) -> bool {
    !candidate.get_value().as_encoded_bytes().starts_with(b"-")
}
