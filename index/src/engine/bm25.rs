//! BM25 (Robertson and Zaragoza, 2009), as tantivy computes it with k1 = 1.2 and b = 0.75.

use std::sync::Arc;

use tantivy::directory::FileSlice;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::Bm25Weight;

use crate::database::fetched::Fetched;
use crate::error::{SearchError, damaged};
use crate::pack;
use crate::pack::read::PackSection;

/// The number of terms of each entry, rounded as tantivy does.
pub(crate) struct Lengths(Norms);

enum Norms {
    Packed(FieldNormReader),
    Fetched(Arc<Fetched>),
}

impl Lengths {
    /// Opens the section of lengths.
    pub(crate) fn open(section: &PackSection) -> Result<Lengths, SearchError> {
        let bytes = section.owned_bytes(0..section.len())?;
        let norms = FieldNormReader::open(FileSlice::new(Arc::new(bytes)))
            .map_err(|error| damaged(error.to_string()).within(pack::LENGTHS))?;
        Ok(Lengths(Norms::Packed(norms)))
    }

    /// Returns the lengths of the entries whose rows are known.
    pub(crate) fn fetched(rows: Arc<Fetched>) -> Lengths {
        Lengths(Norms::Fetched(rows))
    }

    /// Returns the number of the length of the entry at `position` among those that tantivy tells apart.
    pub(crate) fn norm(&self, position: u32) -> u8 {
        match &self.0 {
            Norms::Packed(norms) => norms.fieldnorm_id(position),
            Norms::Fetched(rows) => FieldNormReader::fieldnorm_to_id(rows.row(position).map_or(1, |row| row.length)),
        }
    }

    /// Returns the number of terms of the entry at `position`.
    pub(crate) fn of(&self, position: u32) -> u32 {
        FieldNormReader::id_to_fieldnorm(self.norm(position))
    }
}

/// Returns the numbers of terms that a pack tells apart, in ascending order; the length of an entry is rounded down to one of them.
///
/// # Examples
///
/// ```
/// let lengths = faqt::database::distinct_lengths();
/// assert_eq!(lengths[..3], [0, 1, 2]);
/// assert_eq!(lengths[40..43], [40, 42, 44]);
/// ```
pub fn distinct_lengths() -> [u32; 256] {
    let mut lengths = [0; 256];
    for (id, length) in (0..=u8::MAX).zip(&mut lengths) {
        *length = FieldNormReader::id_to_fieldnorm(id);
    }
    lengths
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
