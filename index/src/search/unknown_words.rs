//! Words of a question that no entry holds: spelling correction, and words with a common prefix.

use super::plan::{Expansion, QueryTerm, Rewrite};
use super::planner::Planner;
use super::typed::Typed;
use crate::engine::dictionary::DictionaryTerm;
use crate::engine::stem_walk::MISSPELT_ENDING_MAX;
use crate::error::SearchError;
use crate::text::edits::{edits, is_slip};
use crate::text::language::Language;
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
/// The minimum length of a word that is taken for a misspelt function word.
const FUNCTION_TYPO_CHARS_MIN: usize = 4;
/// The maximum length of a word that is looked up in the language's table by its edits.
const CORRECTED_CHARS_MAX: usize = 24;
/// The minimum length of a word that is corrected for its vector alone: of 5,515 frequent words of 17 documentations that the
/// table lacks, 0.5 % would be.
const UNLISTED_CHARS_MIN: usize = 6;

/// The known words that are one edit away from an unknown one.
pub(super) struct Near {
    words: Vec<DictionaryTerm>,
    /// The terms that may be stems of words one edit away.
    stems: Vec<String>,
}

/// The words that an unknown one may be a slip for.
pub(crate) struct Corrections {
    near: Vec<DictionaryTerm>,
    /// The word of the language that was meant: the first with a known term, else one that it is most surely a slip for.
    word: Option<String>,
    likelihood: Likelihood,
}

/// The likelihood that a word is a slip, and not made up of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Likelihood {
    /// No word is near, or one whose last letter is missing: `signin` is `sign in`, not `signing`.
    Less,
    /// A word with another ending is near: `encrypton` is `encryption`, not `encrypt on`, but `ringid` is `ring id`, not `ringed`.
    More,
    /// A word of the index is near.
    Most,
}

impl Corrections {
    /// Returns true if the word may be made up of words with these terms, which all carry meaning or do not.
    pub(crate) fn may_be_split<'t>(&self, mut terms: impl Iterator<Item = &'t str>, all_mean: bool) -> bool {
        match self.likelihood {
            Likelihood::Less => true,
            // The split says what the correction does, and more.
            Likelihood::More => all_mean && terms.any(|term| self.near.iter().any(|known| known.term == term)),
            Likelihood::Most => false,
        }
    }

    /// Returns true if the word is a slip for sure.
    pub(super) fn are_sure(&self) -> bool {
        self.likelihood == Likelihood::Most
    }
}

impl Planner<'_> {
    /// Finds the known words that are one edit away from an unknown one, or from its stem.
    pub(super) fn one_edit_away(&self, query_term: &QueryTerm) -> Result<Near, SearchError> {
        let spelling = query_term.spelling.as_str();
        let length = spelling.chars().count();
        let mut stems = Vec::new();
        if !is_correctable(spelling) || length < TYPO_CHARS_MIN && !self.dictionary.language_words().are_known() {
            return Ok(Near { words: Vec::new(), stems });
        }
        let mut words = Vec::new();
        if spelling != query_term.term {
            words = self.dictionary.words_one_edit_away(&query_term.term)?;
        }
        if length >= UNLISTED_CHARS_MIN && spelling.bytes().all(|byte| byte.is_ascii_lowercase()) {
            words.extend(self.dictionary.stems_near(spelling, |stem| {
                let is_near = strsim::osa_distance(spelling, stem) <= 1;
                stems.extend((!is_near).then(|| stem.to_owned()));
                is_near
            })?);
        } else {
            words.extend(self.dictionary.words_one_edit_away(spelling)?);
        }
        words.retain(|known| known.term.chars().count() >= 3 && !weight::is_function_word(&known.term, self.languages));
        let is_one = words.iter().all(|known| known.term == words[0].term);
        let words = if length >= TYPO_CHARS_MIN || is_one { words } else { Vec::new() };
        Ok(Near { words, stems })
    }

    /// Returns the function word that an unknown word is surely a slip for, where a table says that it is no word: `lnog`.
    pub(super) fn misspelt_function_word(&self, spelling: &str) -> Option<Typed> {
        let can_be = (FUNCTION_TYPO_CHARS_MIN..=CORRECTED_CHARS_MAX).contains(&spelling.len());
        if !can_be || !self.dictionary.language_words().are_known() || self.is_word_of_language(spelling) {
            return None;
        }
        let is_meant = |edit: &String| is_slip(spelling, edit) && weight::is_function_word(edit, self.languages);
        let meant = edits(spelling).find(is_meant)?;
        Some(Typed::word(&tokens::word_term(&meant, self.languages[0]), &meant))
    }

    /// Adds to the known words `near` those that the edits of `query_term` lead to.
    ///
    /// The index has stems, and a slip may change where a word is cut: `recvoer` is its own stem, that of `recover` is
    /// `recov`. So the edits are stemmed: first those that are words of the language, and if the index has none of these, all.
    pub(super) fn corrections(
        &self,
        query_term: &QueryTerm,
        Near { words: mut near, stems }: Near,
    ) -> Result<Corrections, SearchError> {
        let spelling = query_term.spelling.as_str();
        let length = spelling.chars().count();
        let mut likelihood = if near.is_empty() { Likelihood::Less } else { Likelihood::Most };
        if !(TYPO_CHARS_MIN..=CORRECTED_CHARS_MAX).contains(&length) || self.is_word_of_language(spelling) {
            return Ok(Corrections { near, word: None, likelihood });
        }
        let of_edit = |edit: &str| if edit.starts_with(spelling) { Likelihood::Less } else { Likelihood::More };
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
                likelihood = likelihood.max(of_edit(&word));
                meant.get_or_insert(word);
            } else if length >= UNLISTED_CHARS_MIN && term != query_term.term && is_slip(spelling, &word) {
                unlisted.get_or_insert(word);
            }
        }
        if meant.is_some() {
            // A stem that is one edit away may be that of quite another word: `contaners` is `containers`, not `conan`.
            let is_near = |known: &DictionaryTerm| strsim::osa_distance(spelling, &known.term) <= 1;
            near.retain(|known| of_words.contains(&known.term) || is_near(known));
        } else {
            for stem in stems.iter().filter(|stem| !weight::is_function_word(stem, self.languages)) {
                let Some(edit) = edit_of_stem(spelling, stem, self.languages[0]) else { continue };
                likelihood = likelihood.max(of_edit(&edit));
                near.extend(self.dictionary.known(stem)?);
            }
        }
        likelihood = if unlisted.is_some() { Likelihood::Most } else { likelihood };
        Ok(Corrections { near, word: meant.or(unlisted), likelihood })
    }

    /// Returns true if `spelling` or its inflected forms are frequent words of the language.
    pub(super) fn is_word_of_language(&self, spelling: &str) -> bool {
        let words = self.dictionary.language_words();
        words.holds(spelling) || words.holds_forms_of(spelling)
    }

    /// Expands an out-of-vocabulary word by its corrections, and by the known words with a common prefix.
    pub(super) fn expand_unknown(
        &mut self,
        query_term: &mut QueryTerm,
        Corrections { near, word, .. }: Corrections,
    ) -> Result<(), SearchError> {
        // A word of the language is hardly a slip of the pen: `prize` may be `price`, but an iPhone is no phone.
        let is_word = !near.is_empty() && self.is_word_of_language(&query_term.spelling);
        let is_correction = !near.is_empty() && !is_word;
        let is_guess = near.iter().any(|known| known.term != near[0].term);
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
            let typed = query_term.spelling.clone();
            self.rewrites.push(Rewrite { typed, terms, read_as: None, word, is_guess });
        }
        Ok(())
    }
}

/// Returns an edit of `word` that has the stem `stem`: the slip stands in the stem, or in a short ending.
fn edit_of_stem(word: &str, stem: &str, language: Language) -> Option<String> {
    let has_stem = |edit: &String| tokens::word_term(edit, language) == stem;
    if let Some(ending) = word.strip_prefix(stem) {
        let endings = edits(ending).filter(|_| ending.len() <= MISSPELT_ENDING_MAX);
        return endings.map(|ending| stem.to_owned() + &ending).find(has_stem);
    }
    let ends = [stem.len() - 1, stem.len(), stem.len() + 1].into_iter().filter(|&end| end < word.len());
    let slips = ends.filter(|&end| strsim::osa_distance(&word[..end], stem) == 1);
    slips.map(|end| stem.to_owned() + &word[end..]).find(has_stem)
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
    #[cfg(feature = "meaning")]
    fn a_misspelt_function_word_holds_the_question_together_and_is_no_content() {
        let kb =
            KnowledgeBase::from_markdown("# Is the lamp loud?\n\nNo.\n\n# How long does the fan take?\n\nA day.\n")
                .unwrap();
        let words = |question: &str| {
            let plan = interpret(question, QueryMode::Whole, &kb.reader().dictionary, &kb.reader().synonyms).unwrap();
            let words = plan.query_terms.iter().map(|term| (term.spelling.clone(), term.carries_meaning));
            words.collect::<Vec<_>>()
        };
        for (meant, typed) in [("what lamp", "waht lamp"), ("which lamp", "whihc lamp"), ("there lamp", "theere lamp")]
        {
            assert_eq!(words(typed), words(meant), "{typed}");
        }
        // `form` is a word of the language.
        assert_ne!(words("form lamp"), words("from lamp"));
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
