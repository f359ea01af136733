//! From a question to a plan: its words are read, weighed, and widened by synonyms.
//!
//! A question is text. There is no syntax in it, so nothing in it can be an error or mean everything.

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
    let weight = query_terms.iter().map(|query_term| query_term.weight).sum();
    Ok(Plan { mode, query_terms, weight, text, sequences, rewrites })
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
