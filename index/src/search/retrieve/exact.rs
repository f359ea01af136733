//! Exact phrasing: entries of which a question or an alias is what was typed, word for word.
//!
//! Retrieval by words can lose such an entry among others that hold its words more often. The table of
//! `pack::exact` leads to it whatever else the knowledge base holds.

use crate::error::SearchError;
use crate::model::entry::Entry;
use crate::search::candidate::{Candidate, Evidence, Exactness};
use crate::search::question::Question;
use crate::text::fold::folded;

/// Entries that have a phrasing in common are told apart up to this many, the first in the table of contents.
const SAME_MAX: usize = 8;
/// Marks at the ends of a question that say nothing of what it asks.
const SENTENCE_MARKS: &str = "?!.,;:…？！。，；：、¿¡\"“”„«»「」『』";
/// Rows of one hash that are looked at, at most. Other phrasings share a hash by chance once in 4 billion.
const ROWS_MAX: usize = 64;

/// Returns the entries with a phrasing of the same terms in the same order, the first in the table of contents first.
pub(crate) fn retrieve(question: &Question<'_>, _limit: usize) -> Result<Vec<Candidate>, SearchError> {
    let mut positions = Vec::new();
    for sequence in &question.plan.sequences {
        for position in same_terms(question, sequence)? {
            if !positions.contains(&position) {
                positions.push(position);
            }
        }
    }
    let mut found = Vec::with_capacity(positions.len());
    // One entry needs no comparison with others of the same terms.
    let text = (positions.len() > 1).then(|| bare(&question.plan.text));
    for (place, &position) in positions.iter().enumerate() {
        let exact = text.as_deref().map_or(Ok(Exactness::SameTerms), |text| exactness(question, position, text))?;
        found.push(Candidate { position, place, evidence: Evidence { exact, ..Evidence::default() } });
    }
    Ok(found)
}

/// Returns the entries that have a phrasing of these terms, in this order.
fn same_terms(question: &Question<'_>, sequence: &[u32]) -> Result<Vec<u32>, SearchError> {
    let (reader, hash) = (question.reader, crate::pack::exact::hash(sequence));
    let admitted = |from: u32| question.filter.map_or(Some(from), |filter| filter.first_from(from));
    let (mut positions, mut next) = (Vec::new(), admitted(0));
    for _ in 0..ROWS_MAX {
        let Some(from) = next.filter(|_| positions.len() < SAME_MAX) else { break };
        let Some(position) = reader.first_with_phrasing(hash, from, question.filter)? else { break };
        let is_admitted = question.filter.is_none_or(|filter| filter.admits(position));
        if is_admitted && reader.phrasings.of(position)?.any(|phrasing| phrasing.is(sequence)) {
            positions.push(position);
        }
        next = position.checked_add(1).and_then(admitted);
    }
    Ok(positions)
}

/// Returns how exactly a phrasing of the entry at `position`, which has the terms of the question, is its text.
fn exactness(question: &Question<'_>, position: u32, text: &str) -> Result<Exactness, SearchError> {
    let Entry { question: title, aliases, .. } = question.reader.entry_at(position)?;
    let is_text = |phrasing: &String| bare(phrasing) == text;
    let is_same = std::iter::once(&title).chain(&aliases).any(is_text);
    Ok(if is_same { Exactness::SameText } else { Exactness::SameTerms })
}

/// Returns a text folded, with single spaces and without punctuation at its ends.
fn bare(text: &str) -> String {
    let folded = folded(text);
    let words = folded.split_whitespace().collect::<Vec<_>>().join(" ");
    words.trim_matches(|c: char| c.is_whitespace() || SENTENCE_MARKS.contains(c)).to_owned()
}
