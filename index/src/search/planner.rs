//! From the words of a question to its query terms: weights and expansions.

use super::plan::{Compound, QueryTerm, Rewrite, Unit};
use super::typed::Typed;
use crate::engine::dictionary::Dictionary;
use crate::error::SearchError;
use crate::text::language::Language;
use crate::text::tokens::{self, Class};
use crate::text::weight;

/// The weight factor of the parts of an identifier that the index holds whole.
const IDENTIFIER_PART: f32 = 0.5;
/// The weight factor of a word whose prefix was typed, in autocompletion.
const BEGINNING: f32 = 0.9;
/// The maximum number of words with a typed prefix: the most frequent.
const BEGINNINGS_MAX: usize = 32;

/// Reads the words of a question one after another.
pub(crate) struct Planner<'a> {
    pub(crate) dictionary: &'a Dictionary,
    pub(crate) languages: &'a [Language],
    /// All terms of the question.
    pub(crate) typed: &'a [Typed],
    pub(crate) query_terms: Vec<QueryTerm>,
    /// The words and characters of the question in order.
    pub(crate) units: Vec<Unit>,
    pub(crate) rewrites: Vec<Rewrite>,
    /// The known words whose known parts were typed apart.
    pub(crate) compounds: Vec<Compound>,
    /// The words inside the known identifiers of the question, each as often as it is there.
    parts: Vec<String>,
    /// The query terms whose words stand in an identifier only.
    only_parts: Vec<usize>,
}

impl<'a> Planner<'a> {
    pub(crate) fn new(dictionary: &'a Dictionary, typed: &'a [Typed]) -> Planner<'a> {
        Planner {
            dictionary,
            languages: dictionary.languages(),
            typed,
            query_terms: Vec::new(),
            units: Vec::new(),
            rewrites: Vec::new(),
            compounds: Vec::new(),
            parts: Vec::new(),
            only_parts: Vec::new(),
        }
    }

    /// Reads the first of `typed`, or several words that are one, and returns how many; `is_prefix` says that the last of
    /// them may be the beginning of a word.
    pub(crate) fn read(&mut self, typed: &[Typed], is_prefix: bool) -> Result<usize, SearchError> {
        let first = &typed[0];
        match first.class {
            Class::Word => return self.words(typed, is_prefix),
            Class::Identifier => self.identifier(first)?,
            Class::Character | Class::Bigram | Class::KatakanaRun => self.characters(first)?,
        }
        Ok(1)
    }

    fn identifier(&mut self, typed: &Typed) -> Result<(), SearchError> {
        let rated = self.dictionary.rated(&typed.term, &typed.spelling, typed.class)?;
        // The parts of an unknown one speak for it.
        if rated.listed.is_some() {
            let parts = typed.spelling.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
            self.parts.extend(parts.map(str::to_owned));
            if self.query_term_of(&typed.term).is_none() {
                self.query_terms.push(QueryTerm::new(typed, &rated));
            }
        }
        Ok(())
    }

    fn characters(&mut self, typed: &Typed) -> Result<(), SearchError> {
        let query_term = match self.query_term_of(&typed.term) {
            Some(query_term) => query_term,
            None => {
                let rated = self.dictionary.rated(&typed.term, &typed.spelling, typed.class)?;
                self.query_terms.push(QueryTerm::new(typed, &rated));
                self.query_terms.len() - 1
            }
        };
        if typed.class == Class::Character {
            self.note_unit(&typed.term, query_term);
        }
        Ok(())
    }

    fn words(&mut self, typed: &[Typed], is_prefix: bool) -> Result<usize, SearchError> {
        let is_prefix = |length: usize| is_prefix && length == typed.len();
        if let Some(compound) = self.join_compounds(typed)? {
            let length = compound.length;
            if compound.has_unknown_part {
                self.compound_as_word(compound, &typed[..length])?;
                return Ok(length);
            }
            let mut query_terms = Vec::with_capacity(length);
            for (at, word) in typed[..length].iter().enumerate() {
                query_terms.push(self.word(word, is_prefix(at + 1))?);
            }
            self.compounds.push(compound.over(query_terms));
            return Ok(length);
        }
        self.word(&typed[0], is_prefix(1))?;
        Ok(1)
    }

    /// Adds a word, and returns its query term.
    fn word(&mut self, typed: &Typed, is_prefix: bool) -> Result<usize, SearchError> {
        let part = self.parts.iter().position(|part| *part == typed.spelling);
        let is_part = part.map(|part| self.parts.swap_remove(part)).is_some();
        let query_term = match self.query_term_of(&typed.term) {
            Some(query_term) => {
                self.repeat(query_term, typed, is_part)?;
                query_term
            }
            None => self.new_word(typed, is_part, is_prefix)?,
        };
        Ok(query_term)
    }

    /// Adds a word that the question holds already.
    fn repeat(&mut self, query_term: usize, typed: &Typed, is_part: bool) -> Result<(), SearchError> {
        if !is_part && let Some(only_part) = self.only_parts.iter().position(|&part| part == query_term) {
            self.only_parts.swap_remove(only_part);
            self.query_terms[query_term].weight /= IDENTIFIER_PART;
        }
        // The word may stand there as a part of another.
        if let Some(listed) = self.dictionary.listed(&typed.term)? {
            self.query_terms[query_term].expand_by(&typed.term, &listed, 1.0);
        }
        self.note_unit(&typed.term, query_term);
        Ok(())
    }

    fn new_word(&mut self, typed: &Typed, is_part: bool, is_prefix: bool) -> Result<usize, SearchError> {
        let rated = self.dictionary.rated(&typed.term, &typed.spelling, typed.class)?;
        let mut query_term = QueryTerm::new(typed, &rated);
        self.spellings_of_other_languages(&mut query_term)?;
        if is_prefix && let Some(repeated) = self.expand_prefix(&mut query_term)? {
            self.note_unit(&typed.term, repeated);
            return Ok(repeated);
        }
        let is_unknown = query_term.expansions.is_empty() && rated.peer_doc_freq == 0;
        // A word that another knowledge base knows is no slip of the pen.
        if is_unknown && !weight::is_function_word(&query_term.spelling, self.languages) {
            if let Some(meant) = self.misspelt_function_word(&query_term.spelling) {
                return self.word(&meant, is_prefix);
            }
            let near = self.one_edit_away(&query_term)?;
            let corrections = self.corrections(&query_term, near)?;
            if !corrections.are_sure()
                && let Some(first) = self.split_compounds(typed, &corrections)?
            {
                return Ok(first);
            }
            self.expand_unknown(&mut query_term, corrections)?;
        }
        if is_part {
            query_term.weight *= IDENTIFIER_PART;
            self.only_parts.push(self.query_terms.len());
        }
        Ok(self.push(query_term))
    }

    /// Adds the query term of a word.
    pub(crate) fn push(&mut self, query_term: QueryTerm) -> usize {
        self.note_unit(&query_term.term, self.query_terms.len());
        self.query_terms.push(query_term);
        self.query_terms.len() - 1
    }

    pub(crate) fn query_term_of(&self, term: &str) -> Option<usize> {
        self.query_terms.iter().position(|query_term| query_term.term == term)
    }

    pub(crate) fn note_unit(&mut self, term: &str, query_term: usize) {
        self.units.push(Unit { term: term.to_owned(), query_term });
    }

    /// Lets the words that begin as `query_term` does stand for it. If it can only be the beginning of a word that the question
    /// holds already, returns the query term of that.
    fn expand_prefix(&self, query_term: &mut QueryTerm) -> Result<Option<usize>, SearchError> {
        let mut beginnings = self.dictionary.terms_with_prefix(&query_term.spelling, BEGINNINGS_MAX)?;
        if beginnings.is_empty() && query_term.term != query_term.spelling {
            beginnings = self.dictionary.terms_with_prefix(&query_term.term, BEGINNINGS_MAX)?;
        }
        let repeated = beginnings.iter().find_map(|known| self.query_term_of(&known.term));
        beginnings.retain(|known| self.query_term_of(&known.term).is_none());
        let Some(heaviest) = beginnings.iter().map(|known| known.weight).reduce(f32::max) else {
            return Ok(repeated.filter(|_| query_term.expansions.is_empty()));
        };
        if query_term.expansions.is_empty() {
            query_term.weight = heaviest;
        }
        for known in &beginnings {
            query_term.expand_with(known, BEGINNING);
        }
        Ok(None)
    }

    /// In a knowledge base of several languages a word may be of any of them; in one that is Turkish, readers without its
    /// keyboard type `i` for `ı`, and its capital `I` stands in foreign words for `i`.
    fn spellings_of_other_languages(&self, query_term: &mut QueryTerm) -> Result<(), SearchError> {
        for (at, &language) in self.languages.iter().enumerate() {
            let mut spellings = vec![query_term.spelling.clone()];
            if language.is_turkic() && query_term.spelling.contains(['i', 'ı']) {
                spellings.extend([query_term.spelling.replace('i', "ı"), query_term.spelling.replace('ı', "i")]);
            } else if at == 0 {
                continue;
            }
            for spelling in spellings {
                let stem = tokens::word_term(&spelling, language);
                if stem != query_term.term
                    && let Some(listed) = self.dictionary.listed(&stem)?
                {
                    query_term.expand_by(&stem, &listed, 1.0);
                }
            }
        }
        Ok(())
    }
}

#[cfg(all(test, feature = "build"))]
mod tests {
    use crate::knowledge_base::KnowledgeBase;

    #[test]
    fn the_last_word_of_a_compound_is_completed() {
        let text = "# How do I signin?\n\nA.\n\n# Why sign here?\n\nB.\n\n# May I sign inside the box?\n\nC.\n";
        let kb = KnowledgeBase::from_markdown(text).unwrap();
        let texts: Vec<String> = kb.complete("sign in", 5).unwrap().into_iter().map(|found| found.text).collect();
        let place = |wanted: &str| texts.iter().position(|text| text.contains(wanted));
        let inside = place("inside").expect("it is found");
        assert!(place("here").is_none_or(|here| inside < here), "{texts:?}");
    }
}
