//! Checks of entries and between them: names, duplicates, findability, expected questions.

pub(crate) mod contradictions;
pub(crate) mod duplicates;
pub(crate) mod editions;
pub(crate) mod expected;
pub(crate) mod findability;
pub(crate) mod hints;
pub(crate) mod names;
pub(crate) mod quotes;
pub(crate) mod same_meaning;
mod wording;

use crate::model::entry::Entry;
use crate::text::language::Language;
use crate::text::tokens::Class;
use crate::text::weight::{self, HanUse};

/// The most characters of a question that a message shows.
const SHOWN_CHARS_MAX: usize = 80;
/// The most words that a message names; the first 3 explain nearly all of the score.
const WORDS_MAX: usize = 3;
/// The least number of a named word, as a share of the greatest; function words reach 0.25 at most.
const WORD_SHARE_MIN: f32 = 0.3;
/// The least base weight of a content term; lighter terms are function words.
const CONTENT_WEIGHT_MIN: f32 = 0.3;

/// Returns true if a term is no function word.
fn is_content(term: &str, spelling: &str, class: Class, language: Language) -> bool {
    weight::base(term, spelling, class, HanUse::of(language), language) >= CONTENT_WEIGHT_MIN
}

/// Names an entry by its id, path and line.
pub(crate) fn place_of(Entry { id, path, line, .. }: &Entry) -> String {
    format!("`{id}` ({path}:{line})")
}

/// Lists words in quotation marks; none if there are none.
fn quoted(words: &[&str]) -> Option<String> {
    let words: Vec<String> = words.iter().map(|word| format!("“{word}”")).collect();
    let (last, others) = words.split_last()?;
    Some(if others.is_empty() { last.clone() } else { format!("{} and {last}", others.join(", ")) })
}

/// Names the words that put an entry first.
fn through(words: &[&str]) -> String {
    quoted(words).map_or_else(String::new, |words| format!(", through {words}"))
}

/// Returns a question, cut for a message to `chars_max` characters.
fn shown(text: &str, chars_max: usize) -> String {
    match text.char_indices().nth(chars_max) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
