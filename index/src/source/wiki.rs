//! Links as wikis write them: `[[Page]]`, `[[Page|text]]`, `[[folder/Page#Heading|text]]`.

use std::ops::Range;

/// A link of a wiki.
pub(crate) struct WikiLink {
    /// Its place in the source.
    pub(crate) range: Range<usize>,
    /// The place of its text.
    pub(crate) text: Range<usize>,
    /// The page, with a heading behind `#`.
    pub(crate) destination: String,
}

/// The longest link in bytes.
const BYTES_MAX: usize = 500;

/// Lists the links in the `run` of text of `source`.
pub(crate) fn links(source: &str, run: Range<usize>) -> Vec<WikiLink> {
    let mut links = Vec::new();
    let mut at = run.start;
    while let Some(start) = source[at..run.end].find("[[").map(|found| at + found) {
        let Some(length) = source[start..run.end].find("]]") else { break };
        let end = start + length + "]]".len();
        at = end;
        let is_other = source[..start].ends_with(['!', '[', '\\']) || source[end..].starts_with(['(', ']']);
        links.extend(link(source, start..end).filter(|_| !is_other));
    }
    links
}

/// Reads the link whose brackets are at the ends of `range`.
fn link(source: &str, range: Range<usize>) -> Option<WikiLink> {
    let inner = range.start + 2..range.end - 2;
    let content = &source[inner.clone()];
    let (target, text) = match content.split_once('|') {
        Some((target, text)) => (target.trim_end_matches('\\'), inner.end - text.len()..inner.end),
        None => (content, inner.clone()),
    };
    let is_link = range.len() <= BYTES_MAX
        && !target.trim().is_empty()
        && !text.is_empty()
        && !content.contains(['\n', '[', ']'])
        && !content.starts_with(char::is_whitespace);
    let destination = target.trim().to_owned();
    is_link.then_some(WikiLink { range, text, destination })
}
