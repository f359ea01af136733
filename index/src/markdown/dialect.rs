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

/// Makes Markdown of one paragraph: it begins with a character that is never shown and that begins no other block.
pub(crate) fn one_line(markdown: &str) -> String {
    let line =
        markdown.split(['\r', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    format!("&#8203;{line}")
}
