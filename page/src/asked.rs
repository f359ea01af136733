//! The questions that a page asks of a knowledge base.

use faqt::{Completion, Entry, Findings, Hit, KnowledgeBase, Passage, SearchError, SearchOptions};

/// A knowledge base, or several as one, as a page asks it.
///
/// # Errors
///
/// Every method fails if the pack is damaged.
#[expect(clippy::missing_errors_doc, reason = "the trait says it for all methods")]
pub trait Source {
    /// Searches with options.
    fn search(&self, query: &str, options: &SearchOptions) -> Result<Findings, SearchError>;
    /// Returns the passage of a hit's answer, the longest around its best part that fits.
    fn passage(
        &self,
        query: &str,
        hit: &Hit,
        fits: &mut dyn FnMut(&str) -> bool,
    ) -> Result<Option<Passage>, SearchError>;
    /// Returns the entry with this id, former id or help id.
    fn entry(&self, id: &str) -> Result<Option<Entry>, SearchError>;
    /// Returns the entries under a keyword, an id or a help id.
    fn keyword(&self, term: &str) -> Result<Vec<Entry>, SearchError>;
    /// Returns at most `limit` questions that match what was typed so far.
    fn complete(&self, typed: &str, limit: usize) -> Result<Vec<Completion>, SearchError>;
    /// Returns at most `limit` entries from position `from` on, in the order of the table of contents.
    fn entries(&self, from: usize, limit: usize) -> Result<Vec<Entry>, SearchError>;
    /// Returns the number of entries.
    fn count(&self) -> usize;
}

impl Source for KnowledgeBase {
    fn search(&self, query: &str, options: &SearchOptions) -> Result<Findings, SearchError> {
        KnowledgeBase::search(self, query, options)
    }

    fn passage(
        &self,
        query: &str,
        hit: &Hit,
        fits: &mut dyn FnMut(&str) -> bool,
    ) -> Result<Option<Passage>, SearchError> {
        KnowledgeBase::passage(self, query, &hit.entry, fits).map(Some)
    }

    fn entry(&self, id: &str) -> Result<Option<Entry>, SearchError> {
        match KnowledgeBase::entry(self, id)? {
            None => self.help(id),
            found => Ok(found),
        }
    }

    fn keyword(&self, term: &str) -> Result<Vec<Entry>, SearchError> {
        KnowledgeBase::keyword(self, term)
    }

    fn complete(&self, typed: &str, limit: usize) -> Result<Vec<Completion>, SearchError> {
        KnowledgeBase::complete(self, typed, limit)
    }

    fn entries(&self, from: usize, limit: usize) -> Result<Vec<Entry>, SearchError> {
        KnowledgeBase::entries(self).skip(from).take(limit).collect()
    }

    fn count(&self) -> usize {
        self.manifest().entries as usize
    }
}
