//! The similarity of entries by their vectors, of whichever kind.
//!
//! An entry has a vector of its whole text and those of its phrasings. Its similarity to another is the mean of the cosine of
//! whole texts and that of the most similar phrasings.

use crate::error::PackError;

/// Phrasings of an entry that are compared with those of others, at most.
const PHRASINGS_MAX: usize = 32;

/// Vectors of one knowledge base that are compared with those of another.
pub(crate) trait CompareEntries {
    /// A vector of a text.
    type Vector;

    /// Returns true if their cosines with the vectors of `other` mean something.
    fn are_comparable(&self, other: &Self) -> bool;

    /// Returns the vectors of the entry at `position`; none if its text has none.
    fn of_entry(&self, position: u32) -> Result<Option<EntryTexts<Self::Vector>>, PackError>;

    /// Returns the similarity of every entry to `entry`, in the order of positions, from -1 to 1; none for an entry whose text
    /// has no vector.
    fn similarities(
        &self,
        entry: &EntryTexts<Self::Vector>,
    ) -> Result<impl Iterator<Item = Result<Option<f32>, PackError>>, PackError>;
}

/// The texts of an entry, each as a vector.
pub(crate) struct EntryTexts<V> {
    pub(crate) whole: V,
    pub(crate) phrasings: Vec<V>,
}

impl<V> EntryTexts<V> {
    /// Takes the vectors of an entry as a pack has them: of its whole text, then of its phrasings. Those that are missing stand
    /// for texts that have none.
    pub(crate) fn of(mut vectors: impl Iterator<Item = Option<V>>) -> Option<EntryTexts<V>> {
        let whole = vectors.next().flatten()?;
        Some(EntryTexts { whole, phrasings: vectors.take(PHRASINGS_MAX).flatten().collect() })
    }

    /// Returns the similarity to another entry, whose vectors are given in the same order.
    pub(crate) fn similarity<S>(
        &self,
        mut vectors: impl Iterator<Item = Option<S>>,
        cosine: impl Fn(&V, &S) -> f32,
    ) -> Option<f32> {
        let of_whole = cosine(&self.whole, &vectors.next().flatten()?);
        let of_nearest = |stored: S| self.phrasings.iter().map(|own| cosine(own, &stored)).reduce(f32::max);
        let nearest = vectors.flatten().filter_map(of_nearest).reduce(f32::max);
        Some(of_whole.midpoint(nearest.unwrap_or(of_whole)))
    }
}

/// Returns the cosine of two vectors, seen from the mean of `entries`, such that it is 0 for unrelated ones: in a small knowledge
/// base, taking off the mean turns unrelated vectors away from each other, to a cosine of -1 / (entries - 1).
pub(crate) fn without_bias(cosine: f32, entries: usize) -> f32 {
    let bias = 1.0 / entries.saturating_sub(1).max(1) as f32;
    (cosine + bias) / (1.0 + bias)
}
