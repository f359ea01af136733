//! The query plan: weighted query terms and their expansions.
//!
//! A question is text. There is no syntax in it, so nothing in it can be an error or mean everything.

use std::borrow::Cow;

#[cfg(feature = "build")]
use rustc_hash::FxHashMap;

use super::typed::Typed;
use crate::engine::dictionary::{DictionaryTerm, IndexedTerm, Rated};
use crate::text::fold::folded;
use crate::text::tokens::{Class, word_runs};

/// The terms that a question looks for.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// The mode in which the question was read.
    pub(crate) mode: QueryMode,
    /// One query term for each distinct term of the question.
    pub(crate) query_terms: Vec<QueryTerm>,
    /// The sum of the query terms' weights.
    pub(crate) weight: f32,
    /// The question as it was typed.
    pub(crate) text: String,
    /// The distinct terms of the question by their numbers, in the order of their first use, in each language that knows all
    /// of them.
    pub(crate) sequences: Vec<Vec<u32>>,
    /// The unknown words that others were taken for.
    pub(crate) rewrites: Vec<Rewrite>,
}

#[cfg(feature = "build")]
impl Plan {
    /// Returns the most that the similarity of a phrasing can be: 1 if no term gives more than it weighs itself.
    ///
    /// A term may give more if it stands for several words of the question, or as a word of another language. The parts
    /// of a compound weigh no more than it does together.
    pub(crate) fn similarity_max(&self) -> f32 {
        let mut numbers: FxHashMap<u32, bool> = FxHashMap::default();
        for query_term in &self.query_terms {
            for expansion in &query_term.expansions {
                let (number, is_compound) = (expansion.listed.number, expansion.compound.is_some());
                let is_of_another_language = expansion.weight_factor >= 1.0 && expansion.term != query_term.term;
                let is_for_several = numbers.insert(number, is_compound).is_some_and(|before| !(before && is_compound));
                if !is_compound && is_of_another_language || is_for_several {
                    return f32::INFINITY;
                }
            }
        }
        1.0
    }
}

impl Plan {
    /// Returns true if the question is in a language that no entry is in, so that hardly a word of it is in any.
    pub(crate) fn is_cross_lingual(&self) -> bool {
        self.mode == QueryMode::CrossLingual
    }

    /// Returns `query` with the words that were meant in place of misspelt ones, for its vector.
    ///
    /// A question in another language than the entries stays as it is.
    pub(crate) fn corrected<'q>(&self, query: &'q str) -> Cow<'q, str> {
        if self.is_cross_lingual() {
            return Cow::Borrowed(query);
        }
        let meant = |run: &str| {
            let typed = folded(run);
            self.rewrites.iter().find(|rewrite| rewrite.typed == typed)?.word.as_deref()
        };
        if self.rewrites.iter().all(|rewrite| rewrite.word.is_none()) {
            return Cow::Borrowed(query);
        }
        let (mut text, mut end) = (String::with_capacity(query.len()), 0);
        for run in word_runs(query) {
            text += &query[end..run.start];
            text += meant(&query[run.clone()]).unwrap_or(&query[run.clone()]);
            end = run.end;
        }
        Cow::Owned(text + &query[end..])
    }
}

/// One term of a question.
#[derive(Debug)]
pub(crate) struct QueryTerm {
    /// The term.
    pub(crate) term: String,
    /// The word as the reader typed it, folded.
    pub(crate) spelling: String,
    /// Its class.
    pub(crate) class: Class,
    /// Its weight.
    pub(crate) weight: f32,
    /// Its tempered inverse document frequency, from nearly 0 to 1; 1 for a term that is unknown.
    pub(crate) tempered_idf: f32,
    /// True if it carries meaning by itself, as function words and words of requests do not.
    pub(crate) carries_meaning: bool,
    /// The terms that match it: itself, synonyms, corrections and compounds.
    pub(crate) expansions: Vec<Expansion>,
}

/// A term that matches a query term.
#[derive(Clone, Debug)]
pub(crate) struct Expansion {
    /// The term.
    pub(crate) term: String,
    /// Its place in the index.
    pub(crate) listed: IndexedTerm,
    /// The share of the query term's weight that it gives, from 0 to 1.
    pub(crate) weight_factor: f32,
    /// Set for a word that the query term's word is a part of; all query terms of its parts are matched by it at once.
    pub(crate) compound: Option<CompoundShare>,
}

/// A word whose parts were typed apart, as one of them sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CompoundShare {
    /// Its tempered inverse document frequency.
    pub(crate) tempered_idf: f32,
}

/// A word that the knowledge base does not know, and what was looked for in its place.
#[derive(Debug)]
pub(crate) struct Rewrite {
    /// The word as it was typed.
    pub(crate) typed: String,
    /// The terms looked for, the best first.
    pub(crate) terms: Vec<String>,
    /// The words that it was split into; `None` for a correction, which is spelled as in the first hit.
    pub(crate) read_as: Option<String>,
    /// The word of the language that was meant, if that is known: its vector stands for that of the typed text.
    pub(crate) word: Option<String>,
    /// True if several known words are as near. An answer shows which was meant; where there is none, nothing does.
    pub(crate) is_guess: bool,
}

/// A word or a character of the question, and the query term that it is looked for in.
#[derive(Debug)]
pub(crate) struct Unit {
    pub(crate) term: String,
    pub(crate) query_term: usize,
}

#[cfg(test)]
impl Plan {
    /// Returns a plan of words that no entry holds, each with its weight, and true if it carries meaning.
    pub(crate) fn of_words(words: &[(&str, f32, bool)]) -> Plan {
        let query_term = |&(word, weight, carries_meaning): &(&str, f32, bool)| QueryTerm {
            term: word.to_owned(),
            spelling: word.to_owned(),
            class: Class::Word,
            weight,
            tempered_idf: 1.0,
            carries_meaning,
            expansions: Vec::new(),
        };
        let query_terms: Vec<QueryTerm> = words.iter().map(query_term).collect();
        Plan { weight: query_terms.iter().map(|term| term.weight).sum(), query_terms, ..Plan::default() }
    }
}

impl QueryTerm {
    /// Makes the query term of a term, which matches itself if it is known.
    pub(crate) fn new(typed: &Typed, rated: &Rated) -> QueryTerm {
        let mut query_term = QueryTerm {
            term: typed.term.clone(),
            spelling: typed.spelling.clone(),
            class: typed.class,
            weight: rated.weight(),
            tempered_idf: rated.tempered_idf,
            carries_meaning: carries_meaning(typed.class, rated.base),
            expansions: Vec::new(),
        };
        if let Some(listed) = &rated.listed {
            query_term.expand_by(&typed.term, listed, 1.0);
        }
        query_term
    }

    /// Lets `known` stand for the query term, for `factor` of its weight.
    pub(crate) fn expand_with(&mut self, known: &DictionaryTerm, factor: f32) {
        // An expansion gives no more than it weighs itself.
        let weight_factor = if self.weight > 0.0 { factor * (known.weight / self.weight).min(1.0) } else { factor };
        self.expand_by(&known.term, &known.listed, weight_factor);
    }

    pub(crate) fn expand_by(&mut self, term: &str, listed: &IndexedTerm, weight_factor: f32) {
        match self.expansions.iter_mut().find(|expansion| expansion.term == term) {
            Some(expansion) => expansion.weight_factor = expansion.weight_factor.max(weight_factor),
            None => {
                let (term, listed) = (term.to_owned(), listed.clone());
                self.expansions.push(Expansion { term, listed, weight_factor, compound: None });
            }
        }
    }

    /// Adds a compound that the word is a part of, unless it is there.
    pub(crate) fn match_compound(&mut self, term: &str, listed: &IndexedTerm, compound: CompoundShare) {
        if self.expansions.iter().all(|expansion| expansion.term != term) {
            let (term, listed) = (term.to_owned(), listed.clone());
            self.expansions.push(Expansion { term, listed, weight_factor: 1.0, compound: Some(compound) });
        }
    }

    /// Returns another part of a query term that is being split: the same but for what stands for it alone.
    pub(crate) fn part(&self) -> QueryTerm {
        let itself = |expansion: &&Expansion| expansion.term == self.term || expansion.compound.is_some();
        let expansions = self.expansions.iter().filter(itself).cloned();
        QueryTerm {
            term: self.term.clone(),
            spelling: self.spelling.clone(),
            class: self.class,
            weight: self.weight,
            tempered_idf: self.tempered_idf,
            carries_meaning: self.carries_meaning,
            expansions: expansions.collect(),
        }
    }
}

/// The mode of a question: asked, or still being typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum QueryMode {
    /// Every word is whole.
    #[default]
    Whole,
    /// The last word may be the beginning of one.
    Prefix,
    /// Every word is whole, in a language that no entry is in: that a known one is near may be chance.
    CrossLingual,
}

/// A known word whose known parts were typed apart.
#[derive(Debug)]
pub(crate) struct Compound {
    pub(crate) term: String,
    pub(crate) rated: Rated,
    /// The query terms of its parts.
    pub(crate) query_terms: Vec<usize>,
}

/// Returns true if a term of this class and base weight carries meaning by itself.
pub(crate) fn carries_meaning(class: Class, base: f32) -> bool {
    match class {
        Class::Word => base >= 1.0,
        Class::Character => base >= 0.5,
        Class::Identifier => true,
        Class::Bigram | Class::KatakanaRun => false,
    }
}
