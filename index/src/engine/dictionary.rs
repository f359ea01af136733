//! The terms of the index with their weights: lookup, document frequency, similar terms.

use std::sync::Arc;

use tantivy::query::FuzzyTermQuery;
use tantivy::schema::{Field, Term};

pub(crate) use super::inverted_index::IndexedTerm;
use super::inverted_index::InvertedIndex;
use super::posting_blocks::Frequencies;
use super::stem_walk::StemsNear;
use super::term_walk::TermWalk;
use crate::database::fetched::Fetched;
use crate::engine::filter::Filter;
use crate::error::SearchError;
use crate::meaning::LanguageWords;
use crate::model::manifest::Manifest;
use crate::steps;
use crate::text::language::Language;
use crate::text::tokens::{self, Class};
use crate::text::weight::{self, HanUse};

/// The terms of the text field.
#[derive(Clone)]
pub(crate) struct Dictionary {
    index: InvertedIndex,
    /// The number of entries, including those of the peers.
    entries: f32,
    /// The number of entries of the knowledge base.
    all: u32,
    han: HanUse,
    languages: Vec<Language>,
    language_words: LanguageWords,
    /// The share of its entries that are no other edition of one that is counted.
    share: f32,
    /// The entries among which document frequencies count; all without a filter.
    filter: Option<Arc<Filter>>,
    /// The dictionaries of knowledge bases asked at the same time; document frequencies count in all of them.
    peers: Vec<Dictionary>,
}

/// A term of the dictionary that is similar to a term of the question.
#[derive(Clone, Debug)]
pub(crate) struct DictionaryTerm {
    /// The term.
    pub(crate) term: String,
    /// Its weight in this knowledge base.
    pub(crate) weight: f32,
    /// Its place in the index.
    pub(crate) listed: IndexedTerm,
}

/// A term of a question, with its place in the index and its weight.
#[derive(Clone, Debug)]
pub(crate) struct Rated {
    /// Its place in the index, if it is there.
    pub(crate) listed: Option<IndexedTerm>,
    /// Its document frequency in the knowledge bases asked at the same time.
    pub(crate) peer_doc_freq: u32,
    /// Its base weight, independent of any knowledge base.
    pub(crate) base: f32,
    /// Its tempered inverse document frequency, from nearly 0 to 1.
    pub(crate) tempered_idf: f32,
}

impl Rated {
    /// Returns the weight of the term.
    pub(crate) fn weight(&self) -> f32 {
        self.base * self.tempered_idf
    }
}

/// The most similar words that are collected; a vocabulary of 1,000,000 words has fewer for any word of length.
const ALIKE_MAX: usize = 256;
/// The most steps in counting a term's entries within a filter; they take a few milliseconds.
const COUNTED_MAX: usize = 1 << 16;
/// The most terms with one prefix that are read, which takes 1 ms.
const BEGINNINGS_SEEN_MAX: usize = 10_000;

impl Dictionary {
    pub(crate) fn new(
        index: InvertedIndex,
        manifest: &Manifest,
        languages: &[Language],
        language_words: LanguageWords,
    ) -> Dictionary {
        let han = if manifest.is_japanese { HanUse::Japanese } else { HanUse::Chinese };
        let all = index.entries();
        Dictionary {
            index,
            entries: all as f32,
            all,
            share: 1.0,
            han,
            languages: languages.to_vec(),
            language_words,
            filter: None,
            peers: Vec::new(),
        }
    }

    /// Returns the same dictionary of a knowledge base in which `sisters` entries are other editions of the rest: they say the
    /// same in another language, so that no word is rarer for them.
    pub(crate) fn with_sisters(self, sisters: usize) -> Dictionary {
        let distinct = (self.all as usize).saturating_sub(sisters).max(1);
        let share = distinct as f32 / self.all.max(1) as f32;
        Dictionary { entries: self.all as f32 * share, share, ..self }
    }

    /// Returns the same dictionary for the entries that `filter` admits.
    pub(crate) fn narrowed(&self, filter: Option<&Arc<Filter>>) -> Dictionary {
        let Some(filter) = filter else { return self.clone() };
        Dictionary { entries: filter.len() as f32 * self.share, filter: Some(Arc::clone(filter)), ..self.clone() }
    }

    /// Returns the same dictionary for a question whose rows are `rows`.
    pub(crate) fn with_rows(&self, rows: &Arc<Fetched>) -> Dictionary {
        Dictionary { index: self.index.clone().with_rows(rows), ..self.clone() }
    }

    /// Returns the words of the language that spelling is corrected by.
    pub(crate) fn language_words(&self) -> &LanguageWords {
        &self.language_words
    }

    /// Returns the filter that it was narrowed by.
    pub(crate) fn filter(&self) -> Option<Arc<Filter>> {
        self.filter.clone()
    }

    /// Returns the same dictionary with `peers`: document frequencies count in all of them.
    pub(crate) fn federated_with(&self, peers: Vec<Dictionary>) -> Dictionary {
        let entries = self.entries + peers.iter().map(|peer| peer.entries).sum::<f32>();
        Dictionary { entries, peers, ..self.clone() }
    }

    /// Returns the languages of the entries, the most common first.
    pub(crate) fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// Returns the place of `term` in the index. A lookup walks through 1 MB, so callers keep the result.
    pub(crate) fn listed(&self, term: &str) -> Result<Option<IndexedTerm>, SearchError> {
        steps::count(1);
        let Some(number) = self.index.number(term)? else { return Ok(None) };
        Ok(Some(IndexedTerm::new(number, self.index.info(number)?)?))
    }

    /// Returns the document frequency of a term, within the filter.
    pub(crate) fn frequency(&self, term: Option<&IndexedTerm>) -> Result<u32, SearchError> {
        let (Some(term), Some(filter)) = (term, &self.filter) else {
            return Ok(term.map_or(0, |term| term.info.doc_freq));
        };
        let info = &term.info;
        if filter.len().min(info.doc_freq as usize) > COUNTED_MAX {
            // A term this common is assumed to be as common in the filter.
            let estimated = u64::from(info.doc_freq) * filter.len() as u64 / u64::from(self.all.max(1));
            return Ok(u32::try_from(estimated).unwrap_or(info.doc_freq));
        }
        match filter.counted(term.number) {
            Some(frequency) => Ok(frequency),
            None => Ok(filter.count(self.index.postings(term, Frequencies::Skipped)?)?),
        }
    }

    /// Returns the document frequency of `term` in the other knowledge bases asked at the same time.
    fn peer_doc_freq(&self, term: &str) -> Result<u32, SearchError> {
        let frequency = |peer: &Dictionary| peer.frequency(peer.listed(term)?.as_ref());
        self.peers.iter().map(frequency).sum()
    }

    /// Returns the base weight of a term of the question.
    fn base(&self, term: &str, spelling: &str, class: Class) -> f32 {
        // A reader may ask in any of the languages.
        let bases = self.languages.iter().map(|&language| weight::base(term, spelling, class, self.han, language));
        bases.fold(1.0, f32::min)
    }

    /// Returns the tempered inverse document frequency; 1 for a term that no entry holds.
    fn tempered_idf(&self, frequency: u32) -> f32 {
        if frequency == 0 { 1.0 } else { weight::tempered_idf(frequency as f32, self.entries) }
    }

    /// Rates a term of the question.
    pub(crate) fn rated(&self, term: &str, spelling: &str, class: Class) -> Result<Rated, SearchError> {
        let (listed, peer_doc_freq) = (self.listed(term)?, self.peer_doc_freq(term)?);
        self.rate(term, spelling, class, listed, peer_doc_freq)
    }

    /// Returns true if a term of this or another knowledge base asked at the same time begins with `prefix`.
    pub(crate) fn has_prefix(&self, prefix: &str) -> Result<bool, SearchError> {
        let mut has_prefix = self.index.has_prefix(prefix)?;
        for peer in &self.peers {
            has_prefix = has_prefix || peer.has_prefix(prefix)?;
        }
        Ok(has_prefix)
    }

    /// Rates a term, if this or another knowledge base asked at the same time holds it.
    pub(crate) fn rated_if_known(&self, term: &str, spelling: &str) -> Result<Option<Rated>, SearchError> {
        let (listed, peer_doc_freq) = (self.listed(term)?, self.peer_doc_freq(term)?);
        let is_known = listed.is_some() || peer_doc_freq > 0;
        is_known.then(|| self.rate(term, spelling, Class::Word, listed, peer_doc_freq)).transpose()
    }

    fn rate(
        &self,
        term: &str,
        spelling: &str,
        class: Class,
        listed: Option<IndexedTerm>,
        peer_doc_freq: u32,
    ) -> Result<Rated, SearchError> {
        let here = self.frequency(listed.as_ref())?;
        let tempered_idf = self.tempered_idf(here.saturating_add(peer_doc_freq));
        Ok(Rated { listed, peer_doc_freq, base: self.base(term, spelling, class), tempered_idf })
    }

    /// Returns the term of the dictionary if it is there.
    pub(crate) fn known(&self, term: &str) -> Result<Option<DictionaryTerm>, SearchError> {
        self.listed(term)?.map(|listed| self.as_known(term.to_owned(), listed)).transpose()
    }

    /// Returns the words that start with `prefix`.
    pub(crate) fn words_with_prefix(&self, prefix: &str) -> Result<Vec<DictionaryTerm>, SearchError> {
        self.words(self.index.with_prefix(prefix)?)
    }

    /// Returns the terms that start with `prefix`, at most `limit`, the most frequent first.
    ///
    /// Of the terms with a very common prefix, only the first in the alphabet are read.
    pub(crate) fn terms_with_prefix(&self, prefix: &str, limit: usize) -> Result<Vec<DictionaryTerm>, SearchError> {
        let mut terms = self.index.with_prefix(prefix)?;
        let mut found: Vec<(IndexedTerm, String)> = Vec::new();
        for _ in 0..BEGINNINGS_SEEN_MAX {
            if !terms.advance()? {
                break;
            }
            if let Ok(term) = std::str::from_utf8(terms.key()) {
                let listed = IndexedTerm::new(terms.number(), self.index.info(terms.number())?)?;
                found.push((listed, term.to_owned()));
            }
        }
        found.sort_by(|a, b| (b.0.info.doc_freq, &a.1).cmp(&(a.0.info.doc_freq, &b.1)));
        found.truncate(limit);
        found.into_iter().map(|(listed, term)| self.as_known(term, listed)).collect()
    }

    /// Returns the words within Damerau–Levenshtein distance 1 of `word`: one letter inserted, deleted or replaced, or
    /// two swapped.
    pub(crate) fn words_one_edit_away(&self, word: &str) -> Result<Vec<DictionaryTerm>, SearchError> {
        // The automaton reads only the text, so any field will do.
        let term = Term::from_field_text(Field::from_field_id(0), word);
        self.words(
            self.index.matching(FuzzyTermQuery::new(term, 1, true).automaton().expect("the distance is at most 2"))?,
        )
    }

    /// Returns those of the stems of the neighbours of `word`, which is of ASCII letters, that `is_one`.
    pub(crate) fn stems_near(
        &self,
        word: &str,
        is_one: impl FnMut(&str) -> bool,
    ) -> Result<Vec<DictionaryTerm>, SearchError> {
        self.words_that(self.index.matching(StemsNear(word.as_bytes()))?, is_one)
    }

    /// Returns the words among `terms`.
    fn words(&self, terms: TermWalk<'_, impl tantivy_fst::Automaton>) -> Result<Vec<DictionaryTerm>, SearchError> {
        self.words_that(terms, |_| true)
    }

    /// Returns the words among `terms` that `is_one`.
    fn words_that(
        &self,
        mut terms: TermWalk<'_, impl tantivy_fst::Automaton>,
        mut is_one: impl FnMut(&str) -> bool,
    ) -> Result<Vec<DictionaryTerm>, SearchError> {
        let mut words = Vec::new();
        while words.len() < ALIKE_MAX && terms.advance()? {
            let Ok(term) = std::str::from_utf8(terms.key()) else { continue };
            if term.chars().all(char::is_alphabetic) && tokens::class_of(term) == Class::Word && is_one(term) {
                let listed = IndexedTerm::new(terms.number(), self.index.info(terms.number())?)?;
                words.push(self.as_known(term.to_owned(), listed)?);
            }
        }
        Ok(words)
    }

    fn as_known(&self, term: String, listed: IndexedTerm) -> Result<DictionaryTerm, SearchError> {
        let tempered_idf = self.tempered_idf(self.frequency(Some(&listed))? + self.peer_doc_freq(&term)?);
        let weight = self.base(&term, &term, tokens::class_of(&term)) * tempered_idf;
        Ok(DictionaryTerm { term, weight, listed })
    }
}
