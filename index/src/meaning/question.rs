//! The vector of a question, and how alike the vectors of an entry are to it.

use faqt_meaning::{QueryVector, Unit, Vector, cosine, is_mostly_words};

use super::tables::words_mean;
use super::vectors::{Stored, Vectors};
use crate::error::PackError;

/// Units of a question that count. A question of a megabyte has no meaning of its own.
const UNITS_MAX: usize = 200;
/// Knowledge bases of up to so many entries give the layer its whole weight.
const FULL_WEIGHT_ENTRIES: f32 = 150.0;

/// A question as a vector, as seen from the mean of phrasings and from that of entries.
pub(crate) struct QuestionVector<'a> {
    vectors: &'a Vectors,
    /// Seen from the mean of phrasings and of entries.
    centred: [CentredQuery; 2],
    /// True if most of its units are Chinese words. Those are compared with other languages only.
    is_words: bool,
    /// The weight of the layer, from 0 to 1: less in large knowledge bases.
    weight: f32,
}

/// A question seen from a mean.
struct CentredQuery {
    vector: QueryVector,
    /// Its product with the mean of pieces, and with that of Chinese words.
    along_means: [f32; 2],
}

impl<'a> QuestionVector<'a> {
    /// Returns the vector of `question`, or nothing if it has no word of meaning.
    pub(crate) fn of(question: &str, vectors: &'a Vectors) -> Result<Option<QuestionVector<'a>>, PackError> {
        // Marks mean nothing, and neither does a single letter.
        if question.chars().filter(|c| c.is_alphanumeric()).nth(1).is_none() {
            return Ok(None);
        }
        let tables = vectors.tables;
        let units: Vec<Unit> = tables.units(question).take(UNITS_MAX).collect();
        let mut weights = Vec::with_capacity(units.len());
        for &unit in &units {
            weights.push(vectors.weight(unit)?);
        }
        let mut weights = weights.into_iter();
        let vector = tables.embed(units.iter().copied(), |_| weights.next().unwrap_or_default());
        if vector == Vector::ZERO {
            return Ok(None);
        }
        let is_words = is_mostly_words(&units);
        let words_mean = words_mean(&tables);
        let centred = [0, 1].map(|at| {
            let mean = &vectors.means[at];
            let own = if is_words { &words_mean } else { mean };
            let centred = vector.centred(own);
            CentredQuery {
                along_means: [product(&centred, mean), product(&centred, &words_mean)],
                vector: QueryVector::new(&centred),
            }
        });
        let weight = weight_of(vectors.entries());
        Ok(Some(QuestionVector { vectors, centred, is_words, weight }))
    }

    /// Returns the number of vectors that it can be compared with.
    pub(crate) fn compared(&self) -> usize {
        self.vectors.len()
    }

    /// Returns how alike the entry at `position` is: the cosine of its best phrasing and that of its whole text, each seen
    /// from its mean, added and weighted; from -2 to 2, or nothing if none of them can be compared.
    pub(crate) fn meaning(&self, position: u32) -> Result<Option<f32>, PackError> {
        let (mut entry, mut phrasing) = (None, None);
        for (at, stored) in self.vectors.of(position)?.enumerate() {
            if stored.squared_length == 0 || self.is_words && stored.is_words {
                continue;
            }
            if at == 0 {
                entry = Some(self.centred[1].cosine(&stored));
            } else {
                let cosine = self.centred[0].cosine(&stored);
                phrasing = Some(phrasing.map_or(cosine, |best: f32| best.max(cosine)));
            }
        }
        let compared = entry.or(phrasing).map(|_| entry.unwrap_or_default() + phrasing.unwrap_or_default());
        Ok(compared.map(|sum| self.weight * sum))
    }
}

impl Vectors {
    /// Returns the one of `words` that is nearest in meaning to `word`, with the cosine of their vectors; none if no two
    /// of them have a meaning.
    pub(crate) fn nearest_word<'w>(&self, word: &str, words: impl Iterator<Item = &'w str>) -> Option<(&'w str, f32)> {
        let vector_of = |text: &str| {
            let units: Vec<Unit> = self.tables.units(text).take(UNITS_MAX).collect();
            Some(self.tables.embed(units, |_| 1.0)).filter(|vector| *vector != Vector::ZERO)
        };
        let own = vector_of(word)?;
        let near = words.filter_map(|other| Some((other, product(&own, &vector_of(other)?))));
        near.max_by(|(_, a), (_, b)| a.total_cmp(b))
    }
}

impl CentredQuery {
    /// Returns the cosine of the question and a vector, seen from the mean.
    fn cosine(&self, stored: &Stored) -> f32 {
        let along = cosine(self.vector.dot(&stored.values), self.vector.squared_length(), stored.squared_length);
        let from_mean = along - self.along_means[usize::from(stored.is_words)];
        if stored.distance > 0.0 { (from_mean / stored.distance).clamp(-1.0, 1.0) } else { 0.0 }
    }
}

/// Returns the weight of the layer among so many entries: min(1, (ln 150 / ln N)²).
fn weight_of(entries: usize) -> f32 {
    let share = libm::logf(FULL_WEIGHT_ENTRIES) / libm::logf((entries as f32).max(2.0));
    (share * share).min(1.0)
}

fn product(one: &Vector, other: &Vector) -> f32 {
    one.values().iter().zip(other.values()).fold(0.0, |sum, (one, other)| sum + one * other)
}
