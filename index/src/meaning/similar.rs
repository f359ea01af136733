//! Entries compared with each other by their vectors.

use faqt_meaning::Vector;

use super::question::CentredQuery;
use super::tables::words_mean;
use super::vectors::{Stored, Vectors};
use crate::error::PackError;
use crate::pack::grouped::without_bias;

/// Phrasings of an entry that are compared with those of others, at most.
const PHRASINGS_MAX: usize = 32;

/// The similarity of an entry whose text has no vector.
const NOT_SIMILAR: f32 = -1.0;

/// The vectors of one entry, to be compared with those of others in the same knowledge base or in another.
pub(crate) struct EntryVector {
    /// Its whole text.
    whole: TextVector,
    phrasings: Vec<TextVector>,
}

struct TextVector {
    vector: Vector,
    is_words: bool,
}

impl Vectors {
    /// Returns the vectors of the entry at `position`; none if its text has no vector, or `others` were made with other
    /// tables.
    pub(crate) fn of_entry<'o>(
        &self,
        position: u32,
        mut others: impl Iterator<Item = &'o Vectors>,
    ) -> Result<Option<EntryVector>, PackError> {
        if others.any(|other| !self.are_of_tables_of(other)) {
            return Ok(None);
        }
        let mut vectors = self.of(position)?;
        let Some(whole) = vectors.next().and_then(TextVector::of) else { return Ok(None) };
        Ok(Some(EntryVector { whole, phrasings: vectors.take(PHRASINGS_MAX).filter_map(TextVector::of).collect() }))
    }

    /// Returns the similarity of every entry to `entry`, in the order of positions: the mean of the cosine of whole texts and
    /// that of the most similar phrasings, from -1 to 1.
    pub(crate) fn similarities(
        &self,
        entry: &EntryVector,
    ) -> Result<impl Iterator<Item = Result<f32, PackError>> + '_, PackError> {
        let words_mean = words_mean(&self.tables());
        let [phrasings_mean, entries_mean] = &self.means;
        let whole = entry.whole.seen_from(entries_mean, &words_mean);
        let phrasings: Vec<CentredQuery> =
            entry.phrasings.iter().map(|phrasing| phrasing.seen_from(phrasings_mean, &words_mean)).collect();
        Ok(self.every()?.map(move |vectors| {
            let mut vectors = vectors?;
            let Some(of_whole) = vectors.next().filter(has_vector).map(|stored| whole.cosine(&stored)) else {
                return Ok(NOT_SIMILAR);
            };
            let cosines = vectors
                .filter(has_vector)
                .flat_map(|stored| phrasings.iter().map(move |phrasing| phrasing.cosine(&stored)));
            let similarity = of_whole.midpoint(cosines.reduce(f32::max).unwrap_or(of_whole));
            Ok(without_bias(similarity, self.entries()))
        }))
    }
}

impl TextVector {
    fn of(stored: Stored) -> Option<TextVector> {
        has_vector(&stored).then(|| TextVector { vector: stored.vector(), is_words: stored.is_words })
    }

    fn seen_from(&self, mean: &Vector, words_mean: &Vector) -> CentredQuery {
        CentredQuery::new(&self.vector, self.is_words, mean, words_mean)
    }
}

fn has_vector(stored: &Stored) -> bool {
    stored.squared_length > 0
}
