//! BM25 (Robertson and Zaragoza, 2009), as tantivy computes it with k1 = 1.2 and b = 0.75.

use std::sync::Arc;

use tantivy::directory::FileSlice;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::Bm25Weight;

use crate::error::{SearchError, damaged};
use crate::pack;
use crate::pack::read::PackSection;

/// The saturation of term frequency.
pub(crate) const K1: f32 = 1.2;
/// The normalisation by length.
pub(crate) const B: f32 = 0.75;

/// The number of terms of each entry, rounded as tantivy does.
#[derive(Clone)]
pub(crate) struct Lengths {
    pub(crate) norms: FieldNormReader,
}

impl Lengths {
    /// Opens the section of lengths.
    pub(crate) fn open(section: &PackSection) -> Result<Lengths, SearchError> {
        let bytes = section.owned_bytes(0..section.len())?;
        let norms = FieldNormReader::open(FileSlice::new(Arc::new(bytes)))
            .map_err(|error| damaged(error.to_string()).within(pack::LENGTHS))?;
        Ok(Lengths { norms })
    }

    /// Returns the number of terms of the entry at `position`.
    pub(crate) fn of(&self, position: u32) -> u32 {
        self.norms.fieldnorm(position)
    }
}

/// The scorer of the terms of a question.
pub(crate) struct Scorer {
    /// The scorer of a term that one entry of one holds; its table of 256 lengths is computed once.
    unit: Bm25Weight,
    /// tantivy's inverse document frequency of that term, which [`Scorer::of`] takes out again.
    idf: f32,
}

impl Scorer {
    /// Makes the scorer for entries that hold `mean_length` terms on average.
    pub(crate) fn new(mean_length: f32) -> Scorer {
        // Every platform has the same logarithm of 4/3, if not of all numbers.
        let idf = libm::logf(1.0 + 0.5 / 1.5);
        Scorer { unit: Bm25Weight::for_one_term_without_explain(1, 1, mean_length), idf }
    }

    /// Returns the scorer of a term that weighs `weight`, which takes the place of an inverse document frequency.
    pub(crate) fn of(&self, weight: f32) -> Bm25Weight {
        self.unit.boost_by(weight / self.idf)
    }
}
