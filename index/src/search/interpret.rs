//! From a question to a plan: its words are read, weighed, and widened by synonyms.
//!
//! A question is text. There is no syntax in it, so nothing in it can be an error or mean everything.

use super::confidence::{is_meant, is_unit};
use super::plan::{Plan, QueryMode, QueryTerm};
use super::planner::Planner;
use super::typed::Typed;
use super::{compounds, synonyms, typed};
use crate::engine::dictionary::Dictionary;
use crate::error::SearchError;
use crate::text::language::Language;
use crate::text::synonyms::Synonyms;
use crate::text::tokens::{self, Class};

/// The maximum number of distinct terms of a question; the rest is ignored.
const TERMS_MAX: usize = 128;
/// The same, repetitions included.
const READ_MAX: usize = 4 * TERMS_MAX;
/// The maximum length of a question in bytes, which bounds its time.
const BYTES_MAX: usize = 16_384;

/// Reads a question.
pub(crate) fn interpret(
    query: &str,
    mode: QueryMode,
    dictionary: &Dictionary,
    synonyms: &Synonyms,
) -> Result<Plan, SearchError> {
    let query = &query[..query.floor_char_boundary(BYTES_MAX)];
    let typed = typed::read(query, dictionary.languages()[0], READ_MAX);
    let is_prefix = mode == QueryMode::Prefix
        && !query.ends_with(char::is_whitespace)
        && typed.last().is_some_and(|last| last.class == Class::Word);
    let mut planner = Planner::new(dictionary, &typed);
    let mut at = 0;
    while at < typed.len() && planner.query_terms.len() < TERMS_MAX {
        at += planner.read(&typed[at..], is_prefix)?;
    }
    let Planner { mut query_terms, units, rewrites, compounds, .. } = planner;
    compounds::weigh(&compounds, &mut query_terms);
    synonyms::apply(synonyms, &units, &mut query_terms, dictionary)?;
    let sequences = sequences(query, &typed, &query_terms, dictionary.languages());
    let text = query.to_owned();
    let is_of_entries = mode == QueryMode::CrossLingual && are_mostly_known(&query_terms);
    let mode = if is_of_entries { QueryMode::Whole } else { mode };
    let weight = query_terms.iter().map(|query_term| query_term.weight).sum();
    Ok(Plan { mode, query_terms, weight, text, sequences, rewrites })
}

/// Returns true if the index holds most of the words that carry meaning in the languages of the entries: then some entries are in
/// the language of the question, though none says so.
fn are_mostly_known(query_terms: &[QueryTerm]) -> bool {
    let words = || query_terms.iter().filter(|term| is_unit(term) && is_meant(term));
    let is_known = |term: &&QueryTerm| term.expansions.iter().any(|known| known.term == term.term);
    2 * words().filter(is_known).count() > words().count()
}

/// Returns the terms of a question as phrasings hold them, in each of `languages` that all of its words are known in.
fn sequences(query: &str, typed: &[Typed], query_terms: &[QueryTerm], languages: &[Language]) -> Vec<Vec<u32>> {
    let mut sequences = Vec::new();
    // A text that was cut is no phrasing.
    if typed.is_empty() || typed.len() >= READ_MAX || query.len() >= BYTES_MAX {
        return sequences;
    }
    for (at, &language) in languages.iter().enumerate() {
        let sequence = sequence(typed, (at > 0).then_some(language), query_terms);
        sequences.extend(sequence.filter(|sequence| !sequences.contains(sequence)));
    }
    sequences
}

/// Returns the numbers of the distinct terms of `typed` in the order of their first use, if `query_terms` have all of
/// them; the words are stemmed again if they are read in another `language`.
fn sequence(typed: &[Typed], language: Option<Language>, query_terms: &[QueryTerm]) -> Option<Vec<u32>> {
    let mut numbers = Vec::new();
    for typed in typed {
        let term = match language {
            Some(language) if typed.class == Class::Word => &tokens::word_term(&typed.spelling, language),
            _ => &typed.term,
        };
        let mut expansions = query_terms.iter().flat_map(|query_term| &query_term.expansions);
        let number = expansions.find(|expansion| expansion.term == *term)?.listed.number;
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::KnowledgeBase;

    #[test]
    fn a_question_whose_words_are_known_is_in_a_language_of_the_entries() {
        let kb = KnowledgeBase::from_markdown("# Wie schalte ich die Lampe ein?\n\nDurch den Knopf.\n").unwrap();
        let mode = |question| {
            let reader = kb.reader();
            interpret(question, QueryMode::CrossLingual, &reader.dictionary, &reader.synonyms).unwrap().mode
        };
        assert_eq!(mode("wie schalte ich die Lampe aus"), QueryMode::Whole);
        assert_eq!(mode("comment allumer la lampe avec ICP"), QueryMode::CrossLingual);
        assert_eq!(mode(""), QueryMode::CrossLingual);
    }
}
