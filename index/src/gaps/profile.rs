//! A logged question as numbers: the terms that it looks for, its vector, and the entries that it finds.

use faqt_meaning::Vector;
use rustc_hash::FxHashMap;

use crate::error::SearchError;
use crate::log::MASKS;
use crate::reader::Reader;
use crate::search::interpret;
use crate::search::plan::{Expansion, QueryMode, QueryTerm};

/// The numbers of texts: of terms, or of ids.
#[derive(Default)]
pub(super) struct Numbers(FxHashMap<String, u32>);

impl Numbers {
    /// Returns the number of a text, a new one if it has none.
    pub(super) fn number(&mut self, text: &str) -> u32 {
        let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        match self.0.get(text) {
            Some(&number) => number,
            None => *self.0.entry(text.to_owned()).or_insert(next),
        }
    }
}

/// A term of a question.
#[derive(Clone, Copy, Debug)]
pub(super) struct WeightedTerm {
    pub(super) number: u32,
    pub(super) weight: f32,
    /// True if it carries meaning by itself.
    pub(super) is_content: bool,
}

/// The numbers by which a question is compared with others.
pub(super) struct Profile {
    /// Its terms in the order of their numbers, each once.
    pub(super) terms: Vec<WeightedTerm>,
    /// The root of the sum of the squared weights.
    length: f32,
    vector: Option<Vector>,
    /// The content words that no entry holds.
    pub(super) unknown: Vec<String>,
}

/// A question as it was read, before its terms have numbers.
pub(super) struct Read {
    terms: Vec<(String, f32, bool)>,
    vector: Option<Vector>,
    unknown: Vec<String>,
}

impl Read {
    /// Reads a question as `reader` does: words are stemmed, misspelt ones are corrected.
    pub(super) fn of(question: &str, reader: &Reader) -> Result<Read, SearchError> {
        let text = MASKS.iter().fold(question.to_owned(), |text, mask| text.replace(mask, " "));
        let plan = interpret::interpret(&text, QueryMode::Whole, &reader.dictionary, &reader.synonyms)?;
        let terms = plan.query_terms.iter().map(|term| (meant(term).to_owned(), term.weight, term.carries_meaning));
        let unknown = plan.query_terms.iter().filter(|term| term.carries_meaning && term.expansions.is_empty());
        let unknown = unknown.map(|term| term.spelling.clone()).collect();
        let vector = match &reader.vectors {
            Some(vectors) => vectors.of_question(&plan.corrected(&text))?,
            None => None,
        };
        Ok(Read { terms: terms.collect(), vector, unknown })
    }

    /// Gives the terms numbers.
    pub(super) fn numbered(self, terms: &mut Numbers) -> Profile {
        let number = |(term, weight, is_content): (String, f32, bool)| WeightedTerm {
            number: terms.number(&term),
            weight,
            is_content,
        };
        let mut numbered: Vec<WeightedTerm> = self.terms.into_iter().map(number).collect();
        numbered.sort_by_key(|term| term.number);
        numbered.dedup_by_key(|term| term.number);
        let length = numbered.iter().map(|term| term.weight * term.weight).sum::<f32>().sqrt();
        Profile { terms: numbered, length, vector: self.vector, unknown: self.unknown }
    }
}

/// Returns the term that a word of a question was taken for.
fn meant(term: &QueryTerm) -> &str {
    let is_own = |expansion: &&Expansion| expansion.term == term.term;
    let best = |left: &&Expansion, right: &&Expansion| left.weight_factor.total_cmp(&right.weight_factor);
    let expansions = || term.expansions.iter();
    let meant = expansions().find(is_own).or_else(|| expansions().max_by(best));
    meant.map_or(&term.term, |expansion| &expansion.term)
}

impl Profile {
    /// Returns the cosine of the weighted terms of two questions.
    pub(super) fn words(&self, other: &Profile) -> f32 {
        let (mut left, mut right) = (self.terms.iter().peekable(), other.terms.iter().peekable());
        let mut sum = 0.0;
        while let (Some(one), Some(two)) = (left.peek(), right.peek()) {
            match one.number.cmp(&two.number) {
                std::cmp::Ordering::Less => drop(left.next()),
                std::cmp::Ordering::Greater => drop(right.next()),
                std::cmp::Ordering::Equal => {
                    sum += one.weight * two.weight;
                    left.next();
                    right.next();
                }
            }
        }
        let length = self.length * other.length;
        if length > 0.0 { sum / length } else { 0.0 }
    }

    /// Returns the cosine of the vectors of two questions; none if one of them has no vector.
    pub(super) fn meaning(&self, other: &Profile) -> Option<f32> {
        let (one, two) = (self.vector.as_ref()?, other.vector.as_ref()?);
        Some(one.values().iter().zip(two.values()).map(|(one, two)| one * two).sum())
    }
}
