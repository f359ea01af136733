//! From the words of a question to its query terms: weights, expansions and spelling correction.

use super::plan::{Compound, Expansion, QueryTerm, Rewrite, Unit};
use super::typed::Typed;
use crate::engine::dictionary::{Dictionary, DictionaryTerm};
use crate::error::SearchError;
use crate::meaning;
use crate::text::edits::{edits, is_slip};
use crate::text::language::Language;
use crate::text::tokens::{self, Class};
use crate::text::weight;

/// The weight factor of a word at edit distance 1 from an out-of-vocabulary word.
const TYPO: f32 = 0.8;
/// The same if the typed word is a word of the language: too low for the correction alone to be answered.
const WORD: f32 = 0.4;
/// The weight factor of a word with a common prefix, times the share of the longer word that is common.
const PREFIX: f32 = 0.8;
/// The minimum length of a common prefix in characters.
const PREFIX_CHARS_MIN: usize = 4;
/// The minimum share of the longer word that must be common.
const PREFIX_SHARE_MIN: f32 = 0.5;
/// The minimum length of a word that is corrected: most shorter words are one edit away from another word.
pub(crate) const TYPO_CHARS_MIN: usize = 5;
/// The same where a table says that the typed text is no word, and only one known word is one edit away.
const SHORT_TYPO_CHARS_MIN: usize = 3;
/// The maximum length of a word that is looked up in the language's table by its edits.
const CORRECTED_CHARS_MAX: usize = 24;
/// The minimum length of a word that is corrected for its vector alone: of 5,515 frequent words of 17 documentations that the
/// table lacks, 0.5 % would be.
const UNLISTED_CHARS_MIN: usize = 6;
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
            let mut near = self.one_edit_away(&query_term)?;
            if near.is_empty()
                && let Some(first) = self.split_compounds(typed)?
            {
                return Ok(first);
            }
            let word = self.add_corrections(&query_term, &mut near)?;
            self.expand_unknown(&mut query_term, near, word)?;
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

    /// Finds the known words that are one edit away from an unknown one.
    fn one_edit_away(&self, query_term: &QueryTerm) -> Result<Vec<DictionaryTerm>, SearchError> {
        let length = query_term.spelling.chars().count();
        if !is_correctable(&query_term.spelling) || length < TYPO_CHARS_MIN && !meaning::knows_words() {
            return Ok(Vec::new());
        }
        let mut near = self.dictionary.words_one_edit_away(&query_term.term)?;
        if query_term.spelling != query_term.term {
            near.extend(self.dictionary.words_one_edit_away(&query_term.spelling)?);
        }
        near.retain(|known| known.term.chars().count() >= 3 && !weight::is_function_word(&known.term, self.languages));
        let is_one = near.iter().all(|known| known.term == near[0].term);
        Ok(if length >= TYPO_CHARS_MIN || is_one { near } else { Vec::new() })
    }

    /// Adds to `near` the known terms of the words of the language that `query_term` may be a slip for. Returns the word
    /// that was meant: the first with a known term, else a word for which it is most surely a slip.
    ///
    /// The index has stems, and a slip may change where a word is cut: `recvoer` is its own stem, that of `recover` is
    /// `recov`.
    fn add_corrections(
        &self,
        query_term: &QueryTerm,
        near: &mut Vec<DictionaryTerm>,
    ) -> Result<Option<String>, SearchError> {
        let spelling = query_term.spelling.as_str();
        let length = spelling.chars().count();
        if !(TYPO_CHARS_MIN..=CORRECTED_CHARS_MAX).contains(&length) || meaning::is_word(spelling) {
            return Ok(None);
        }
        let (mut meant, mut unlisted, mut of_words) = (None, None, Vec::new());
        for word in meaning::words_among(edits(spelling)) {
            let term = tokens::word_term(&word, self.languages[0]);
            if !weight::is_function_word(&term, self.languages)
                && let Some(known) = self.dictionary.known(&term)?
            {
                of_words.push(known.term.clone());
                if near.iter().all(|other| other.term != known.term) {
                    near.push(known);
                }
                meant.get_or_insert(word);
            } else if length >= UNLISTED_CHARS_MIN && term != query_term.term && is_slip(spelling, &word) {
                unlisted.get_or_insert(word);
            }
        }
        if meant.is_some() {
            // A stem that is one edit away may be that of quite another word: `contaners` is `containers`, not `conan`.
            let is_near = |known: &DictionaryTerm| strsim::osa_distance(spelling, &known.term) <= 1;
            near.retain(|known| of_words.contains(&known.term) || is_near(known));
        }
        Ok(meant.or(unlisted))
    }

    /// Expands an out-of-vocabulary word by the known words at edit distance 1, among them the term of `word`, and by those
    /// with a common prefix.
    fn expand_unknown(
        &mut self,
        query_term: &mut QueryTerm,
        near: Vec<DictionaryTerm>,
        word: Option<String>,
    ) -> Result<(), SearchError> {
        // A word of the language is hardly a slip of the pen: `prize` may be `price`, but an iPhone is no phone.
        let is_word = !near.is_empty() && meaning::is_word(&query_term.spelling);
        let is_correction = !near.is_empty() && !is_word;
        let first = query_term.spelling.chars().next();
        let near = near.into_iter().filter(|known| !is_word || known.term.chars().next() == first);
        let mut found: Vec<(DictionaryTerm, f32)> =
            near.map(|known| (known, if is_word { WORD } else { TYPO })).collect();
        if query_term.term.chars().count() >= PREFIX_CHARS_MIN && query_term.term.chars().all(char::is_alphabetic) {
            let prefix: String = query_term.term.chars().take(PREFIX_CHARS_MIN).collect();
            for known in self.dictionary.words_with_prefix(&prefix)? {
                let share = common_share(&query_term.term, &known.term);
                if share >= PREFIX_SHARE_MIN {
                    found.push((known, PREFIX * share));
                }
            }
        }
        // An out-of-vocabulary word has the weight of its heaviest expansion.
        let heaviest = found.iter().map(|(known, _)| known.weight).reduce(f32::max);
        query_term.weight = heaviest.unwrap_or(query_term.weight);
        for (known, factor) in &found {
            query_term.expand_with(known, *factor);
        }
        let mut terms = Vec::new();
        if is_correction {
            let mut expansions: Vec<&Expansion> = query_term.expansions.iter().collect();
            expansions.sort_by(|a, b| b.weight_factor.total_cmp(&a.weight_factor));
            terms = expansions.into_iter().map(|expansion| expansion.term.clone()).collect();
        }
        if is_correction || word.is_some() {
            self.rewrites.push(Rewrite { typed: query_term.spelling.clone(), terms, read_as: None, word });
        }
        Ok(())
    }
}

fn is_correctable(spelling: &str) -> bool {
    spelling.chars().count() >= SHORT_TYPO_CHARS_MIN
        && spelling.chars().all(|c| c.is_alphabetic() && !('\u{2e80}'..).contains(&c))
}

/// Returns the share of the longer word that both start with.
fn common_share(a: &str, b: &str) -> f32 {
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    common as f32 / a.chars().count().max(b.chars().count()).max(1) as f32
}

#[cfg(all(test, feature = "build"))]
mod tests {
    use crate::knowledge_base::KnowledgeBase;
    use crate::search::interpret::interpret;
    use crate::search::plan::QueryMode;

    /// Returns the terms that match the only word of `question`, asked of entries that hold `words`.
    fn matched(words: &str, question: &str) -> Vec<String> {
        let kb = KnowledgeBase::from_markdown(format!("# What is {words}?\n\nThis.\n")).unwrap();
        let plan = interpret(question, QueryMode::Whole, &kb.reader().dictionary, &kb.reader().synonyms).unwrap();
        assert_eq!(plan.query_terms.len(), 1);
        plan.query_terms[0].expansions.iter().map(|expansion| expansion.term.clone()).collect()
    }

    #[test]
    fn a_slip_is_corrected_by_its_spelling_where_the_stem_is_another() {
        let kb = KnowledgeBase::from_markdown("# What is zorblass?\n\nThis.\n").unwrap();
        let found = kb.ask("zorblas").unwrap();
        assert_eq!((&*found.corrections[0].typed, &*found.corrections[0].taken_for), ("zorblas", "zorblass"));
    }

    #[test]
    fn the_last_word_of_a_compound_is_completed() {
        let text = "# How do I signin?\n\nA.\n\n# Why sign here?\n\nB.\n\n# May I sign inside the box?\n\nC.\n";
        let kb = KnowledgeBase::from_markdown(text).unwrap();
        let texts: Vec<String> = kb.complete("sign in", 5).unwrap().into_iter().map(|found| found.text).collect();
        let place = |wanted: &str| texts.iter().position(|text| text.contains(wanted));
        let inside = place("inside").expect("it is found");
        assert!(place("here").is_none_or(|here| inside < here), "{texts:?}");
    }

    #[test]
    fn a_word_matches_what_it_may_be_a_slip_for() {
        for (words, question, expected) in [
            ("zorblax", "zorblax", vec!["zorblax"]),
            ("zorblax", "zroblax", vec!["zorblax"]),
            ("zorblax", "zorblx", vec!["zorblax"]),
            // Its stem, `zorbla`, is two edits away.
            ("zorblass", "zorblas", vec!["zorblass"]),
            // The index has the stem `recov`.
            ("recovery recovered", "recvoer", vec!["recov"]),
            // Words of 3 and 4 letters, which only one word is one edit away from.
            ("zorb", "zob", vec!["zorb"]),
            ("zorb zobi", "zob", vec![]),
            ("zorblaxian", "zorb", vec![]),
            // A common prefix of 4 letters and half of the longer word, but no shorter one.
            ("zorblaxian", "zorbla", vec!["zorblaxian"]),
            ("zorbla", "zor", vec![]),
            ("zorblaxian", "zorbiii", vec![]),
            // A word of the language is no slip, or hardly one.
            ("price", "zeppelin", vec![]),
        ] {
            assert_eq!(matched(words, question), expected, "{question} among {words}");
        }
    }
}
