//! The first hits of questions, with the features that confidence is computed from: the data that it is fitted to.

use std::collections::BTreeMap;

use serde::Serialize;

use super::measures::whole_ids;
use super::query::Query;
use crate::error::SearchError;
use crate::knowledge_base::KnowledgeBase;
use crate::model::edition::names_any;
use crate::search::ask;

/// The first hit of a question.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "a row of independent facts")]
pub struct FirstHit {
    /// The line of the question in its file, counted from 1.
    pub line: usize,
    /// True if an entry covers the question.
    pub is_covered: bool,
    /// True if the hit is such an entry.
    pub is_right: bool,
    /// True if one of the first five hits is.
    pub is_among_first: bool,
    /// True if the question is a phrasing of the entry, word for word.
    pub is_exact: bool,
    /// True if it has neither the word of the question that decides nor one near it.
    pub lacks_deciding_word: bool,
    /// True if its vectors were compared with that of the question.
    pub has_meaning: bool,
    /// True if its sentence vectors were compared with that of the question.
    pub has_sentence: bool,
    /// True if the question is in a language that no entry is in, and sentence vectors were compared all the same.
    pub is_cross_lingual: bool,
    /// The confidence that it is right.
    pub confidence: f32,
    /// The probability that one of the first five hits is.
    pub covered: f32,
    /// The features by their names.
    pub features: BTreeMap<&'static str, f32>,
}

/// Asks all questions and describes the first hit of each that has one.
///
/// # Errors
///
/// As [`KnowledgeBase::ask`].
///
/// # Examples
///
/// ```
/// use faqt::evaluation::{first_hits, queries};
///
/// let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
/// let hits = first_hits(&kb, &queries(r#"{"query": "lamp reset", "expect": ["is-it-loud"]}"#)?)?;
/// assert!(hits[0].is_covered && !hits[0].is_right && hits[0].features["root_lead"] > 0.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn first_hits(kb: &KnowledgeBase, queries: &[Query]) -> Result<Vec<FirstHit>, SearchError> {
    let mut hits = Vec::with_capacity(queries.len());
    for query in queries {
        let expect = whole_ids(kb, &query.expect)?;
        if let Some(first) = ask::first(kb.reader(), &query.text)? {
            hits.push(FirstHit {
                line: query.line,
                is_covered: !expect.is_empty(),
                is_right: first.ids.first().is_some_and(|id| names_any(&expect, id)),
                is_among_first: first.ids.iter().any(|id| names_any(&expect, id)),
                is_exact: first.features.is_exact(),
                lacks_deciding_word: first.lacks_deciding_word,
                has_meaning: first.features.has_meaning(),
                has_sentence: first.features.has_sentence(),
                is_cross_lingual: first.features.is_cross_lingual(),
                confidence: first.features.confidence(),
                covered: first.features.covered(),
                features: first.features.named().into_iter().collect(),
            });
        }
    }
    Ok(hits)
}
