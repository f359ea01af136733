//! The sentence vector of a question, and how alike the vectors of an entry are to it.

use super::codes;
use super::encoder::SentenceEncoder;
use super::scale::{Scale, UNRELATED};
use super::state::EncoderState;
use super::vectors::SentenceVectors;
use crate::error::PackError;
use crate::meaning::{LANGUAGES_OF_TABLES, has_words};
use crate::text::question_language::is_in_none_of;

/// The weight of the greatest cosine in the score of an entry.
const NEAREST_WEIGHT: f32 = 2.0;
/// The weight of the cosine with the whole entry. See `evaluation/ablations.toml`.
const WHOLE_WEIGHT: f32 = 1.5;

/// A question as a sentence vector.
pub(crate) struct QuestionSentence<'a> {
    vectors: &'a SentenceVectors,
    values: Vec<f32>,
    scale: Scale,
    /// True if the vectors of word pieces do not read the language of the question, and the encoder does.
    pub(crate) replaces_meaning: bool,
}

/// The likeness of an entry to a question by their sentence vectors.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct SentenceLikeness {
    /// The greatest of the cosines with its phrasings and with the whole entry, from -1 to 1.
    pub(crate) nearest: f32,
    /// The cosine of the whole entry, from -1 to 1.
    pub(crate) whole: f32,
}

impl SentenceVectors {
    /// Returns the vector of `question`; none if the encoder is not that of the vectors, or does not read the question.
    pub(crate) fn question(&self, question: &str, encoder: &SentenceEncoder) -> Option<QuestionSentence<'_>> {
        if !has_words(question) || self.state(encoder) != EncoderState::Ready {
            return None;
        }
        let values = encoder.question(question)?;
        let replaces_meaning = encoder.reads_all_languages() && is_in_none_of(question, LANGUAGES_OF_TABLES);
        Some(QuestionSentence { vectors: self, values, scale: encoder.scale(), replaces_meaning })
    }

    /// Returns true if `question` is told to be in none of `languages`, and the encoder compares it all the same.
    pub(crate) fn is_cross_lingual(&self, question: &str, languages: &[String], encoder: &SentenceEncoder) -> bool {
        // Reading the question comes first: most are answered without opening the model.
        is_in_none_of(question, languages)
            && encoder.reads_all_languages()
            && self.state(encoder) == EncoderState::Ready
    }
}

impl QuestionSentence<'_> {
    /// Returns how alike the entry at `position` is; nothing if none of its vectors can be compared.
    pub(crate) fn likeness(&self, position: u32) -> Result<Option<SentenceLikeness>, PackError> {
        Ok(self.compare(self.vectors.of(position)?))
    }

    /// Returns how alike every entry is, in the order of positions; nothing if there are too many to compare.
    pub(crate) fn likenesses(
        &self,
    ) -> Result<Option<impl Iterator<Item = Result<Option<SentenceLikeness>, PackError>> + '_>, PackError> {
        if !self.vectors.are_all_compared() {
            return Ok(None);
        }
        let every = self.vectors.every()?;
        Ok(Some(every.map(|vectors| vectors.map(|vectors| self.compare(vectors)))))
    }

    /// Compares the question with the vectors of an entry: of its whole text, then of its phrasings.
    fn compare<'v>(&self, vectors: impl Iterator<Item = &'v [u8]>) -> Option<SentenceLikeness> {
        let mut cosines = vectors.map(|codes| self.cosine(codes));
        let whole = cosines.next().flatten();
        let nearest = cosines.flatten().chain(whole).reduce(f32::max);
        nearest.map(|nearest| SentenceLikeness { nearest, whole: whole.unwrap_or(nearest) })
    }

    /// Returns the cosine of a stored vector; none for zeros.
    fn cosine(&self, codes: &[u8]) -> Option<f32> {
        codes::is_read(codes).then(|| self.scale.of(self.vectors.shape.cosine(&self.values, codes)))
    }
}

impl SentenceLikeness {
    /// Returns the likeness, if it takes from the score; otherwise that of a text that has nothing to do with the question.
    pub(crate) fn not_lifting(self) -> SentenceLikeness {
        SentenceLikeness { nearest: self.nearest.min(UNRELATED), whole: self.whole.min(UNRELATED) }
    }

    /// Returns what the likeness adds to the score. An entry that the encoder does not read gets nothing, as one that has
    /// nothing to do with the question does.
    pub(crate) fn score(self) -> f32 {
        NEAREST_WEIGHT * (self.nearest - UNRELATED) + WHOLE_WEIGHT * (self.whole - UNRELATED)
    }
}
