//! The dialects of site generators, turned into plain Markdown before it is parsed.
//!
//! Folders written for `MkDocs`, Docusaurus, `VitePress`, Hugo, Jekyll and mdBook hold constructs that no Markdown
//! parser knows: admonitions, tabs, shortcodes, includes, components. [`to_markdown`] translates a construct with a
//! Markdown equivalent, drops the others and keeps their text. Only the constructs of dialects in use are touched. Code
//! stays unchanged, except for lines that a generator replaces before it reads Markdown.
//!
//! Every line keeps its number, so that problems keep their place. A line that the author did not write, such as the
//! title of an admonition, ends in a carriage return. Markdown takes that for a line end; the count of lines does not.
//! Lines of an imported file end in a carriage return and a line feed. The result holds no other carriage return.

pub(crate) mod attributes;
pub(crate) mod block;
pub(crate) mod callout;
pub(crate) mod code_tag;
pub(crate) mod copied;
pub(crate) mod detect;
pub(crate) mod dialect;
pub(crate) mod emoji;
pub(crate) mod evidence;
pub(crate) mod fence;
pub(crate) mod html_element;
pub(crate) mod inline;
pub(crate) mod kind;
pub(crate) mod mdx;
pub(crate) mod myst;
pub(crate) mod nuxt;
pub(crate) mod obsidian;
pub(crate) mod pandoc;
pub(crate) mod placed_text;
pub(crate) mod raw_html;
pub(crate) mod reader;
pub(crate) mod shortcode;
pub(crate) mod tag;
#[cfg(test)]
pub(crate) mod tests;

use std::borrow::Cow;
use std::collections::HashMap;

use dialect::{Dialect, Dialects};
use reader::GeneratorReader;

/// Plain Markdown, and a flag for text that is missing.
pub(crate) struct Markdown {
    pub(crate) text: String,
    /// True if a generator adds text to it: another file, or documentation made from code.
    pub(crate) is_partial: bool,
    /// The constructs of dialects that were left out, each with its line, counted from 0.
    pub(crate) dropped: Vec<(u32, String)>,
}

/// Returns `text` as plain Markdown with the same number of lines.
#[cfg(test)]
pub(crate) fn to_markdown(text: &str, dialects: Dialects) -> Markdown {
    with_partials(text, dialects, HashMap::new())
}

/// Returns `text` as plain Markdown with the same number of lines.
///
/// `partials` are texts of plain Markdown that stand in the place of components.
pub(crate) fn with_partials(text: &str, dialects: Dialects, mut partials: HashMap<String, String>) -> Markdown {
    let text = if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', " "))
    } else {
        Cow::Borrowed(text)
    };
    let mut lines: Vec<&str> = text.split('\n').collect();
    let is_placed = |path: &str| partials.contains_key(path);
    let is_partial = lines.iter().any(|line| match tag::included(line, dialects) {
        Some(path) => !is_placed(path),
        None => tag::is_include(line, dialects) || reader::is_generated(line, dialects),
    });
    if dialects.is_without_indented_code() {
        let page = mdx::indentation::page(&lines);
        lines = page.lines;
        let texts = page.components.into_iter().filter_map(|(name, value)| Some((name, component_text(&value)?)));
        partials.extend(texts);
    }
    let mut reader = GeneratorReader::new(dialects, &lines, partials);
    let mut markdown = String::with_capacity(text.len());
    let mut dropped = Vec::new();
    for at in 0..lines.len() {
        if at > 0 {
            markdown.push('\n');
        }
        reader.read(&lines[at..], &mut markdown);
        let line = u32::try_from(at).unwrap_or(u32::MAX / 2);
        dropped.extend(reader.inline.dropped.drain(..).map(|construct| (line, construct)));
    }
    Markdown { text: markdown, is_partial, dropped }
}

/// Returns the text of a component that stands for the elements `value`, if it depends on nothing else.
fn component_text(value: &str) -> Option<String> {
    if let Some((_, code)) = mdx::code::fenced(value).filter(|(length, _)| *length == value.len()) {
        return Some(code);
    }
    let text = with_partials(value, [Dialect::Mdx].into_iter().collect(), HashMap::new()).text;
    // The value of an expression is not known.
    Some(text.trim().to_owned()).filter(|text| !text.is_empty() && !text.contains('{'))
}
