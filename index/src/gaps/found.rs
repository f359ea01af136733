//! A question of a log, asked again.

use super::report::EntryName;
use super::tally::Tallied;
use crate::error::SearchError;
use crate::knowledge_base::KnowledgeBase;
use crate::search::options::SearchOptions;
use crate::search::outcome::Outcome;

/// The number of entries that are kept of each question.
const HITS: usize = 5;

/// A question as the log has it, with what it finds now.
pub(super) struct Found {
    pub(super) tallied: Tallied,
    pub(super) outcome: Outcome,
    pub(super) confidence: f32,
    /// The first entries that it finds, each with its score.
    pub(super) hits: Vec<(EntryName, f32)>,
}

impl Found {
    /// Asks a question of the log.
    pub(super) fn of(tallied: &Tallied, kb: &KnowledgeBase) -> Result<Found, SearchError> {
        let found = kb.search(&tallied.question, &SearchOptions::default().with_limit(HITS))?;
        let hits = found.hits.iter().map(|hit| ((&hit.entry).into(), hit.score)).collect();
        Ok(Found { tallied: tallied.clone(), outcome: found.outcome, confidence: found.confidence, hits })
    }

    /// Returns true if a reader has no answer, or none that helps.
    pub(super) fn is_gap(&self) -> bool {
        self.outcome != Outcome::Answered || self.tallied.complaints > 0
    }
}
