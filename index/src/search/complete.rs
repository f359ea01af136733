//! Autocompletion: the questions that match a typed prefix.

use serde::Serialize;

use super::pipeline::order;
use super::plan::QueryMode;
use super::{explain, interpret};
use crate::error::SearchError;
use crate::reader::Reader;

/// A question that matches a typed prefix.
///
/// # Examples
///
/// ```
/// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
/// let completions = kb.complete("res", 5)?;
/// assert_eq!(completions[0].question, "How do I reset the lamp?");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Completion {
    /// The question or alias of the entry that is most like what was typed.
    pub text: String,
    /// The entry's question.
    pub question: String,
    /// The entry's id.
    pub id: String,
}

/// Returns at most `limit` entries for what was typed so far, the best first.
pub(crate) fn complete(reader: &Reader, typed: &str, limit: usize) -> Result<Vec<Completion>, SearchError> {
    let plan = interpret::interpret(typed, QueryMode::Prefix, &reader.dictionary, &reader.synonyms)?;
    let (mut completions, mut originals) = (Vec::new(), Vec::new());
    for ranked in order(reader, &plan, reader.depth(limit))? {
        if completions.len() >= limit {
            break;
        }
        // Of the editions of an entry, the one most like what was typed.
        let original = reader.original(ranked.position)?;
        if originals.contains(&original) {
            continue;
        }
        originals.push(original);
        let entry = reader.entry_at(ranked.position)?;
        let text = explain::most_alike(reader, ranked, &entry).unwrap_or_else(|| entry.question.clone());
        completions.push(Completion { text, question: entry.question, id: entry.id });
    }
    Ok(completions)
}
