//! The events of Markdown as its readers see it: mended, with HTML as what it stands for.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser};

use super::dialect::DIALECT;
use super::html_events::translated;
use super::mend::mended;

/// Parses Markdown of the dialect.
pub(crate) fn parse(markdown: &str) -> Vec<Event<'_>> {
    // Only HTML and titles of code need a second look, and most answers hold neither.
    let is_plain = !markdown.contains('<') && !markdown.contains("```") && !markdown.contains("~~~");
    match mended(markdown) {
        Cow::Borrowed(markdown) if is_plain => Parser::new_ext(markdown, DIALECT).collect(),
        Cow::Borrowed(markdown) => translated(Parser::new_ext(markdown, DIALECT)),
        Cow::Owned(markdown) => translated(Parser::new_ext(&markdown, DIALECT).map(Event::into_static)),
    }
}
