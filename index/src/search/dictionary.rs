//! What the index knows of a term: whether it is there, how common it is, and which terms are like it.

use tantivy::postings::TermInfo;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::{Field, Term};

use super::SearchError;
use crate::analysis::weight::{self, HanUse};
use crate::analysis::{Class, Language, tokens};
use crate::inverted_index::{InvertedIndex, TermWalk};
use crate::manifest::Manifest;

/// The terms of the text field.
#[derive(Clone)]
pub(crate) struct Dictionary {
    index: InvertedIndex,
    /// How many entries there are, those of the peers included.
    entries: f32,
    han: HanUse,
    languages: Vec<Language>,
    /// The dictionaries of knowledge bases that are asked at the same time; how common a term is counts in all.
    peers: Vec<Dictionary>,
}

/// A term of the dictionary that is like one asked for.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    /// The term.
    pub(crate) term: String,
    /// What it weighs in this knowledge base.
    pub(crate) weight: f32,
    /// How many entries hold it, and where the index says which.
    pub(crate) info: TermInfo,
}

/// Terms like another are looked at up to this many; a vocabulary of a million words has fewer for any word of length.
const ALIKE_MAX: usize = 256;
/// Terms with one beginning are looked at up to this many, which takes a millisecond.
const BEGINNINGS_SEEN_MAX: usize = 10_000;

impl Dictionary {
    pub(crate) fn new(index: InvertedIndex, manifest: &Manifest, languages: &[Language]) -> Dictionary {
        let han = if manifest.has_hiragana { HanUse::Japanese } else { HanUse::Chinese };
        let entries = index.entries() as f32;
        Dictionary { index, entries, han, languages: languages.to_vec(), peers: Vec::new() }
    }

    /// Returns the same dictionary as one of several that are asked at the same time.
    pub(crate) fn beside(&self, peers: Vec<Dictionary>) -> Dictionary {
        let entries = self.entries + peers.iter().map(|peer| peer.entries).sum::<f32>();
        Dictionary { entries, peers, ..self.clone() }
    }

    /// Returns the languages of the entries, the most common first.
    pub(crate) fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// Returns what the index has of `term`. Looking it up is a walk through a megabyte, so whoever needs it later keeps
    /// what was found.
    pub(crate) fn info(&self, term: &str) -> Result<Option<TermInfo>, SearchError> {
        Ok(self.index.get(term)?)
    }

    /// Returns how many entries hold `term` in the knowledge bases asked at the same time.
    pub(crate) fn frequency_elsewhere(&self, term: &str) -> Result<u32, SearchError> {
        let frequency = |peer: &Dictionary| Ok(peer.info(term)?.map_or(0, |info| info.doc_freq));
        self.peers.iter().map(frequency).sum()
    }

    /// Returns what a term as a question holds it is worth by itself.
    pub(crate) fn base(&self, term: &str, spelling: &str, class: Class) -> f32 {
        // A reader may ask in any of the languages.
        let bases = self.languages.iter().map(|&language| weight::base(term, spelling, class, self.han, language));
        bases.fold(1.0, f32::min)
    }

    /// Returns how rare a term is that so many entries hold; one that none holds is as rare as can be.
    pub(crate) fn rarity(&self, frequency: u32) -> f32 {
        if frequency == 0 { 1.0 } else { super::rarity(frequency as f32, self.entries) }
    }

    /// Returns the term of the dictionary if it is there.
    pub(crate) fn known(&self, term: &str) -> Result<Option<Known>, SearchError> {
        self.info(term)?.map(|info| self.as_known(term.to_owned(), info)).transpose()
    }

    /// Returns the words that start with `prefix`.
    pub(crate) fn words_with_prefix(&self, prefix: &str) -> Result<Vec<Known>, SearchError> {
        self.words(self.index.with_prefix(prefix)?)
    }

    /// Returns the terms that start with `prefix`, at most `limit`, the most frequent first.
    ///
    /// Of a beginning that very many share, the first in the alphabet are looked at.
    pub(crate) fn terms_with_prefix(&self, prefix: &str, limit: usize) -> Result<Vec<Known>, SearchError> {
        let mut terms = self.index.with_prefix(prefix)?;
        let mut found: Vec<(TermInfo, String)> = Vec::new();
        for _ in 0..BEGINNINGS_SEEN_MAX {
            if !terms.advance()? {
                break;
            }
            if let Ok(term) = std::str::from_utf8(terms.key()) {
                found.push((self.index.info(terms.number())?, term.to_owned()));
            }
        }
        found.sort_by(|a, b| (b.0.doc_freq, &a.1).cmp(&(a.0.doc_freq, &b.1)));
        found.truncate(limit);
        found.into_iter().map(|(info, term)| self.as_known(term, info)).collect()
    }

    /// Returns the words that are one letter more, less, other or swapped away from `word`.
    pub(crate) fn words_one_edit_away(&self, word: &str) -> Result<Vec<Known>, SearchError> {
        // The automaton reads the text alone, whatever the field.
        let term = Term::from_field_text(Field::from_field_id(0), word);
        self.words(self.index.matching(FuzzyTermQuery::new(term, 1, true).automaton()?)?)
    }

    /// Returns the words among `terms`.
    fn words(&self, mut terms: TermWalk<'_, impl tantivy_fst::Automaton>) -> Result<Vec<Known>, SearchError> {
        let mut words = Vec::new();
        while words.len() < ALIKE_MAX && terms.advance()? {
            let Ok(term) = std::str::from_utf8(terms.key()) else { continue };
            if term.chars().all(char::is_alphabetic) && tokens::class_of(term) == Class::Word {
                words.push(self.as_known(term.to_owned(), self.index.info(terms.number())?)?);
            }
        }
        Ok(words)
    }

    fn as_known(&self, term: String, info: TermInfo) -> Result<Known, SearchError> {
        let rarity = self.rarity(info.doc_freq + self.frequency_elsewhere(&term)?);
        let weight = self.base(&term, &term, tokens::class_of(&term)) * rarity;
        Ok(Known { term, weight, info })
    }
}
