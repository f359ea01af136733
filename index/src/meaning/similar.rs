//! Entries compared with each other by their vectors.

use faqt_meaning::Vector;

use super::question::CentredQuery;
use super::tables::words_mean;
use super::vectors::{Stored, Vectors, without_passages};
use crate::error::PackError;
use crate::similarity::{CompareEntries, EntryTexts, without_bias};

/// The vector of a text.
pub(crate) struct TextVector {
    vector: Vector,
    is_words: bool,
}

impl CompareEntries for Vectors {
    type Vector = TextVector;

    /// Returns true if `other` was made with the same tables.
    fn are_comparable(&self, other: &Vectors) -> bool {
        self.are_of_tables_of(other)
    }

    fn of_entry(&self, position: u32) -> Result<Option<EntryTexts<TextVector>>, PackError> {
        Ok(EntryTexts::of(without_passages(self.of(position)?).map(TextVector::of)))
    }

    /// Vectors of phrasings are seen from the mean of phrasings, those of whole texts from the mean of entries.
    fn similarities(
        &self,
        entry: &EntryTexts<TextVector>,
    ) -> Result<impl Iterator<Item = Result<Option<f32>, PackError>>, PackError> {
        let words_mean = words_mean(&self.tables());
        let [phrasings_mean, entries_mean] = &self.means;
        let phrasings = entry.phrasings.iter().map(|phrasing| phrasing.seen_from(phrasings_mean, &words_mean));
        let own =
            EntryTexts { whole: entry.whole.seen_from(entries_mean, &words_mean), phrasings: phrasings.collect() };
        Ok(self.every()?.map(move |vectors| {
            let stored = without_passages(vectors?).map(|stored| Some(stored).filter(Stored::has_vector));
            let similarity = own.similarity(stored, CentredQuery::cosine);
            Ok(similarity.map(|similarity| without_bias(similarity, self.entries())))
        }))
    }
}

impl TextVector {
    fn of(stored: Stored) -> Option<TextVector> {
        stored.has_vector().then(|| TextVector { vector: stored.vector(), is_words: stored.is_words })
    }

    fn seen_from(&self, mean: &Vector, words_mean: &Vector) -> CentredQuery {
        CentredQuery::new(&self.vector, self.is_words, mean, words_mean)
    }
}
