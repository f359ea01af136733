//! The links and the anchors in raw HTML.

use std::borrow::Cow;

use super::draft_link::{DraftLink, LinkForm};
use crate::markdown::html_tags::{self, HtmlToken};

/// Lists the links in a piece of HTML that stands at `start`; their lines are not set.
pub(crate) fn links(html: &str, start: usize) -> Vec<DraftLink> {
    let (mut links, mut at) = (Vec::new(), 0);
    for token in html_tags::tokens(html) {
        let HtmlToken::Tag(tag) = token else { continue };
        let Some(of_tag) = html[at..].find(tag.raw).map(|found| at + found) else { break };
        at = of_tag + tag.raw.len();
        let Some(Cow::Borrowed(value)) = html_tags::attribute(tag.attributes, "href") else { continue };
        let of_key = tag.raw.to_ascii_lowercase().find("href");
        let of_value = of_key.and_then(|key| tag.raw[key..].find(value).map(|found| of_tag + key + found));
        if let Some(of_value) = of_value.filter(|_| tag.name.eq_ignore_ascii_case("a") && !value.is_empty()) {
            let range = start + of_value..start + of_value + value.len();
            let (text, destination) = (range.clone(), value.to_owned());
            links.push(DraftLink { range, text, destination, form: LinkForm::Html, line: 0, origin: None });
        }
    }
    links
}

/// Returns the anchors that a piece of HTML sets, as `<a name="x">` and `<div id='x'>` do.
pub(crate) fn anchors(html: &str) -> impl Iterator<Item = &str> {
    let keys = ["id=", "name=", "titleId=", "permalink="].into_iter().flat_map(|key| html.match_indices(key));
    let attributes = keys.filter(|&(at, _)| html[..at].ends_with(char::is_whitespace));
    attributes.filter_map(|(at, key)| {
        let value = html[at + key.len()..].trim_start_matches(['"', '\'']);
        let end = value.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '>' | '/'))?;
        (end > 0).then(|| &value[..end])
    })
}
