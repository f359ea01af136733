//! The findings from finishing entries, chunk by chunk.

use crate::problem::Problems;

/// The findings from finishing the entries of a chunk.
#[derive(Default)]
pub(crate) struct ChunkProblems {
    /// The problems of the entries.
    pub(super) problems: Problems,
    /// The positions of other entries that they point to.
    pub(super) pointed_to: Vec<usize>,
}

/// The findings from finishing entries so far.
pub(crate) struct FinishedProblems {
    pub(super) problems: Problems,
    /// For each entry, true if another entry points to it.
    pub(super) is_pointed_to: Vec<bool>,
}

impl FinishedProblems {
    /// Starts with `count` entries, none of them finished.
    pub(crate) fn of(count: usize) -> FinishedProblems {
        FinishedProblems { problems: Problems::default(), is_pointed_to: vec![false; count] }
    }

    /// Adds the findings of the next chunk.
    pub(crate) fn add(&mut self, found: ChunkProblems) {
        self.problems.extend(found.problems.into_sorted());
        for position in found.pointed_to {
            self.is_pointed_to[position] = true;
        }
    }
}
