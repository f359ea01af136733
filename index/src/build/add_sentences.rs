//! Sentence vectors for packs that are there.

use std::path::Path;
use std::sync::Arc;

use super::progress::{Progress, Reporter};
use crate::error::BuildError;
use crate::knowledge_base::KnowledgeBase;
use crate::sentences::SentenceEncoder;
use crate::sentences::write::{self, Earlier};

/// Returns the pack of a knowledge base with sentence vectors by the model of `encoder`, in place of those that it may
/// have. Calls `report` as the work goes on: often, and from the threads that do it. With a file for `unfinished` vectors,
/// work that was interrupted goes on where it was, as with [`Builder::resumable`](super::Builder::resumable).
///
/// # Errors
///
/// If the encoder cannot be used, or the pack turns out to be damaged.
///
/// # Examples
///
/// ```no_run
/// let kb = faqt::KnowledgeBase::open("help.faqt")?;
/// let encoder = std::sync::Arc::new(faqt::SentenceEncoder::at("all-MiniLM-L6-v2.encoder"));
/// let kb = faqt::KnowledgeBase::from_vec(faqt::build::add_sentences(&kb, &encoder, None, |_| ())?)?;
/// kb.attach_encoder(&encoder);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn add_sentences(
    kb: &KnowledgeBase,
    encoder: &Arc<SentenceEncoder>,
    unfinished: Option<&Path>,
    report: impl Fn(Progress) + Send + Sync + 'static,
) -> Result<Vec<u8>, BuildError> {
    let reporter = Reporter { report: Some(Arc::new(report)), cancelled: None };
    let (pack, unfinished) = write::add(kb.reader(), encoder, Earlier { pack: None, unfinished }, &reporter)?;
    unfinished.remove();
    Ok(pack)
}
