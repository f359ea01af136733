//! A candidate for the answer, and the named evidence that retrievers and ranking have for it.

use super::plan::Plan;
use crate::engine::filter::Filter;
use crate::reader::Reader;

/// A question as retrievers see it.
#[derive(Clone, Copy)]
pub(crate) struct Question<'a> {
    /// The pack that is asked.
    pub(crate) reader: &'a Reader,
    /// The terms looked for.
    pub(crate) plan: &'a Plan,
    /// The entries that may be found, unless all may.
    pub(crate) filter: Option<&'a Filter>,
    /// The mean number of terms of an entry that may be found.
    pub(crate) mean_length: f32,
}

/// An entry that may answer the question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Candidate {
    /// Its position in the knowledge base.
    pub(crate) position: u32,
    /// The evidence for it.
    pub(crate) evidence: Evidence,
}

/// The evidence for a candidate: a field for each retriever, empty where that one did not find the entry.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Evidence {
    /// The BM25 score of the whole text, divided by the weight of the question.
    pub(crate) bm25: f32,
    /// The likeness of a phrasing to the question, word for word.
    pub(crate) exact: Exactness,
    /// The cosine of the question and the most similar phrasing, from 0 to 1; ranking computes it for every candidate.
    pub(crate) phrasing_similarity: f32,
}

/// The likeness of two texts, word for word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exactness {
    /// They differ.
    #[default]
    None,
    /// They hold the same terms in the same order.
    SameTerms,
    /// They are one text but for case, width and punctuation at the ends.
    SameText,
}

impl Evidence {
    /// Returns what both say of one entry.
    pub(crate) fn and(self, other: Evidence) -> Evidence {
        Evidence {
            bm25: self.bm25.max(other.bm25),
            exact: self.exact.max(other.exact),
            phrasing_similarity: self.phrasing_similarity.max(other.phrasing_similarity),
        }
    }
}
