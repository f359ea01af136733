//! The entries that a search is narrowed to: those of a section, a language, some kinds or ids, or of several of these.
//!
//! They are searched as if they were the knowledge base: document frequencies and the mean length count among them. A
//! word that they hold is found even if it is common elsewhere. Only phrasings keep the weights that they have among
//! all entries.

use std::sync::Arc;

use tantivy::DocId;

use super::bm25::Lengths;
use super::posting_blocks::PostingBlocks;
use crate::database::contract::Condition;
use crate::database::fetched::Fetched;
use crate::error::PackError;

/// The admitted entries.
pub(crate) struct Filter(Admitted);

enum Admitted {
    /// Their positions in ascending order, each once: a posting list to intersect with those of terms.
    Positions(Vec<DocId>),
    /// A condition that a database applies, which has `count` entries of `tokens` terms.
    Condition { condition: Condition, rows: Arc<Fetched>, count: usize, tokens: u64 },
}

impl Filter {
    /// Returns the filter that admits the entries at these positions.
    pub(crate) fn of(mut positions: Vec<DocId>) -> Filter {
        positions.sort_unstable();
        positions.dedup();
        Filter(Admitted::Positions(positions))
    }

    /// Returns the filter that admits the entries that meet a condition.
    pub(crate) fn meeting(condition: Condition, rows: &Arc<Fetched>) -> Filter {
        let (count, tokens) = rows.size(&condition);
        Filter(Admitted::Condition { condition, rows: Arc::clone(rows), count: count as usize, tokens })
    }

    /// Returns the condition that a database applies.
    pub(crate) fn condition(&self) -> Condition {
        match &self.0 {
            Admitted::Positions(_) => Condition::default(),
            Admitted::Condition { condition, .. } => condition.clone(),
        }
    }

    /// Returns the number of entries that may be found.
    pub(crate) fn len(&self) -> usize {
        match &self.0 {
            Admitted::Positions(positions) => positions.len(),
            Admitted::Condition { count, .. } => *count,
        }
    }

    /// Returns true if the entry at `position` may be found.
    pub(crate) fn admits(&self, position: DocId) -> bool {
        match &self.0 {
            Admitted::Positions(positions) => positions.binary_search(&position).is_ok(),
            Admitted::Condition { condition, rows, .. } => rows.meets(condition, position),
        }
    }

    /// Returns the first entry from `position` on that may be found; where a database applies the filter, `position`.
    pub(crate) fn first_from(&self, position: DocId) -> Option<DocId> {
        match &self.0 {
            Admitted::Positions(positions) => {
                positions.get(positions.partition_point(|&other| other < position)).copied()
            }
            Admitted::Condition { .. } => Some(position),
        }
    }

    /// Returns the number of entries with the term of this number that may be found, if a database counts them.
    pub(crate) fn counted(&self, term: u32) -> Option<u32> {
        match &self.0 {
            Admitted::Positions(_) => None,
            Admitted::Condition { condition, rows, .. } => Some(rows.frequency(condition, term)),
        }
    }

    /// Counts the entries of a posting list that may be found, by a leapfrog join.
    pub(crate) fn count(&self, mut postings: PostingBlocks) -> Result<u32, PackError> {
        let (mut count, mut from) = (0, 0);
        while let Some(position) = self.first_from(from) {
            let at = postings.lower_bound(position);
            let Some(&found) = postings.positions().get(at) else { break };
            count += u32::from(found == position);
            from = found.max(position.saturating_add(1));
        }
        postings.check()?;
        Ok(count)
    }

    /// Returns the mean of the lengths of the entries that may be found.
    pub(crate) fn mean_length(&self, lengths: &Lengths) -> f32 {
        let sum: u64 = match &self.0 {
            Admitted::Positions(positions) => positions.iter().map(|&position| u64::from(lengths.of(position))).sum(),
            Admitted::Condition { tokens, .. } => *tokens,
        };
        sum as f32 / self.len().max(1) as f32
    }
}
