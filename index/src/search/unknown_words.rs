//! Words of a question that no entry holds: spelling correction, and words with a common prefix.

use super::plan::{Expansion, QueryTerm, Rewrite};
use super::planner::Planner;
use crate::engine::dictionary::DictionaryTerm;
use crate::error::SearchError;
use crate::text::edits::{edits, is_slip};
use crate::text::tokens;
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
const TYPO_CHARS_MIN: usize = 5;
/// The same where a table says that the typed text is no word, and only one known word is one edit away.
const SHORT_TYPO_CHARS_MIN: usize = 3;
/// The maximum length of a word that is looked up in the language's table by its edits.
const CORRECTED_CHARS_MAX: usize = 24;
/// The minimum length of a word that is corrected for its vector alone: of 5,515 frequent words of 17 documentations that the
/// table lacks, 0.5 % would be.
const UNLISTED_CHARS_MIN: usize = 6;

impl Planner<'_> {
    /// Finds the known words that are one edit away from an unknown one.
    pub(super) fn one_edit_away(&self, query_term: &QueryTerm) -> Result<Vec<DictionaryTerm>, SearchError> {
        let length = query_term.spelling.chars().count();
        if !is_correctable(&query_term.spelling)
            || length < TYPO_CHARS_MIN && !self.dictionary.language_words().are_known()
        {
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
    pub(super) fn add_corrections(
        &self,
        query_term: &QueryTerm,
        near: &mut Vec<DictionaryTerm>,
    ) -> Result<Option<String>, SearchError> {
        let spelling = query_term.spelling.as_str();
        let length = spelling.chars().count();
        if !(TYPO_CHARS_MIN..=CORRECTED_CHARS_MAX).contains(&length) || self.dictionary.language_words().holds(spelling)
        {
            return Ok(None);
        }
        let (mut meant, mut unlisted, mut of_words) = (None, None, Vec::new());
        for word in self.dictionary.language_words().among(edits(spelling)) {
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
    pub(super) fn expand_unknown(
        &mut self,
        query_term: &mut QueryTerm,
        near: Vec<DictionaryTerm>,
        word: Option<String>,
    ) -> Result<(), SearchError> {
        // A word of the language is hardly a slip of the pen: `prize` may be `price`, but an iPhone is no phone.
        let is_word = !near.is_empty() && self.dictionary.language_words().holds(&query_term.spelling);
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
