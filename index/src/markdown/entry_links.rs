//! The links to entries in an answer, with other ids.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::dialect::DIALECT;
use crate::model::entry::ENTRY_SCHEME;

/// Returns Markdown in which each link to an entry leads to the id that `rename` makes of its id.
///
/// Builds write all links to entries as `[text](<faqt:ID>)`; other forms are left as they are.
pub(crate) fn with_entry_links(markdown: &str, rename: impl Fn(&str) -> String) -> String {
    let (mut text, mut start) = (String::with_capacity(markdown.len() + 16), 0);
    for id in ids_in(markdown) {
        text.push_str(&markdown[start..id.start]);
        text.push_str(&rename(&markdown[id.clone()]));
        start = id.end;
    }
    text + &markdown[start..]
}

/// Returns the places of the ids that links to entries name, in order.
fn ids_in(markdown: &str) -> Vec<Range<usize>> {
    let mut ids = Vec::new();
    if !markdown.contains(ENTRY_SCHEME) {
        return ids;
    }
    for (event, range) in Parser::new_ext(markdown, DIALECT).into_offset_iter() {
        let Event::Start(Tag::Link { dest_url, .. }) = event else { continue };
        let end = range.end.checked_sub(">)".len());
        let start = end.and_then(|end| end.checked_sub(dest_url.len())).map(|start| start + ENTRY_SCHEME.len());
        if let (Some(id), Some(start), Some(end)) = (dest_url.strip_prefix(ENTRY_SCHEME), start, end)
            && !id.is_empty()
            && markdown.get(start..end) == Some(id)
        {
            ids.push(start..end);
        }
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_renamed_and_text_is_not() {
        let markdown = "[a](<faqt:x>) `[b](<faqt:y>)` [**c**](<faqt:x#z>) faqt:x [d](https://e.f) ![](<faqt:g>)";
        let renamed = "[a](<faqt:k:x>) `[b](<faqt:y>)` [**c**](<faqt:k:x#z>) faqt:x [d](https://e.f) ![](<faqt:g>)";
        assert_eq!(with_entry_links(markdown, |id| format!("k:{id}")), renamed);
        assert_eq!(with_entry_links("[a](<faqt:>) [b](faqt:c 'd')", |_| String::new()), "[a](<faqt:>) [b](faqt:c 'd')");
    }
}
