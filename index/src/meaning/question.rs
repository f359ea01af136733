//! The vector of a question, and how alike the vectors of an entry are to it.

use faqt_meaning::{Letters, QueryVector, Unit, Vector, cosine};

use super::tables::words_mean;
use super::vectors::{READABLE_MIN, Stored, Vectors};
use crate::error::PackError;

/// Units of a question that count. A question of a megabyte has no meaning of its own.
const UNITS_MAX: usize = 200;
/// The weight of a passage beside a phrasing: it answers a question, and is not the question in other words.
const PASSAGE_AS_PHRASING: f32 = 0.8;
/// Knowledge bases of up to so many entries give the layer its whole weight.
const FULL_WEIGHT_ENTRIES: f32 = 150.0;

/// A question as a vector, as seen from the mean of phrasings and from that of entries.
pub(crate) struct QuestionVector<'a> {
    vectors: &'a Vectors,
    /// Seen from the mean of phrasings and of entries.
    centred: [CentredQuery; 2],
    /// True if it is mostly Chinese. Such questions are compared with other languages only.
    is_words: bool,
    /// The weight of the layer, from 0 to 1: less in large knowledge bases, and for a question that the tables read in part.
    weight: f32,
}

/// The likeness of an entry to a question by their vectors.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Likeness {
    /// The cosine of the most alike phrasing and that of the whole entry or its most alike passage, each seen from its mean,
    /// added: from -2 to 2.
    pub(crate) cosines: f32,
    /// The weight of the cosines in the score, from 0 to 1.
    pub(crate) weight: f32,
}

/// A text as a vector.
struct Embedded {
    vector: Vector,
    /// The share of its letters that the tables read.
    readable: f32,
    /// True if it is mostly Chinese.
    is_words: bool,
}

impl Embedded {
    /// Returns the vector of `text`, or nothing if it has no word of meaning.
    fn of(text: &str, vectors: &Vectors) -> Result<Option<Embedded>, PackError> {
        if !has_words(text) {
            return Ok(None);
        }
        let tables = vectors.tables();
        let letters = Letters::of(text);
        let readable = letters.readable(&tables);
        if readable < READABLE_MIN {
            return Ok(None);
        }
        let units: Vec<Unit> = tables.units(text).take(UNITS_MAX).collect();
        let mut weights = Vec::with_capacity(units.len());
        for &unit in &units {
            weights.push(vectors.weight(unit)?);
        }
        let mut weights = weights.into_iter();
        let vector = tables.embed(units.iter().copied(), |_| weights.next().unwrap_or_default());
        let is_words = letters.is_chinese();
        Ok((vector != Vector::ZERO).then_some(Embedded { vector, readable, is_words }))
    }
}

/// A question seen from a mean.
pub(super) struct CentredQuery {
    vector: QueryVector,
    /// Its product with the mean of pieces, and with that of Chinese words.
    along_means: [f32; 2],
}

impl<'a> QuestionVector<'a> {
    /// Returns the vector of `question`, or nothing if it has no word of meaning.
    pub(crate) fn of(question: &str, vectors: &'a Vectors) -> Result<Option<QuestionVector<'a>>, PackError> {
        let Some(Embedded { vector, readable, is_words }) = Embedded::of(question, vectors)? else { return Ok(None) };
        let words_mean = words_mean(&vectors.tables());
        let centred = [0, 1].map(|at| {
            let mean = &vectors.means[at];
            CentredQuery::new(&vector, is_words, mean, &words_mean)
        });
        let weight = readable * weight_of(vectors.entries()) * vectors.own_weight();
        Ok(Some(QuestionVector { vectors, centred, is_words, weight }))
    }

    /// Returns true if all vectors are compared; otherwise only those of the first entries that words find.
    pub(crate) fn compares_all(&self) -> bool {
        self.vectors.are_all_compared()
    }

    /// Returns the weight of its cosines in the score of an entry.
    pub(crate) fn weight(&self) -> f32 {
        self.weight
    }

    /// Returns how alike the entry at `position` is; nothing if none of its vectors can be compared.
    pub(crate) fn likeness(&self, position: u32) -> Result<Option<Likeness>, PackError> {
        Ok(self.compare(self.vectors.of(position)?))
    }

    /// Returns how alike every entry is, in the order of positions.
    pub(crate) fn likenesses(
        &self,
    ) -> Result<impl Iterator<Item = Result<Option<Likeness>, PackError>> + '_, PackError> {
        Ok(self.vectors.every()?.map(|vectors| Ok(self.compare(vectors?))))
    }

    /// Compares the question with the vectors of an entry: of its whole text, of its phrasings, then of its passages.
    fn compare(&self, mut vectors: impl Iterator<Item = Stored>) -> Option<Likeness> {
        let whole = vectors.next();
        // Words find what is written in the language of the question.
        let is_comparable = |stored: &Stored| stored.has_vector() && !(self.is_words && stored.is_words);
        if self.is_words && whole.is_some_and(|whole| whole.is_words) {
            return None;
        }
        let mut entry = whole.filter(is_comparable).map(|whole| self.centred[1].cosine(&whole));
        let mut phrasing: Option<f32> = None;
        for stored in vectors.filter(is_comparable) {
            let mut cosine = self.centred[usize::from(stored.is_passage)].cosine(&stored);
            if stored.is_passage {
                entry = Some(greater(entry, cosine));
                cosine *= PASSAGE_AS_PHRASING;
            }
            phrasing = Some(greater(phrasing, cosine));
        }
        let cosines = entry.or(phrasing).map(|_| entry.unwrap_or_default() + phrasing.unwrap_or_default());
        cosines.map(|cosines| Likeness { cosines, weight: self.weight })
    }
}

impl Vectors {
    /// Returns the vector of a question, seen from the mean of phrasings, to be compared with that of another.
    #[cfg(all(feature = "build", feature = "log"))]
    pub(crate) fn of_question(&self, question: &str) -> Result<Option<Vector>, PackError> {
        let Some(Embedded { vector, is_words, .. }) = Embedded::of(question, self)? else { return Ok(None) };
        let mean = if is_words { &words_mean(&self.tables()) } else { &self.means[0] };
        Ok(Some(vector.centred(mean)))
    }

    /// Returns the one of `words` that is nearest in meaning to `word`, with the cosine of their vectors; none if no two
    /// of them have a meaning.
    pub(crate) fn nearest_word<'w>(&self, word: &str, words: impl Iterator<Item = &'w str>) -> Option<(&'w str, f32)> {
        let tables = self.tables();
        let vector_of = |text: &str| {
            let units: Vec<Unit> = tables.units(text).take(UNITS_MAX).collect();
            Some(tables.embed(units, |_| 1.0)).filter(|vector| *vector != Vector::ZERO)
        };
        let own = vector_of(word)?;
        let near = words.filter_map(|other| Some((other, product(&own, &vector_of(other)?))));
        near.max_by(|(_, a), (_, b)| a.total_cmp(b))
    }
}

impl Likeness {
    /// Returns what the likeness adds to the score.
    pub(crate) fn score(self) -> f32 {
        self.weight * self.cosines
    }

    /// Returns the likeness, if it takes from the score; otherwise none.
    pub(crate) fn not_lifting(self) -> Likeness {
        Likeness { cosines: self.cosines.min(0.0), ..self }
    }
}

impl CentredQuery {
    /// Returns `vector` as seen from `mean`, or from `words_mean` if it is that of a Chinese text.
    pub(super) fn new(vector: &Vector, is_words: bool, mean: &Vector, words_mean: &Vector) -> CentredQuery {
        let centred = vector.centred(if is_words { words_mean } else { mean });
        let along_means = [product(&centred, mean), product(&centred, words_mean)];
        CentredQuery { vector: QueryVector::new(&centred), along_means }
    }

    /// Returns the cosine of the question and a vector, seen from the mean.
    pub(super) fn cosine(&self, stored: &Stored) -> f32 {
        let along = cosine(self.vector.dot(&stored.values), self.vector.squared_length(), stored.squared_length);
        let from_mean = along - self.along_means[usize::from(stored.is_words)];
        if stored.distance > 0.0 { (from_mean / stored.distance).clamp(-1.0, 1.0) } else { 0.0 }
    }
}

/// Returns true if a question may mean something: marks do not, and neither does a single letter.
pub(crate) fn has_words(question: &str) -> bool {
    question.chars().filter(|c| c.is_alphanumeric()).nth(1).is_some()
}

/// Returns the weight of the layer among so many entries: min(1, (ln 150 / ln N)²).
fn weight_of(entries: usize) -> f32 {
    let share = libm::logf(FULL_WEIGHT_ENTRIES) / libm::logf((entries as f32).max(2.0));
    (share * share).min(1.0)
}

fn greater(one: Option<f32>, other: f32) -> f32 {
    one.map_or(other, |one| one.max(other))
}

fn product(one: &Vector, other: &Vector) -> f32 {
    one.values().iter().zip(other.values()).fold(0.0, |sum, (one, other)| sum + one * other)
}
