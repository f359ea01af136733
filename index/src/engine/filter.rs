//! The entries that a search is narrowed to: those of a section, a language, some kinds or ids, or of several of these.
//!
//! They are searched as if they were the knowledge base: document frequencies and the mean length count among them. A
//! word that they hold is found even if it is common elsewhere. Only phrasings keep the weights that they have among
//! all entries.

use tantivy::DocId;

use super::bm25::Lengths;
use super::posting_blocks::PostingBlocks;
use crate::error::PackError;

/// The admitted entries, as a posting list to intersect with those of terms.
pub(crate) struct Filter {
    /// Their positions in ascending order, each once.
    positions: Vec<DocId>,
}

impl Filter {
    /// Returns the filter that admits the entries at these positions.
    pub(crate) fn of(mut positions: Vec<DocId>) -> Filter {
        positions.sort_unstable();
        positions.dedup();
        Filter { positions }
    }

    /// Returns the filter that admits the entries that both admit.
    pub(crate) fn intersected(mut self, other: &Filter) -> Filter {
        self.positions.retain(|&position| other.admits(position));
        self
    }

    /// Returns the positions of the entries that may be found, in ascending order.
    pub(crate) fn positions(&self) -> &[DocId] {
        &self.positions
    }

    /// Returns the number of entries that may be found.
    pub(crate) fn len(&self) -> usize {
        self.positions.len()
    }

    /// Returns true if the entry at `position` may be found.
    pub(crate) fn admits(&self, position: DocId) -> bool {
        self.positions.binary_search(&position).is_ok()
    }

    /// Returns the first entry from `position` on that may be found.
    pub(crate) fn first_from(&self, position: DocId) -> Option<DocId> {
        self.positions.get(self.positions.partition_point(|&other| other < position)).copied()
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
        let sum: u64 = self.positions.iter().map(|&position| u64::from(lengths.of(position))).sum();
        sum as f32 / self.len().max(1) as f32
    }
}
