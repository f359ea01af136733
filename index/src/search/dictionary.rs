//! What the index knows of a term: whether it is there, how common it is, and which terms are like it.

use std::sync::Arc;

use tantivy::index::InvertedIndexReader;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::{Field, Term};
use tantivy::termdict::TermStreamer;

use super::SearchError;
use crate::analysis::weight::{self, HanUse};
use crate::analysis::{Class, Language, tokens};
use crate::manifest::Manifest;

/// The terms of the text field.
#[derive(Clone)]
pub(crate) struct Dictionary {
    reader: Arc<InvertedIndexReader>,
    field: Field,
    entries: f32,
    han: HanUse,
    languages: Vec<Language>,
}

/// A term of the dictionary that is like one asked for.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    /// The term.
    pub(crate) term: String,
    /// What it weighs in this knowledge base.
    pub(crate) weight: f32,
}

/// Terms like another are looked at up to this many; a vocabulary of a million words has fewer for any word of length.
const ALIKE_MAX: usize = 256;

impl Dictionary {
    pub(crate) fn new(
        reader: Arc<InvertedIndexReader>,
        field: Field,
        manifest: &Manifest,
        languages: &[Language],
    ) -> Dictionary {
        let han = if manifest.has_hiragana { HanUse::Japanese } else { HanUse::Chinese };
        Dictionary { reader, field, entries: manifest.entries as f32, han, languages: languages.to_vec() }
    }

    /// Returns the languages of the entries, the most common first.
    pub(crate) fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// Returns how many entries hold `term`.
    pub(crate) fn frequency(&self, term: &str) -> Result<u32, SearchError> {
        let info = self.reader.terms().get(term)?;
        Ok(info.map_or(0, |info| info.doc_freq))
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
        let frequency = self.frequency(term)?;
        Ok((frequency > 0).then(|| self.as_known(term.to_owned(), frequency)))
    }

    /// Returns the words that start with `prefix`.
    pub(crate) fn words_with_prefix(&self, prefix: &str) -> Result<Vec<Known>, SearchError> {
        let stream = self.reader.terms().range().ge(prefix).into_stream()?;
        Ok(self.words(stream, |term| term.starts_with(prefix)))
    }

    /// Returns the words that are one letter more, less, other or swapped away from `word`.
    pub(crate) fn words_one_edit_away(&self, word: &str) -> Result<Vec<Known>, SearchError> {
        let automaton = FuzzyTermQuery::new(Term::from_field_text(self.field, word), 1, true).automaton()?;
        let stream = self.reader.terms().search(automaton).into_stream()?;
        Ok(self.words(stream, |_| true))
    }

    fn words<A>(&self, mut stream: TermStreamer<'_, A>, goes_on: impl Fn(&str) -> bool) -> Vec<Known>
    where
        A: tantivy_fst::Automaton,
    {
        let mut words = Vec::new();
        while words.len() < ALIKE_MAX && stream.advance() {
            let Ok(term) = std::str::from_utf8(stream.key()) else { continue };
            if !goes_on(term) {
                break;
            }
            if term.chars().all(char::is_alphabetic) && tokens::class_of(term) == Class::Word {
                words.push(self.as_known(term.to_owned(), stream.value().doc_freq));
            }
        }
        words
    }

    fn as_known(&self, term: String, frequency: u32) -> Known {
        let weight = self.base(&term, &term, tokens::class_of(&term)) * self.rarity(frequency);
        Known { term, weight }
    }
}
