//! From a question to a plan: its words are read, weighed, and widened by synonyms.
//!
//! A question is text. There is no syntax in it, so nothing in it can be an error or mean everything.

use super::plan::{Plan, QueryMode};
use super::planner::Planner;
use super::{compounds, question, synonyms};
use crate::engine::dictionary::Dictionary;
use crate::error::SearchError;
use crate::text::synonyms::Synonyms;
use crate::text::tokens::Class;

/// Questions are read up to this many distinct terms; the rest of a longer text changes nothing but the time it takes.
const TERMS_MAX: usize = 128;
/// And up to this many bytes, which hold more terms than that: the time that a question takes has an end.
const BYTES_MAX: usize = 16_384;

/// Reads a question.
pub(crate) fn interpret(
    query: &str,
    mode: QueryMode,
    dictionary: &Dictionary,
    synonyms: &Synonyms,
) -> Result<Plan, SearchError> {
    let query = &query[..query.floor_char_boundary(BYTES_MAX)];
    let typed = question::read(query, dictionary.languages()[0], 4 * TERMS_MAX);
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
    let weight = query_terms.iter().map(|query_term| query_term.weight).sum();
    Ok(Plan { query_terms, weight, rewrites })
}
