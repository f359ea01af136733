//! Which knowledge base is asked: the one of `--kb`, of `$FAQT_KB`, or the built-in one.

use std::path::Path;

use faqt::build::Builder;
use faqt::{Embedded, KnowledgeBase, OpenError};

use crate::failure::Failure;

/// The FAQ on ICP filing, compiled from `content/`.
static BUILT_IN: Embedded = faqt::embed!("content");

/// Opens the pack at `path`, or indexes the folder there, or opens the built-in pack.
pub(crate) fn open(path: Option<&Path>) -> Result<KnowledgeBase, Failure> {
    match path {
        None => Ok(BUILT_IN.open()?),
        Some(path) if path.is_dir() => Ok(KnowledgeBase::from_vec(Builder::new(path).build()?.pack)?),
        Some(path) => KnowledgeBase::open(path).map_err(explain),
    }
}

fn explain(error: OpenError) -> Failure {
    let is_readable = !matches!(error, OpenError::Read { .. });
    let failure = Failure::from(error);
    if is_readable { failure.with_hint("a pack is written by: faqt build CONTENT -o FILE") } else { failure }
}
