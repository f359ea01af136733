//! Checks of entries and between them: names, duplicates, findability, expected questions.

pub(crate) mod duplicates;
pub(crate) mod expected;
pub(crate) mod findability;
pub(crate) mod hints;
pub(crate) mod names;
pub(crate) mod quotes;
pub(crate) mod same_meaning;
mod wording;

/// Returns a question, cut for a message to `chars_max` characters.
fn shown(text: &str, chars_max: usize) -> String {
    match text.char_indices().nth(chars_max) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
