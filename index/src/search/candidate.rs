//! A candidate for the answer, and the named evidence that retrievers and ranking have for it.

use crate::meaning::Likeness;
use crate::sentences::SentenceLikeness;

/// The weight of the best phrasing beside the BM25 score; from .7 to 1.5 the mean over eight public sets differs
/// by .001.
pub(crate) const PHRASING_WEIGHT: f32 = 1.0;

/// The weight of the share of the question that an entry holds; see `evaluation/ablations.toml`.
pub(crate) const COVERAGE_WEIGHT: f32 = 0.5;

/// The weight of vectors of word pieces beside sentence vectors, which say nearly all that they say.
const MEANING_BESIDE_SENTENCE: f32 = 0.75;

/// An entry that may answer the question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Candidate {
    /// Its position in the knowledge base.
    pub(crate) position: u32,
    /// Its place among what a retriever found, from 0.
    pub(crate) place: usize,
    /// The evidence for it.
    pub(crate) evidence: Evidence,
}

/// The evidence for a candidate: a field for each retriever, empty where that one did not find the entry.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Evidence {
    /// The BM25 score of the whole text, divided by the weight of the question.
    pub(crate) bm25: f32,
    /// The share of the question's weight that its terms in the entry have.
    pub(crate) coverage: f32,
    /// The likeness of a phrasing to the question, word for word.
    pub(crate) exact: Exactness,
    /// The cosine of the question and the most similar phrasing, from 0 to 1; ranking computes it for every candidate.
    pub(crate) phrasing_similarity: f32,
    /// The likeness of vectors; nothing if none were compared.
    pub(crate) meaning: Option<Likeness>,
    /// The likeness of sentence vectors; nothing if none were compared.
    pub(crate) sentence: Option<SentenceLikeness>,
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

impl Candidate {
    /// Returns what two retrievers say of one entry.
    pub(crate) fn and(self, other: Candidate) -> Candidate {
        Candidate { place: self.place.min(other.place), evidence: self.evidence.and(other.evidence), ..self }
    }
}

impl Evidence {
    /// Returns the evidence, without what vectors raise.
    pub(crate) fn not_lifted(self) -> Evidence {
        Evidence {
            meaning: self.meaning.map(Likeness::not_lifting),
            sentence: self.sentence.map(SentenceLikeness::not_lifting),
            ..self
        }
    }

    /// Returns the score: by words, by meaning and by sentences.
    pub(crate) fn score(&self) -> f32 {
        self.word_score() + self.meaning_score().unwrap_or(0.0) + self.sentence.map_or(0.0, SentenceLikeness::score)
    }

    /// Returns what words add to the score.
    pub(crate) fn word_score(&self) -> f32 {
        self.bm25 + PHRASING_WEIGHT * self.phrasing_similarity + COVERAGE_WEIGHT * self.coverage
    }

    /// Returns what the likeness of vectors adds to the score.
    pub(crate) fn meaning_score(&self) -> Option<f32> {
        let weight = if self.sentence.is_some() { MEANING_BESIDE_SENTENCE } else { 1.0 };
        self.meaning.map(|meaning| weight * meaning.score())
    }

    /// Returns the evidence for an entry of which another edition has `other`: vectors compare a question in one language with
    /// a text in another, words do not.
    pub(crate) fn with_sister(self, other: Evidence) -> Evidence {
        Evidence {
            meaning: greater(self.meaning, other.meaning, Likeness::score),
            sentence: greater(self.sentence, other.sentence, SentenceLikeness::score),
            ..self.and(other)
        }
    }

    /// Returns what two retrievers say of one entry.
    pub(crate) fn and(self, other: Evidence) -> Evidence {
        Evidence {
            bm25: self.bm25.max(other.bm25),
            coverage: self.coverage.max(other.coverage),
            exact: self.exact.max(other.exact),
            meaning: self.meaning.or(other.meaning),
            sentence: self.sentence.or(other.sentence),
            ..self
        }
    }
}

/// Returns the likeness with the greater score.
fn greater<L: Copy>(one: Option<L>, other: Option<L>, score: impl Fn(L) -> f32) -> Option<L> {
    match (one, other) {
        (Some(first), Some(second)) if score(second) > score(first) => other,
        _ => one.or(other),
    }
}
