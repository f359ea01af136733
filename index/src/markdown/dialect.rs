//! The dialect of Markdown in which content is read and answers are shown.

use pulldown_cmark::Options;

/// The extensions in use: those of code hosts (tables, task lists, footnotes, alerts) and `{#id}` after a heading.
pub(crate) const DIALECT: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_DEFINITION_LIST);

/// Parses Markdown of the dialect.
#[cfg(any(feature = "html", feature = "text"))]
pub(crate) fn parse(markdown: &str) -> Vec<pulldown_cmark::Event<'_>> {
    pulldown_cmark::Parser::new_ext(markdown, DIALECT).collect()
}
