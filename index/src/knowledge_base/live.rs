//! A knowledge base whose pack is replaced while the program runs.

use std::mem;
use std::sync::{PoisonError, RwLock};

use super::KnowledgeBase;

/// A knowledge base that can be replaced by a newer one while it answers.
///
/// Holders of the old one keep it undisturbed; its memory is freed with the last of them.
///
/// # Examples
///
/// ```
/// use faqt::{KnowledgeBase, LiveKnowledgeBase};
///
/// let help = LiveKnowledgeBase::new(KnowledgeBase::from_markdown("# Is it loud?\n\nNo.\n")?);
/// let old = help.current();
/// help.replace(KnowledgeBase::from_markdown("# Is it loud?\n\nYes.\n")?);
/// assert_eq!(old.ask("loud")?.hits[0].entry.answer, "No.");
/// assert_eq!(help.current().ask("loud")?.hits[0].entry.answer, "Yes.");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct LiveKnowledgeBase {
    current: RwLock<KnowledgeBase>,
}

impl LiveKnowledgeBase {
    /// Starts with `kb`.
    pub fn new(kb: KnowledgeBase) -> LiveKnowledgeBase {
        LiveKnowledgeBase { current: RwLock::new(kb) }
    }

    /// Returns the current knowledge base, which does not change while it is held.
    pub fn current(&self) -> KnowledgeBase {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Replaces the current knowledge base by `kb` and returns the old one. Open a pack first: a damaged one replaces
    /// nothing.
    pub fn replace(&self, kb: KnowledgeBase) -> KnowledgeBase {
        mem::replace(&mut self.current.write().unwrap_or_else(PoisonError::into_inner), kb)
    }
}
